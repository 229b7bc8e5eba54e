package dev.reprise.telemetry.trace;

import dev.reprise.asl.Resource;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.ScopePath;
import dev.reprise.execution.Span;
import dev.reprise.execution.StatesError;
import dev.reprise.runtime.RunContext;
import dev.reprise.runtime.RunEvent;
import dev.reprise.runtime.RunListener;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one execution in one invocation. Used by the thread that owns the execution.
 *
 * <p>A span is handed on when what ended it is durable, and not before. So no two invocations ever tell different
 * things of one span: what is durable a replay does not tell again, and what is not is lost with this object.
 */
final class RunTrace implements RunListener {

    /** Which place the whole execution has. */
    private static final String EXECUTION = "execution";

    private final RunContext run;
    private final Traces.Settings settings;
    private final ItemSampling items;
    private final SpanSink sink;
    private final boolean isColdStart;
    private final @Nullable SpanContext lambda;

    private final SpanIds ids;
    private final String traceId;
    private final SpanContext whole;
    private final @Nullable SpanContext startedIn;

    /** What ended them is not known to be durable. */
    private List<FinishedSpan> pending = new ArrayList<>();

    /** Those that were too many. */
    private int lost;

    /** When tasks that are under way were asked for here. */
    private final Map<EffectId, Instant> asked = new HashMap<>();

    /** When this invocation took the execution up; null when it does no more than end it, or put it off. */
    private @Nullable Instant takenUpAt;

    /**
     * A trace's part.
     *
     * @param isColdStart whether the process has not run any execution before
     * @param lambda the span in which Lambda has this invocation; null when it has none
     */
    RunTrace(
            RunContext run,
            Traces.Settings settings,
            SpanSink sink,
            boolean isColdStart,
            @Nullable SpanContext lambda) {
        this.run = run;
        this.settings = settings;
        this.items = settings.items();
        this.sink = sink;
        this.isColdStart = isColdStart;
        this.lambda = lambda;
        this.ids = new SpanIds(run.executionArn(), run.startedAt());
        this.startedIn = SpanContext.ofHeader(run.traceHeader());
        this.traceId = startedIn != null && run.isAwaited() ? startedIn.traceId() : ids.traceId();
        this.whole = context(EXECUTION);
    }

    private SpanContext context(String place) {
        return new SpanContext(traceId, ids.spanId(run.redrives(), place));
    }

    private SpanContext context(@Nullable Span span) {
        return span == null ? whole : context(span.toString());
    }

    @Override
    public String traceHeader(EffectId task) {
        return context(task.toString()).header();
    }

    @Override
    public void on(RunEvent event) {
        switch (event) {
            case RunEvent.Started started -> takenUpAt = started.at();
            case RunEvent.Resumed resumed -> takenUpAt = resumed.at();
            case RunEvent.TaskAsked task -> asked.put(task.task(), task.at());
            case RunEvent.SpanEnded span -> ended(span);
            case RunEvent.Flushed flushed -> handOn(false);
            case RunEvent.Suspended suspended -> {
                if (takenUpAt != null) {
                    invocation(takenUpAt, suspended.at(), true);
                }
                handOn(true);
            }
            case RunEvent.Ended ended -> {
                if (takenUpAt != null) {
                    invocation(takenUpAt, ended.at(), false);
                }
                execution(ended);
                handOn(true);
            }
            case RunEvent.TaskAnswered answered -> {}
            case RunEvent.StateEntered entered -> {}
            case RunEvent.StateLeft left -> {}
            case RunEvent.StateFailed failed -> {}
            case RunEvent.StateRetried retried -> {}
            case RunEvent.ItemStarted started -> {}
            case RunEvent.ItemSucceeded succeeded -> {}
            case RunEvent.ItemFailed failed -> {}
        }
    }

    private void handOn(boolean isAll) {
        if (!pending.isEmpty() || isAll) {
            sink.add(pending, lost, isAll);
            pending = new ArrayList<>();
            lost = 0;
        }
    }

    // ---- parts of the execution

    private void ended(RunEvent.SpanEnded event) {
        Span span = event.span();
        Instant askedAt = span instanceof Span.Attempt attempt ? asked.remove(attempt.task()) : null;
        if (!isSampled(span, event.error())) {
            return;
        }
        if (pending.size() >= settings.mostSpans()) {
            lost++;
            return;
        }
        Instant from = event.from();
        // A task that this invocation asked for first may have queued before. One from before has lasted since then.
        if (askedAt != null && takenUpAt != null && !from.isBefore(takenUpAt)) {
            from = later(from, askedAt);
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        switch (span) {
            case Span.State state -> {
                attributes.put(Attributes.STATE, state.name());
                attributes.put(Attributes.STATE_TYPE, typeName(state.type()));
                scope(attributes, state.scope());
            }
            case Span.Child child -> {
                scope(attributes, child.scope());
                attributes.put(Attributes.INDEX, (long) child.scope().index());
            }
            case Span.Attempt attempt -> {
                attributes.put(Attributes.STATE, attempt.within().name());
                attributes.put(Attributes.RESOURCE, attempt.resource().uri());
                attributes.put(Attributes.ATTEMPT, (long) attempt.number());
                scope(attributes, attempt.task().scope());
                if (attempt.resource() instanceof Resource.Activity activity) {
                    attributes.put(Attributes.ACTIVITY, activity.uri());
                }
                if (run.requestId() != null) {
                    attributes.put(Attributes.INVOCATION, run.requestId());
                }
            }
        }
        if (event.isCut()) {
            attributes.put(Attributes.CUT, true);
        }
        add(
                context(span),
                context(span.within()).spanId(),
                name(span),
                span instanceof Span.Attempt ? FinishedSpan.Kind.CLIENT : FinishedSpan.Kind.INTERNAL,
                from,
                event.at(),
                attributes,
                List.of(),
                event.error());
    }

    /** An item that failed is told of, whatever its index; but not what it did. */
    private boolean isSampled(Span span, @Nullable StatesError error) {
        return items.includes(span) || (span instanceof Span.Child && error != null && items.includes(span.within()));
    }

    private static void scope(Map<String, Object> attributes, ScopePath scope) {
        if (scope.parent() != null) {
            attributes.put(Attributes.SCOPE, scope.toString());
        }
    }

    /** As the States Language writes it. */
    private static String typeName(Span.StateType type) {
        return switch (type) {
            case TASK -> "Task";
            case MAP -> "Map";
            case PARALLEL -> "Parallel";
            case WAIT -> "Wait";
        };
    }

    /** Few enough names that somebody may count by them. */
    private static String name(Span span) {
        return switch (span) {
            case Span.State state -> state.name();
            case Span.Child child ->
                child.within().name() + (child.within().type() == Span.StateType.MAP ? " item" : " branch");
            case Span.Attempt attempt -> attempt.resource().uri();
        };
    }

    // ---- the invocation and the execution

    private void invocation(Instant from, Instant to, boolean isSuspended) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (run.requestId() != null) {
            attributes.put(Attributes.INVOCATION, run.requestId());
        }
        attributes.put(Attributes.EXECUTION, run.executionArn());
        attributes.put(Attributes.COLD_START, isColdStart);
        attributes.put(Attributes.SUSPENDED, isSuspended);
        // Lambda repeats a request that failed under the same id, but not at the same time.
        String place = "invocation\n" + run.requestId() + "\n" + from.toEpochMilli();
        add(
                context(place),
                whole.spanId(),
                settings.functionName(),
                FinishedSpan.Kind.SERVER,
                from,
                to,
                attributes,
                lambda == null ? List.of() : List.of(lambda),
                null);
    }

    private void execution(RunEvent.Ended ended) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put(Attributes.STATE_MACHINE, run.identity().stateMachineArn());
        attributes.put(Attributes.EXECUTION, run.executionArn());
        attributes.put(Attributes.STATUS, ExecutionStatus.of(ended.outcome()).name());
        if (run.redrives() > 0) {
            attributes.put(Attributes.REDRIVES, (long) run.redrives());
        }
        add(
                whole,
                parentOfWhole(),
                run.identity().stateMachineName(),
                FinishedSpan.Kind.INTERNAL,
                run.startedAt(),
                ended.at(),
                attributes,
                startedIn != null && !run.isAwaited() ? List.of(startedIn) : List.of(),
                error(ended.outcome()));
    }

    /** A redrive is part of the execution as it was started, which had ended before. */
    private @Nullable String parentOfWhole() {
        if (run.redrives() > 0) {
            return ids.spanId(0, EXECUTION);
        }
        return startedIn != null && run.isAwaited() ? startedIn.spanId() : null;
    }

    private static @Nullable StatesError error(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded succeeded -> null;
            case Outcome.Failed failed -> failed.error();
            case Outcome.TimedOut timedOut -> new StatesError("States.Timeout", null);
            case Outcome.Aborted(String error, String cause) -> new StatesError(error, cause);
        };
    }

    private void add(
            SpanContext context,
            @Nullable String parentId,
            String name,
            FinishedSpan.Kind kind,
            Instant from,
            Instant to,
            Map<String, Object> attributes,
            List<SpanContext> links,
            @Nullable StatesError error) {
        String failure = null;
        if (error != null) {
            failure = error.error() == null ? Attributes.ERROR_WITHOUT_NAME : error.error();
            attributes.put(Attributes.ERROR, failure);
        }
        // Of what lasted before a redrive, an earlier span has told.
        Instant begin = run.redrivenAt() == null ? from : later(from, run.redrivenAt());
        pending.add(
                new FinishedSpan(context, parentId, name, kind, begin, later(begin, to), attributes, links, failure));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }
}
