package dev.reprise.testing.suite;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.testing.JsonDifference;
import dev.reprise.testing.MadeCall;
import dev.reprise.testing.WorkflowRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a run is to have come to. Whatever is null is not looked at.
 *
 * @param outputPart the output has at least these members
 * @param path the states of the execution itself, in order
 * @param visited states that were entered, wherever they stand
 * @param notVisited states that were not
 * @param calls how often each state called its task, or the inputs of the calls
 * @param elapsed how much virtual time has passed
 */
record Expectation(
        @Nullable ExecutionStatus status,
        @Nullable JsonNode output,
        @Nullable JsonNode outputPart,
        @Nullable String error,
        @Nullable String cause,
        @Nullable List<String> path,
        @Nullable List<String> visited,
        @Nullable List<String> notVisited,
        Map<String, JsonNode> calls,
        @Nullable Duration elapsed) {

    /** It ends well, and no more is said. */
    static final Expectation SUCCESS =
            new Expectation(ExecutionStatus.SUCCEEDED, null, null, null, null, null, null, null, Map.of(), null);

    Expectation {
        calls = Map.copyOf(calls);
    }

    /** @throws AssertionError when it does not hold */
    void check(WorkflowRun run) {
        if (status != null) {
            run.assertStatus(status);
        }
        if (output != null) {
            run.assertOutput(output);
        }
        if (outputPart != null) {
            JsonNode found = run.output();
            String difference = found == null ? "There is none." : JsonDifference.betweenPart(outputPart, found);
            require(run, difference == null, "Another output is expected. " + difference);
        }
        if (error != null) {
            require(run, error.equals(run.error()), "Error " + error + " is expected, not " + run.error());
        }
        if (cause != null) {
            require(run, cause.equals(run.cause()), "Cause '" + cause + "' is expected, not '" + run.cause() + "'");
        }
        if (path != null) {
            run.assertPath(path.toArray(String[]::new));
        }
        if (visited != null) {
            run.assertVisited(visited.toArray(String[]::new));
        }
        if (notVisited != null) {
            List<String> entered = run.visited();
            List<String> wrong = notVisited.stream().filter(entered::contains).toList();
            require(run, wrong.isEmpty(), "It entered " + String.join(", ", wrong));
        }
        calls.forEach((state, expected) -> checkCalls(run, state, expected));
        if (elapsed != null) {
            require(
                    run,
                    elapsed.equals(run.elapsed()),
                    elapsed.toMillis() / 1e3 + " s of virtual time are expected, not "
                            + run.elapsed().toMillis() / 1e3);
        }
    }

    private static void checkCalls(WorkflowRun run, String state, JsonNode expected) {
        List<MadeCall> calls = run.calls(state);
        if (expected.isNumber()) {
            run.assertCalls(state, expected.intValue());
            return;
        }
        run.assertCalls(state, expected.size());
        for (int i = 0; i < expected.size(); i++) {
            String difference = JsonDifference.between(
                    Objects.requireNonNull(expected.get(i)), calls.get(i).input());
            require(
                    run,
                    difference == null,
                    "State '" + state + "' is expected to give call " + (i + 1) + " another input. " + difference);
        }
    }

    private static void require(WorkflowRun run, boolean holds, String problem) {
        if (!holds) {
            throw new AssertionError(problem + "\n" + run.timeline());
        }
    }
}
