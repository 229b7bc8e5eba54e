package dev.reprise.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares events with those of a durable case: {@code *} stands for anything, <code>${/…/}</code> for what an
 * expression matches, <code>${X}</code> for the same text throughout.
 */
final class DurableEvents {

    /** What an event is, and what it is about. */
    private static final List<String> IDENTITY = List.of("type", "subType", "id", "parentId", "name");

    /**
     * What an event tells besides. Not how long a wait lasts: it lasts as long as the program says, and one case's
     * event says otherwise.
     */
    private static final List<String> DETAILS = List.of("payload", "retry", "error");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)\\}");
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{/(.*)/\\}");

    private final Map<String, String> variables = new HashMap<>();
    private final Verdict verdict;

    private DurableEvents(Verdict verdict) {
        this.verdict = verdict;
    }

    /**
     * Compares each expected event with the one at its number, and where the expected ones tell of the end, their count
     * too.
     */
    static void check(JsonNode expected, List<ObjectNode> actual, Verdict verdict) {
        DurableEvents events = new DurableEvents(verdict);
        for (JsonNode event : expected) {
            int number = event.path("eventId").asInt();
            events.checkEvent(event, number <= actual.size() ? actual.get(number - 1) : DurableSteps.object(), number);
        }
        JsonNode last = expected.path(expected.size() - 1);
        if (Set.of("InvocationCompleted", "ExecutionFailed", "ExecutionSucceeded")
                .contains(last.path("type").asText())) {
            long more = actual.stream()
                    .skip(last.path("eventId").asInt())
                    .filter(event -> !event.path("type").asText().startsWith("Execution"))
                    .count();
            if (more > 0) {
                verdict.wrong(more + " events more than expected: " + actual);
            }
        }
    }

    private void checkEvent(JsonNode expected, ObjectNode actual, int number) {
        for (String field : IDENTITY) {
            if (expected.has(field) && !matches(expected.path(field), actual.path(field))) {
                verdict.wrong("event " + number + ", " + field + ": expected " + expected + " but was " + actual);
            }
        }
        for (String field : DETAILS) {
            if (expected.has(field)) {
                boolean met = matches(expected.path(field), actual.path(field));
                verdict.checkedWording(
                        met, "event " + number + ", " + field + ": expected " + expected + " but was " + actual);
            }
        }
    }

    private boolean matches(JsonNode expected, JsonNode actual) {
        if (expected.isObject()) {
            return expected.properties().stream()
                    .allMatch(member -> matches(member.getValue(), actual.path(member.getKey())));
        }
        String wanted = expected.asText();
        String text = actual.isTextual() ? actual.textValue() : actual.toString();
        Matcher variable = VARIABLE.matcher(wanted);
        if (variable.matches()) {
            String bound = variables.putIfAbsent(variable.group(1), text);
            return bound == null ? isNew(variable.group(1), text) : bound.equals(text);
        }
        Matcher expression = EXPRESSION.matcher(wanted);
        if (expression.matches()) {
            return Pattern.compile(expression.group(1)).matcher(text).find();
        }
        return wanted.equals("*") ? !actual.isMissingNode() : wanted.equals(text) || wanted.equals(actual.toString());
    }

    /** Two variables stand for two texts. */
    private boolean isNew(String variable, String text) {
        return variables.entrySet().stream()
                .noneMatch(other ->
                        !other.getKey().equals(variable) && other.getValue().equals(text));
    }
}
