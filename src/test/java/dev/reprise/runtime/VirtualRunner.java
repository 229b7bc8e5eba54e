package dev.reprise.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.DefinitionText;
import dev.reprise.core.Interpreter;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.core.Program;
import dev.reprise.core.event.ExecutionObserver;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.dataset.ObjectStore;
import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.ItemList;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.Provisions;
import dev.reprise.execution.TimerKind;
import dev.reprise.history.HistoryPage;
import dev.reprise.history.HistoryQuery;
import dev.reprise.history.HistoryReader;
import dev.reprise.journal.Journal;
import dev.reprise.journal.Journals;
import dev.reprise.journal.NewExecution;
import dev.reprise.journal.OpenOutcome;
import dev.reprise.journal.StartOutcome;
import dev.reprise.journal.WaitingTasks.TimeUp;
import dev.reprise.journal.store.Lease;
import dev.reprise.task.TaskThreads;
import dev.reprise.testing.InMemoryStore;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * Carries one execution through the real runner, with a journal in memory and a time of its own, which passes at once
 * where there is nothing to do but wait. Every wait suspends the execution, and another invocation resumes it from its
 * journal.
 */
public final class VirtualRunner {

    /** What there is around an execution. */
    public interface World {

        /** Performs a task; of one that is answered from outside, the request only. */
        Uni<JsonNode> run(Effect.RunTask task);

        /** What happens while the execution has nothing to do; null when nothing does before time has passed. */
        @Nullable
        Entry happensAt(Instant now);

        /** {@code $$.Task.Token}. */
        String taskToken(EffectId task);
    }

    /** More moments of waiting than any execution of a test has. */
    private static final int MOST_WAITS = 10_000;

    private static final RunnerSettings SETTINGS = new RunnerSettings(
            256, Duration.ZERO, Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(1), 10);

    private final ExecutionIdentity identity;
    private final DefinitionText definition;
    private final Program program;
    private final InterpreterLimits limits;
    private final World world;
    private final MapData mapData;
    private final VirtualTime time;
    private final Journals journals;
    private final List<Long> entriesAfterInvocation = new ArrayList<>();
    private final List<Instant> clocks = new ArrayList<>();
    private int invocations;

    /** Carries the execution of that identity, from {@code start} on. */
    public VirtualRunner(
            ExecutionIdentity identity,
            String definition,
            Program program,
            InterpreterLimits limits,
            World world,
            ObjectStore objects,
            Instant start) {
        this.identity = identity;
        this.definition = DefinitionText.of(definition);
        this.program = program;
        this.limits = limits;
        this.world = world;
        this.mapData = new MapData(objects, new TaskThreads(Runnable::run));
        this.time = new VirtualTime(start);
        clocks.add(start);
        this.journals = new Journals(new InMemoryStore(), time, new Random(1));
    }

    /** Runs it to its end; null when it waits for what never comes. */
    public @Nullable Outcome run(JsonNode input) {
        StartOutcome.Created created = (StartOutcome.Created) journals.start(begun(input, lease()));
        ReadItems items = items();
        Interpreter interpreter = interpreter(items, null);
        ExecutionRunner runner = runner(interpreter, items, created.journal());
        runner.start(created.started());
        return toItsEnd(run(runner, interpreter));
    }

    /**
     * Goes on from where the same execution was after its first entries, as another invocation would that finds them in
     * the journal.
     *
     * @param recorded at least one entry
     * @param now what the clock shows
     * @param suspended whether the first invocation gave the execution up with a snapshot; else it died
     */
    public @Nullable Outcome goOnFrom(List<Entry> recorded, Instant now, boolean suspended) {
        Entry.Started started = (Entry.Started) recorded.get(0);
        Journal journal = ((StartOutcome.Created)
                        journals.start(begun(started.input(), new Lease("gone", now.minusMillis(1)))))
                .journal();
        Interpreter interpreter = interpreter(items(), null);
        for (Entry entry : recorded) {
            work(interpreter, entry instanceof Entry.Started ? entry : journal.append(entry));
        }
        journal.flush();
        if (suspended) {
            journal.keep(interpreter.snapshot());
            journal.suspend(now, interpreter::snapshot);
        }
        time.now = now;
        return toItsEnd(resume());
    }

    private NewExecution begun(JsonNode input, Lease lease) {
        return new NewExecution(
                identity,
                input,
                definition.sha256(),
                definition.text(),
                time.instant(),
                program.machine().retention(),
                lease);
    }

    private @Nullable Outcome toItsEnd(RunResult first) {
        RunResult result = first;
        while (result instanceof RunResult.Suspended waiting) {
            if (!wakeUp(waiting.wakeAt())) {
                return null;
            }
            result = resume();
        }
        return ((RunResult.Ended) result).outcome();
    }

    private boolean wakeUp(@Nullable Instant at) {
        Entry fact = world.happensAt(time.instant());
        if (fact != null) {
            journals.inbox().put(id(), fact);
            return true;
        }
        if (at == null) {
            return false;
        }
        time.now = at;
        return true;
    }

    private RunResult resume() {
        OpenOutcome.Opened opened = (OpenOutcome.Opened) journals.open(id(), lease());
        ReadItems items = items();
        Entry.Started started = new Entry.Started(opened.head().beginning().startedAt(), opened.input());
        if (opened.snapshot() != null) {
            items.supply(program, opened.snapshot());
        }
        Interpreter interpreter = opened.snapshot() == null
                ? interpreter(items, null)
                : Interpreter.restore(program, identity, limits, provisions(items), started, opened.snapshot());
        Journal journal = opened.replay().toItsEnd(new Restoration(interpreter, items));
        ExecutionRunner runner = runner(interpreter, items, journal);
        runner.resume(null);
        return run(runner, interpreter);
    }

    private RunResult run(ExecutionRunner runner, Interpreter interpreter) {
        try {
            RunResult result = runner.run();
            entriesAfterInvocation.add(interpreter.position());
            return result;
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nothing blocks in virtual time", e);
        }
    }

    /** What the execution has done. */
    public List<HistoryEvent> history() {
        List<HistoryEvent> events = new ArrayList<>();
        HistoryPage page = history(HistoryQuery.firstPage(HistoryQuery.LARGEST_MAX_RESULTS));
        events.addAll(page.events());
        while (page.next() != null) {
            page = history(new HistoryQuery(HistoryQuery.LARGEST_MAX_RESULTS, false, true, page.next()));
            events.addAll(page.events());
        }
        return events;
    }

    /** The same, part by part: what came about in the first invocation, in the second, … */
    public List<List<HistoryEvent>> historyOfEachInvocation() {
        List<HistoryEvent> events = new ArrayList<>();
        List<List<HistoryEvent>> parts = new ArrayList<>();
        ReadItems items = items();
        Interpreter interpreter = interpreter(items, events::add);
        for (Entry entry : entries()) {
            items.supply(interpreter, entry);
            work(interpreter, entry);
            if (interpreter.position() == entriesAfterInvocation.get(parts.size())) {
                parts.add(List.copyOf(events));
                events.clear();
            }
        }
        return parts;
    }

    private HistoryPage history(HistoryQuery query) {
        ReadItems items = items();
        return new HistoryReader(
                        observer -> interpreter(items, observer), entries().iterator(), items::supply)
                .page(query);
    }

    /** Its journal. */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        Objects.requireNonNull(journals.history(id())).entries().forEachRemaining(entries::add);
        return entries;
    }

    /** What the clock showed when each entry of the journal was made. */
    public List<Instant> clocks() {
        return List.copyOf(clocks);
    }

    private static void work(Interpreter interpreter, Entry entry) {
        interpreter.apply(entry);
        while (interpreter.hasWork()) {
            interpreter.advance();
        }
    }

    private ExecutionId id() {
        return new ExecutionId(identity.stateMachineName(), identity.executionName());
    }

    private Lease lease() {
        return new Lease("request-" + ++invocations, time.instant().plus(Duration.ofDays(365)));
    }

    private Interpreter interpreter(ReadItems items, @Nullable ExecutionObserver observer) {
        return new Interpreter(program, identity, limits, provisions(items), observer);
    }

    private Provisions provisions(ReadItems items) {
        return new Provisions() {
            @Override
            public String taskToken(EffectId task) {
                return world.taskToken(task);
            }

            @Override
            public ItemList items(Effect.ReadItems read, String version) {
                return items.items(read, version);
            }
        };
    }

    private ExecutionRunner runner(Interpreter interpreter, ReadItems items, Journal journal) {
        return new ExecutionRunner(
                interpreter,
                new ClockedLedger(new JournalLedger(journal, journals.inbox(), false), time, clocks),
                new WorldTasks(),
                mapData,
                items,
                new Allotment(SETTINGS, time, Deadline.UNKNOWN),
                new Underway(identity.executionArn(), time));
    }

    private ReadItems items() {
        return new ReadItems(mapData, TaskTokens.none(id()));
    }

    /** Hands tasks to the world. */
    private final class WorldTasks implements TaskRequests {

        @Override
        public Uni<? extends Reply> request(Effect.RunTask task) {
            return task.pattern().isAnsweredFromOutside()
                    ? world.run(task).map(Reply.TakenOn::new)
                    : world.run(task).map(Reply.Done::new);
        }

        @Override
        public Uni<TimeUp> timeUp(Effect.RunTask task, TimerKind bound, Instant inboxReadAt) {
            return Uni.createFrom().item(new TimeUp.Over());
        }

        @Override
        public Uni<?> forget(List<Ended> ended) {
            return Uni.createFrom().voidItem();
        }
    }

    /** Moves on where the runner waits, once the world has nothing more to tell. */
    private final class VirtualTime implements Time {

        private Instant now;
        private int waits;

        VirtualTime(Instant start) {
            this.now = start;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public long await(Condition news, long nanos) {
            if (++waits > MOST_WAITS) {
                throw new IllegalStateException("The execution does not end");
            }
            Entry fact = world.happensAt(now);
            if (fact != null) {
                journals.inbox().put(id(), fact);
            }
            now = now.plusNanos(nanos);
            return 0;
        }
    }
}
