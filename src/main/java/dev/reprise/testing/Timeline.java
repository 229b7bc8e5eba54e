package dev.reprise.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.execution.ScopePath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** A run's history for people: a line for each event, with the virtual time since the start. */
final class Timeline {

    /** Longer histories are told from their beginning and their end. */
    private static final int MOST_LINES = 200;

    private static final int LONGEST_DATA = 100;

    private Timeline() {}

    static String of(String heading, Instant start, List<HistoryEvent> events) {
        StringBuilder text = new StringBuilder(heading);
        int left = events.size() - MOST_LINES;
        for (int i = 0; i < events.size(); i++) {
            if (left > 0 && i == MOST_LINES / 2) {
                text.append("\n  … ").append(left).append(" more …");
                i += left;
            }
            text.append('\n').append(line(start, events.get(i)));
        }
        return text.toString();
    }

    private static String line(Instant start, HistoryEvent event) {
        String place = event.scope().equals(ScopePath.ROOT) ? "" : event.scope() + " ";
        return String.format(
                        Locale.ROOT,
                        "  %13s  %4d  %s%-24s %s",
                        "+" + sinceStart(Duration.between(start, event.timestamp())),
                        event.id(),
                        place,
                        event.type(),
                        data(event.details()))
                .stripTrailing();
    }

    /** Such as {@code 00:05:03.000}. */
    static String sinceStart(Duration time) {
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d.%03d",
                time.toHours(),
                time.toMinutesPart(),
                time.toSecondsPart(),
                time.toMillisPart());
    }

    private static String data(ObjectNode details) {
        if (details.isEmpty()) {
            return "";
        }
        String name = details.path("name").asText();
        ObjectNode rest = details.deepCopy();
        rest.remove("name");
        String data = rest.isEmpty() ? "" : rest.toString();
        String shown = data.length() > LONGEST_DATA ? data.substring(0, LONGEST_DATA) + "…" : data;
        return name.isEmpty() ? shown : name + " " + shown;
    }
}
