package dev.reprise.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.StateMachine;
import dev.reprise.core.Program;
import dev.reprise.core.Redaction;
import dev.reprise.core.Standing;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.RequestException;
import dev.reprise.history.Cost;
import dev.reprise.history.HistoryPage;
import dev.reprise.history.HistoryQuery;
import dev.reprise.journal.Journals;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.UnknownVersionException;
import dev.reprise.runtime.Time;
import dev.reprise.workflow.Workflows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** How executions stand, for those who ask. Thread-safe; changes nothing. */
final class ExecutionViews {

    private static final Logger LOG = Logger.getLogger(ExecutionViews.class);

    /** What the index gives at once. */
    private static final int LARGEST_PAGE = 100;

    /** So many pages of the index are read for one that is asked for. */
    private static final int MOST_PAGES = 20;

    private final Workflows workflows;
    private final Journals journals;
    private final Replays replays;
    private final Time clock;
    private final boolean redacts;

    /** @param redacts whether what {@code Reprise.Redact} names is hidden */
    ExecutionViews(ExecutionServices services, boolean redacts) {
        this.redacts = redacts;
        this.workflows = services.workflows();
        this.journals = services.journals();
        this.replays = new Replays(
                journals, this::program, services.mapData(), services.limits().payloadBytes());
        this.clock = services.clock();
    }

    /**
     * The head of an execution.
     *
     * @throws RequestException when there is none
     */
    Head head(ExecutionId id) {
        Head head = journals.head(id);
        if (head == null) {
            throw doesNotExist(id);
        }
        return head;
    }

    /** The program that an execution runs, which is the one that it began with. */
    Program program(Head head) {
        String definition = head.beginning().definition();
        return workflows
                .compiled(definition, () -> journals.definition(definition))
                .at(head.beginning().body());
    }

    /** How an execution stands. */
    ExecutionDescription describe(ExecutionId id) {
        return describe(head(id));
    }

    /**
     * How an execution stands, as its head tells.
     *
     * @throws RequestException when it is deleted meanwhile
     */
    ExecutionDescription describe(Head head) {
        try {
            return head.ending() == null
                    ? running(head, head.lease() == null ? head.dueAt() : null)
                    : ended(head, head.ending().stoppedAt(), outcome(head));
        } catch (CorruptJournalException e) {
            if (isBeingDeleted(head)) {
                throw doesNotExist(head.id());
            }
            throw e;
        }
    }

    /** Of one that has ended, nobody but who deletes it has the lease; and its name may be another's by now. */
    private boolean isBeingDeleted(Head head) {
        Head now = journals.head(head.id());
        return now == null
                || !now.beginning().equals(head.beginning())
                || (now.ending() != null && now.lease() != null);
    }

    /** {@link Executions#progress}. */
    ExecutionProgress progress(ExecutionId id) {
        Head head = head(id);
        return new ExecutionProgress(describe(head), head.ending() == null ? input(head) : null, standings(head));
    }

    /**
     * Where it is; nothing is told of an execution whose journal cannot be read, which is to be described all the same.
     */
    private List<Standing> standings(Head head) {
        if (head.ending() != null) {
            return List.of();
        }
        try {
            List<Standing> standings = replays.standings(head, ExecutionProgress.MOST_STANDINGS);
            return standings == null ? List.of() : standings;
        } catch (CorruptJournalException | UnknownVersionException e) {
            LOG.warn(e.getMessage());
            return List.of();
        }
    }

    /** One that goes on. */
    ExecutionDescription running(Head head, @Nullable Instant wakeAt) {
        ExecutionIdentity identity = head.identity();
        return shown(head, Descriptions.running(identity, head.beginning().startedAt(), wakeAt));
    }

    /** One that has just ended. */
    ExecutionDescription ended(Head head, Instant stoppedAt, Outcome outcome) {
        ExecutionIdentity identity = head.identity();
        return shown(
                head, Descriptions.ended(identity, head.beginning().startedAt(), stoppedAt, redacted(head, outcome)));
    }

    private Outcome redacted(Head head, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded succeeded -> redaction(head).outcome(succeeded);
            case Outcome.Failed failed -> redaction(head).outcome(failed);
            // It says what whoever ended it has said.
            case Outcome.TimedOut timedOut -> timedOut;
            case Outcome.Aborted aborted -> aborted;
        };
    }

    /** The end of an execution of that machine as it may be shown. */
    Outcome redacted(StateMachine machine, JsonNode input, Outcome outcome) {
        return redacts ? Redaction.of(machine, input).outcome(outcome) : outcome;
    }

    /** What an execution was given, as it may be shown. */
    private JsonNode input(Head head) {
        JsonNode input = journals.input(head);
        return redaction(head, () -> input).value(input);
    }

    /** What is to be hidden of an execution. */
    Redaction redaction(Head head) {
        return redaction(head, () -> journals.input(head));
    }

    /** @param input read only where something is to be hidden */
    private Redaction redaction(Head head, Supplier<JsonNode> input) {
        if (!redacts) {
            return Redaction.NONE;
        }
        StateMachine machine;
        try {
            machine = program(head).machine();
        } catch (IllegalStateException e) {
            LOG.warnf("Nothing is shown of what %s was given and gave: %s", head.id(), e.getMessage());
            return Redaction.ALL;
        }
        return machine.redacted().isEmpty() ? Redaction.NONE : Redaction.of(machine, input.get());
    }

    /** The same without what it was given and gave. */
    ExecutionDescription summary(Head head) {
        return shown(
                head,
                Descriptions.summary(
                        head.identity(),
                        head.status(),
                        head.beginning().startedAt(),
                        head.ending() == null ? null : head.ending().stoppedAt()));
    }

    private ExecutionDescription shown(Head head, ExecutionDescription execution) {
        return execution.with(Redrivability.of(head, execution.status(), execution.stopDate(), clock.instant()));
    }

    /** How one ended that has ended. */
    Outcome outcome(Head head) {
        Outcome kept = journals.outcome(head);
        return kept == null ? replayedOutcome(head) : kept;
    }

    /** A large output is not stored beside the journal that it follows from. */
    private Outcome replayedOutcome(Head head) {
        Outcome outcome = replays.outcome(head);
        if (outcome == null) {
            throw new IllegalStateException("The journal of execution " + head.id()
                    + " does not lead to its end, although it is recorded as " + head.status());
        }
        return outcome;
    }

    /** What an execution has done. */
    HistoryPage history(ExecutionId id, HistoryQuery query) {
        Head head = head(id);
        HistoryPage page = replays.history(head, query);
        if (page == null) {
            throw doesNotExist(id);
        }
        Redaction redaction = redaction(head);
        return redaction.hides()
                ? new HistoryPage(page.events().stream().map(redaction::event).toList(), page.next())
                : page;
    }

    /** A workflow's executions, newest first. */
    ExecutionList list(String workflow, int limit, @Nullable String next) {
        try {
            Page<Head> page = journals.list(workflow, limit, next);
            return new ExecutionList(page.items().stream().map(this::summary).toList(), page.next());
        } catch (IllegalArgumentException e) {
            throw new RequestException("InvalidToken", String.valueOf(e.getMessage()));
        }
    }

    /** {@link DetachedExecutions#view}. */
    ExecutionView view(ExecutionId id) {
        Head head = head(id);
        return view(head, describe(head), input(head));
    }

    /** {@link DetachedExecutions#viewWithoutData}. */
    ExecutionView viewWithoutData(ExecutionId id) {
        return viewWithoutData(head(id));
    }

    private ExecutionView viewWithoutData(Head head) {
        return view(head, summary(head), null);
    }

    private static ExecutionView view(Head head, ExecutionDescription description, @Nullable JsonNode input) {
        return new ExecutionView(
                description,
                input,
                head.beginning().definition(),
                head.beginning().roleArn(),
                head.beginning().origin());
    }

    /** {@link DetachedExecutions#mapRuns}. */
    List<MapRunView> mapRuns(ExecutionId id) {
        List<MapRunView> runs = replays.mapRuns(head(id));
        if (runs == null) {
            throw doesNotExist(id);
        }
        return runs;
    }

    /** {@link DetachedExecutions#cost}. */
    ExecutionCost cost(ExecutionId id) {
        Head head = head(id);
        Cost told = replays.cost(head);
        if (told == null) {
            throw doesNotExist(id);
        }
        return new ExecutionCost(head.progress().consumed(), told);
    }

    /** {@link DetachedExecutions#list}. */
    DetachedExecutions.Page list(ExecutionFilter filter, int limit, @Nullable String next) {
        List<ExecutionView> found = new ArrayList<>();
        String token = next;
        for (int read = 0; read < MOST_PAGES && found.size() < limit; read++) {
            Page<Head> page = page(filter, Math.min(limit - found.size(), LARGEST_PAGE), token);
            page.items().stream()
                    .filter(filter::wants)
                    .map(this::viewWithoutData)
                    .forEach(found::add);
            token = page.next();
            if (token == null || isPast(filter, page)) {
                return new DetachedExecutions.Page(found, null);
            }
        }
        return new DetachedExecutions.Page(found, token);
    }

    /** The newest come first, so none that follows has started later. */
    private static boolean isPast(ExecutionFilter filter, Page<Head> page) {
        return filter.from() != null
                && !page.items().isEmpty()
                && page.items().getLast().beginning().startedAt().isBefore(filter.from());
    }

    private Page<Head> page(ExecutionFilter filter, int limit, @Nullable String token) {
        try {
            String partition = filter.partition();
            return partition == null
                    ? journals.list(Objects.requireNonNull(filter.workflow()), limit, token)
                    : journals.labelled(partition, filter.from(), filter.to(), limit, token);
        } catch (IllegalArgumentException e) {
            throw new RequestException("InvalidToken", "Invalid Token: 'Invalid token'");
        }
    }

    static RequestException doesNotExist(ExecutionId id) {
        return new RequestException(
                "ExecutionDoesNotExist",
                "There is no execution '" + id.name() + "' of workflow '" + id.workflow() + "'. {\"list\": \""
                        + id.workflow() + "\"} shows those that there are");
    }
}
