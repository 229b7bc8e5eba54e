package dev.reprise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The states of an execution in time, read off its history.
 *
 * @param start of the execution
 * @param end of the execution, or of what is known
 * @param spans each behind what it stands in
 */
record StateSpans(Instant start, Instant end, List<Span> spans) {

    /**
     * A state, or an item of a Map.
     *
     * @param depth how many states and items are around it
     * @param failed whether something failed in it, be it tried again or not
     */
    record Span(String name, int depth, Instant from, Instant to, boolean failed) {}

    /** What is under way. */
    private static final class Open {
        private final String name;
        private final @Nullable Open around;
        private final List<Open> inside = new ArrayList<>();
        private final Instant from;
        private Instant to;
        private boolean failed;

        Open(String name, @Nullable Open around, Instant from) {
            this.name = name;
            this.around = around;
            this.from = from;
            this.to = from;
            if (around != null) {
                around.inside.add(this);
            }
        }

        /** It or the innermost around it that has the name. */
        @Nullable
        Open named(String wanted) {
            Open found = this;
            while (found != null && !found.name.equals(wanted)) {
                found = found.around;
            }
            return found;
        }

        void addTo(List<Span> spans, int depth) {
            spans.add(new Span(name, depth, from, to, failed));
            inside.forEach(each -> each.addTo(spans, depth + 1));
        }
    }

    /**
     * Where an event stands.
     *
     * @param at the state or item that it tells of; null outside all
     * @param around what a state stands in that is entered next
     */
    private record Place(@Nullable Open at, @Nullable Open around, String type) {
        static final Place NOWHERE = new Place(null, null, "");
    }

    /** @param events of GetExecutionHistory, from the first on */
    static StateSpans of(ArrayNode events) {
        if (events.isEmpty()) {
            throw new CommandException("The execution has no history");
        }
        List<Open> outermost = new ArrayList<>();
        Map<Long, Place> places = new HashMap<>();
        for (JsonNode event : events) {
            Place before = places.getOrDefault(event.path("previousEventId").asLong(), Place.NOWHERE);
            Place place = place(event, before);
            if (place.at() != null && place.at().around == null && !outermost.contains(place.at())) {
                outermost.add(place.at());
            }
            places.put(event.path("id").asLong(), place);
        }
        List<Span> spans = new ArrayList<>();
        outermost.forEach(each -> each.addTo(spans, 0));
        return new StateSpans(time(events.path(0)), time(events.path(events.size() - 1)), spans);
    }

    private static Instant time(JsonNode event) {
        return Objects.requireNonNullElse(Times.of(event.path("timestamp")), Instant.EPOCH);
    }

    private static Place place(JsonNode event, Place before) {
        String type = event.path("type").asText();
        JsonNode details = details(event);
        String name = details.path("name").asText();
        Instant at = time(event);
        Open last = before.at();
        if (type.endsWith("StateEntered")) {
            boolean inBranch = before.type().equals("ParallelStateStarted");
            Open around = inBranch ? last : before.around();
            return new Place(new Open(name, around, at), around, type);
        }
        if (type.equals("MapIterationStarted")) {
            Open map = last == null ? null : last.named(name);
            Open item = new Open("[" + details.path("index").asInt() + "]", map, at);
            return new Place(item, item, type);
        }
        if (last == null) {
            return Place.NOWHERE;
        }
        if (type.endsWith("StateExited")) {
            Open left = Objects.requireNonNullElse(last.named(name), last);
            left.to = at;
            return new Place(left, left.around, type);
        }
        last.to = at;
        last.failed |= type.endsWith("Failed") || type.endsWith("TimedOut");
        return new Place(last, before.around(), type);
    }

    private static JsonNode details(JsonNode event) {
        for (Map.Entry<String, JsonNode> member : event.properties()) {
            if (member.getKey().endsWith("EventDetails")) {
                return member.getValue();
            }
        }
        return JsonNodeFactory.instance.objectNode();
    }

    ArrayNode toJson() {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        spans.forEach(span -> json.addObject()
                .put("name", span.name())
                .put("depth", span.depth())
                .put("from", span.from().toString())
                .put("to", span.to().toString())
                .put("failed", span.failed()));
        return json;
    }
}
