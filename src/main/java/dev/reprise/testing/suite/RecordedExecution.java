package dev.reprise.testing.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.Arns;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.execution.ScopePath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An execution of the past, as GetExecutionHistory tells it: its input, what its tasks gave, the way that it took, and
 * its end. It may come from Reprise or from AWS. Of the children of distributed Maps nothing is known.
 *
 * @param identity who it was; where the export does not tell, that of a run of a test
 * @param input the execution's
 * @param answers what the tasks gave and after how many seconds, by state, and by item where they stand in one; the
 *     innermost counts. In the order in which they were asked; a task without an end never answers
 * @param bodies the states that each body of states entered, in order
 * @param legs at least one: all but the last were redriven
 */
public record RecordedExecution(
        ExecutionIdentity identity,
        JsonNode input,
        Map<String, Map<Integer, List<ObjectNode>>> answers,
        Map<ScopePath, List<RecordedStep>> bodies,
        List<Leg> legs) {

    /** Stands for no item. */
    static final int NO_ITEM = -1;

    static final String AFTER_SECONDS = "afterSeconds";

    /** {@code arn:aws:states:REGION:ACCOUNT:execution:WORKFLOW:NAME}. */
    private static final int ARN_PARTS = 8;

    /**
     * What an execution did from its start, or from a redrive, to its end.
     *
     * @param states how many states of the path it had entered by then
     * @param begunAt when it started, or was redriven
     * @param endedAt when it ended; as far as is told where it has no end
     * @param status how it ended; {@code RUNNING} when it has no end
     * @param output null when it did not succeed
     * @param error null when there is none
     * @param cause null when there is none
     */
    public record Leg(
            int states,
            Instant begunAt,
            Instant endedAt,
            ExecutionStatus status,
            @Nullable JsonNode output,
            @Nullable String error,
            @Nullable String cause) {

        /** Its time. */
        Duration took() {
            return Duration.between(begunAt, endedAt);
        }

        /** Whether no state ended it: at some moment somebody stopped it, or looked at it. */
        boolean isCutOff() {
            return status == ExecutionStatus.RUNNING || status == ExecutionStatus.ABORTED;
        }
    }

    public RecordedExecution {
        legs = List.copyOf(legs);
        if (legs.isEmpty()) {
            throw new IllegalArgumentException("An execution has at least one leg");
        }
    }

    /**
     * Reads an export: an object with the member {@code events}, or the array of them.
     *
     * @throws TestFileException when it is none
     */
    public static RecordedExecution read(JsonNode export) {
        JsonNode events = export.isArray() ? export : export.path("events");
        if (!events.isArray() || events.isEmpty()) {
            throw new TestFileException(List.of("A history is expected, as GetExecutionHistory gives it:"
                    + " {\"events\": [{\"id\": 1, \"type\": \"ExecutionStarted\", …"));
        }
        return new HistoryReading(export, events).read();
    }

    /**
     * Who an execution was: the context object shows it, and what is drawn by chance grows from it.
     *
     * @param executionArn empty where nobody knows
     */
    static ExecutionIdentity identity(String executionArn, @Nullable String roleArn) {
        String[] parts = executionArn.split(":", ARN_PARTS);
        ExecutionIdentity made = parts.length == ARN_PARTS
                ? new ExecutionIdentity(
                        executionArn,
                        parts[ARN_PARTS - 1],
                        executionArn
                                .substring(0, executionArn.lastIndexOf(':'))
                                .replaceFirst(":(execution|express):", ":stateMachine:"),
                        parts[ARN_PARTS - 2],
                        "")
                : Arns.identity("", "workflow", "run");
        return new ExecutionIdentity(
                made.executionArn(),
                made.executionName(),
                made.stateMachineArn(),
                made.stateMachineName(),
                roleArn == null ? made.roleArn() : roleArn);
    }

    /** The execution's own states, in the order in which they were entered. */
    public List<String> path() {
        return bodies.getOrDefault(ScopePath.ROOT, List.of()).stream()
                .map(RecordedStep::state)
                .toList();
    }

    /** The execution as a case of a {@code NAME.test.json}. */
    public ObjectNode toCase(String name) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", name);
        json.set("input", input);
        ObjectNode mocks = mocks(legs.stream().anyMatch(Leg::isCutOff));
        if (!mocks.isEmpty()) {
            json.set("mocks", mocks);
        }
        ArrayNode steps = steps();
        if (!steps.isEmpty()) {
            json.set("steps", steps);
        }
        Leg last = legs.getLast();
        ObjectNode expect = json.putObject("expect");
        expect.put("status", last.status().name());
        if (last.output() != null) {
            expect.set("output", last.output());
        }
        if (last.error() != null) {
            expect.put("error", last.error());
        }
        ArrayNode states = expect.putArray("path");
        path().forEach(states::add);
        return json;
    }

    /** What is done to it, but for its being brought to its end. */
    private ArrayNode steps() {
        ArrayNode steps = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < legs.size(); i++) {
            Leg leg = legs.get(i);
            boolean redriven = i < legs.size() - 1;
            if (leg.isCutOff() && leg.took().isPositive()) {
                steps.addObject().put("advanceSeconds", leg.took().toMillis() / 1e3);
            } else if (!leg.isCutOff() && redriven) {
                steps.addObject().put("runToEnd", true);
            }
            if (leg.status() == ExecutionStatus.ABORTED) {
                ObjectNode stop = steps.addObject().putObject("stop");
                if (leg.error() != null) {
                    stop.put("error", leg.error());
                }
                if (leg.cause() != null) {
                    stop.put("cause", leg.cause());
                }
            }
            if (redriven) {
                steps.addObject().put("redrive", true);
            }
        }
        return steps;
    }

    /**
     * What its tasks gave, as mocks. What was recorded of a service is taken as it is.
     *
     * @param late whether they take the time that they took
     */
    ObjectNode mocks(boolean late) {
        ObjectNode mocks = JsonNodeFactory.instance.objectNode();
        answers.forEach((state, items) -> {
            List<ObjectNode> outside = items.get(NO_ITEM);
            if (items.size() == 1 && outside != null) {
                mocks.set(state, mock(outside, late));
                return;
            }
            ObjectNode mock = mocks.putObject(state);
            ObjectNode each = mock.putObject("items");
            items.forEach((item, given) -> {
                if (item == NO_ITEM) {
                    mock.set("otherwise", mock(given, late));
                } else {
                    each.set(String.valueOf(item), mock(given, late));
                }
            });
        });
        return mocks;
    }

    private static JsonNode mock(List<ObjectNode> given, boolean late) {
        ArrayNode inTurn = JsonNodeFactory.instance.arrayNode();
        for (ObjectNode answer : given) {
            ObjectNode copy = answer.deepCopy();
            if (copy.has("return")) {
                copy.put("validation", "NONE");
            }
            if (!late) {
                copy.remove(AFTER_SECONDS);
            }
            inTurn.add(copy);
        }
        return inTurn.size() == 1 ? inTurn.get(0) : inTurn;
    }
}
