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
 * @param events its history
 * @param decisions what led its states on, in order
 * @param entries its journal
 */
public record Trace(List<HistoryEvent> events, List<Decision> decisions, List<Entry> entries) {
    public Trace {
        events = List.copyOf(events);
        decisions = List.copyOf(decisions);
        entries = List.copyOf(entries);
    }

    static Trace of(History journal, Program program, MapData mapData) {
        List<HistoryEvent> events = new ArrayList<>();
        List<Decision> decisions = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        ReadItems items = new ReadItems(mapData, TaskTokens.of(journal.head()));
        ExecutionObserver observer = new ExecutionObserver() {
            @Override
            public void on(HistoryEvent event) {
                events.add(event);
            }

            @Override
            public void decided(Decision decision) {
                decisions.add(decision);
            }
        };
        Interpreter interpreter =
                new Interpreter(program, journal.head().identity(), InterpreterLimits.DEFAULT, items, observer);
        Restoration restoration = new Restoration(interpreter, items);
        journal.entries().forEachRemaining(entry -> {
            entries.add(entry);
            restoration.accept(entry);
        });
        while (interpreter.hasWork()) {
            interpreter.advance();
        }
        return new Trace(events, decisions, entries);
    }

    /** The states that were entered in one scope, in order. */
    public List<String> path(ScopePath scope) {
        return events.stream()
                .filter(event -> event.scope().equals(scope))
                .filter(Trace::isEntering)
                .map(event -> event.details().path("name").asText())
                .toList();
    }

    /** The states that were entered anywhere, in order. */
    public List<String> visited() {
        return events.stream()
                .filter(Trace::isEntering)
                .map(event -> event.details().path("name").asText())
                .toList();
    }

    private static boolean isEntering(HistoryEvent event) {
        return event.type().name().endsWith("StateEntered");
    }
}
