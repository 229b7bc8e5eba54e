package dev.reprise.cli;

import dev.reprise.core.event.HistoryEvent;
import dev.reprise.execution.ScopePath;
import dev.reprise.testing.WorkflowRun;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows the states of a run as it goes on: a line for each that is over, and one with counts for a Map. */
final class LiveStates {

    private final PrintWriter err;
    private final boolean quiet;
    private final boolean terminal;
    private int shown;
    private int items;
    private int itemsDone;
    private int itemsFailed;
    private @Nullable String map;

    LiveStates(PrintWriter err, boolean quiet, boolean terminal) {
        this.err = err;
        this.quiet = quiet;
        this.terminal = terminal;
    }

    /** Shows what has happened since the last time. */
    void show(WorkflowRun run) {
        if (quiet) {
            return;
        }
        List<HistoryEvent> events = run.history();
        Instant start = events.get(0).timestamp();
        for (HistoryEvent event : events.subList(Math.min(shown, events.size()), events.size())) {
            show(event, start);
        }
        shown = events.size();
        err.flush();
    }

    private void show(HistoryEvent event, Instant start) {
        String type = event.type().name();
        String name = event.details().path("name").asText();
        switch (type) {
            case "MapIterationStarted" -> {
                items++;
                map = name;
                progress();
            }
            case "MapIterationSucceeded" -> {
                itemsDone++;
                progress();
            }
            case "MapIterationFailed", "MapIterationAborted" -> {
                itemsFailed++;
                progress();
            }
            default -> {
                boolean ownState = event.scope().equals(ScopePath.ROOT);
                if (ownState && type.endsWith("StateExited")) {
                    line(start, event, "✓", name, counts());
                    items = 0;
                    itemsDone = 0;
                    itemsFailed = 0;
                } else if (type.endsWith("Failed") && event.details().has("error") && !type.startsWith("Execution")) {
                    String what = event.details().path("error").asText() + " "
                            + event.details().path("cause").asText();
                    line(start, event, "✗", ownState ? "" : event.scope() + "", what);
                }
            }
        }
    }

    private void line(Instant start, HistoryEvent event, String mark, String name, String more) {
        if (terminal) {
            err.print("\r\u001b[K");
        }
        err.println(String.format(
                        Locale.ROOT,
                        "%10.3f s  %s %s %s",
                        Duration.between(start, event.timestamp()).toMillis() / 1e3,
                        mark,
                        name,
                        more)
                .stripTrailing());
    }

    private String counts() {
        return items == 0
                ? ""
                : "(" + itemsDone + " of " + items + " items" + (itemsFailed == 0 ? "" : ", " + itemsFailed + " failed")
                        + ")";
    }

    private void progress() {
        if (terminal) {
            int width = 30;
            int full = items == 0 ? 0 : width * (itemsDone + itemsFailed) / items;
            err.print("\r\u001b[K  " + map + " [" + "#".repeat(full) + ".".repeat(width - full) + "] " + counts());
            err.flush();
        }
    }

    /** Shows how the run ended. */
    void end(WorkflowRun run) {
        if (!quiet) {
            err.println(run.status() + " after " + run.elapsed().toMillis() / 1e3 + " s"
                    + (run.error() == null
                            ? ""
                            : ": " + run.error() + (run.cause() == null ? "" : ": " + run.cause())));
        }
    }
}
