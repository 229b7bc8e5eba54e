package dev.reprise.testing.suite;

import dev.reprise.asl.State;
import dev.reprise.testing.JsonDifference;
import dev.reprise.testing.WorkflowRun;
import dev.reprise.testing.WorkflowTest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the facts of an execution of the past against a definition as it is now, and tells where it goes another way. */
public final class Replay {

    private Replay() {}

    /**
     * Where the definition leads elsewhere than it did then: the first state that is another, and an end that is.
     *
     * @param test the definition, of which nothing is said yet
     * @return empty when it does the same
     */
    public static List<String> differences(RecordedExecution recorded, WorkflowTest test) {
        List<String> problems = new ArrayList<>();
        MockReader reader = new MockReader(test.states(), problems);
        var mocks = reader.read(MemberReader.of(recorded.mocks(), "", problems));
        mocks.keySet().removeIf(state -> !MockReader.isState(test.states(), state));
        MockFiles.apply(mocks, test);
        List<String> silent = test.states().values().stream()
                .filter(State.Task.class::isInstance)
                .map(State::name)
                .filter(state -> !mocks.containsKey(state))
                .toList();
        silent.forEach(state -> test.state(state).neverAnswers());
        List<String> differences = new ArrayList<>();
        try (WorkflowRun run = test.start(recorded.input())) {
            String stopped = goOn(run, recorded);
            addFirst(differences, recorded.path(), run.path());
            List<String> asked =
                    silent.stream().filter(state -> !run.calls(state).isEmpty()).toList();
            if (!asked.isEmpty()) {
                asked.forEach(state ->
                        differences.add("State " + state + " calls its task now, of which the past knows no answer"));
            } else if (stopped != null) {
                differences.add(stopped);
            } else {
                addEnd(differences, recorded, run);
            }
        } catch (AssertionError e) {
            differences.add(firstLine(e));
        }
        return differences;
    }

    /** Why it did not come to an end; null when it did. */
    private static @Nullable String goOn(WorkflowRun run, RecordedExecution recorded) {
        if (recorded.status().equals("RUNNING")) {
            run.runUntilIdle();
            return null;
        }
        try {
            run.runToEnd();
            return null;
        } catch (AssertionError e) {
            return firstLine(e);
        }
    }

    private static void addFirst(List<String> differences, List<String> then, List<String> now) {
        for (int i = 0; i < Math.max(then.size(), now.size()); i++) {
            String expected = i < then.size() ? then.get(i) : null;
            String found = i < now.size() ? now.get(i) : null;
            if (expected == null || !expected.equals(found)) {
                differences.add("After " + (i == 0 ? "its start" : "state " + then.get(i - 1) + " (number " + i + ")")
                        + " it went to " + name(expected) + ", and goes to " + name(found) + " now");
                return;
            }
        }
    }

    private static String name(@Nullable String state) {
        return state == null ? "its end" : "state " + state;
    }

    private static void addEnd(List<String> differences, RecordedExecution recorded, WorkflowRun run) {
        if (!recorded.status().equals(run.status().name())) {
            differences.add("It ended as " + recorded.status() + ", and ends as " + run.status() + " now"
                    + (run.error() == null ? "" : " with " + run.error() + ": " + run.cause()));
        } else if (recorded.output() != null && run.output() != null) {
            String difference = JsonDifference.between(recorded.output(), run.output());
            if (difference != null) {
                differences.add("Its output is another. " + difference);
            }
        } else if (recorded.error() != null && !recorded.error().equals(run.error())) {
            differences.add("It ended with error " + recorded.error() + ", and ends with " + run.error() + " now");
        }
    }

    private static String firstLine(AssertionError problem) {
        return String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
    }
}
