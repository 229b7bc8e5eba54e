package dev.reprise.testing;

import dev.reprise.core.Interpreter;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.core.Program;
import dev.reprise.core.event.Decision;
import dev.reprise.core.event.ExecutionObserver;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ScopePath;
import dev.reprise.journal.History;
import dev.reprise.runtime.MapData;
import dev.reprise.runtime.ReadItems;
import dev.reprise.runtime.Restoration;
import dev.reprise.runtime.TaskTokens;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run has done so far, read off its journal.
 *
 * @param steps in order
 * @param entries its journal
 */
public record Trace(List<Step> steps, List<Entry> entries) {

    /** One thing that it did. */
    public sealed interface Step {

        /**
         * An event of a history.
         *
         * @param inChild whether it belongs to the history of a distributed Map's child, which the run's own does not
         *     show
         */
        record Happened(HistoryEvent event, boolean inChild) implements Step {}

        /** Something led a state on. */
        record Decided(Decision decision) implements Step {}
    }

    public Trace {
        steps = List.copyOf(steps);
        entries = List.copyOf(entries);
    }

    private record Noting(List<Step> steps, boolean ofChild) implements ExecutionObserver {

        @Override
        public void on(HistoryEvent event) {
            steps.add(new Step.Happened(event, ofChild));
        }

        @Override
        public void decided(Decision decision) {
            steps.add(new Step.Decided(decision));
        }

        @Override
        public ExecutionObserver ofChildren() {
            return new Noting(steps, true);
        }
    }

    static Trace of(History journal, Program program, MapData mapData) {
        List<Step> steps = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        ReadItems items = new ReadItems(mapData, TaskTokens.of(journal.head()));
        Interpreter interpreter = new Interpreter(
                program, journal.head().identity(), InterpreterLimits.DEFAULT, items, new Noting(steps, false));
        Restoration restoration = new Restoration(interpreter, items);
        journal.entries().forEachRemaining(entry -> {
            entries.add(entry);
            restoration.accept(entry);
        });
        while (interpreter.hasWork()) {
            interpreter.advance();
        }
        return new Trace(steps, entries);
    }

    /** Its history. */
    public List<HistoryEvent> events() {
        List<HistoryEvent> events = new ArrayList<>();
        for (Step step : steps) {
            if (step instanceof Step.Happened happened && !happened.inChild()) {
                events.add(happened.event());
            }
        }
        return events;
    }

    /** What led its states on. */
    public List<Decision> decisions() {
        List<Decision> decisions = new ArrayList<>();
        for (Step step : steps) {
            if (step instanceof Step.Decided decided) {
                decisions.add(decided.decision());
            }
        }
        return decisions;
    }

    /** The states that were entered in one scope, in order. */
    public List<String> path(ScopePath scope) {
        return entered(scope, true);
    }

    /** The states that were entered anywhere, in order. */
    public List<String> visited() {
        return entered(ScopePath.ROOT, false);
    }

    private List<String> entered(ScopePath scope, boolean onlyThere) {
        List<String> names = new ArrayList<>();
        for (Step step : steps) {
            if (step instanceof Step.Happened happened
                    && happened.event().type().name().endsWith("StateEntered")
                    && (!onlyThere || happened.event().scope().equals(scope))) {
                names.add(happened.event().details().path("name").asText());
            }
        }
        return names;
    }
}
