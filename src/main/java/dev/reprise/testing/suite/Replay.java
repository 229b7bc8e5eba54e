package dev.reprise.testing.suite;

import dev.reprise.asl.State;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.testing.JsonDifference;
import dev.reprise.testing.WorkflowRun;
import dev.reprise.testing.WorkflowTest;
import dev.reprise.testing.suite.RecordedExecution.Leg;
import java.time.Duration;
import java.time.Instant;
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
        var mocks = reader.read(MemberReader.of(recorded.mocks(false), "", problems));
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
            Leg reached = recorded.legs().getFirst();
            String elsewhere = goOn(run, reached);
            for (Leg next : recorded.legs().subList(1, recorded.legs().size())) {
                if (elsewhere == null) {
                    run.redrive();
                    reached = next;
                    elsewhere = goOn(run, reached);
                }
            }
            addFirst(differences, recorded.path().subList(0, reached.states()), run.path());
            List<String> asked =
                    silent.stream().filter(state -> !run.calls(state).isEmpty()).toList();
            if (!asked.isEmpty()) {
                asked.forEach(state ->
                        differences.add("State " + state + " calls its task now, of which the past knows no answer"));
            } else if (elsewhere != null) {
                differences.add(elsewhere);
            }
        } catch (AssertionError e) {
            differences.add(firstLine(e));
        }
        return differences;
    }

    /** How it does not come to the same end; null when it does. */
    private static @Nullable String goOn(WorkflowRun run, Leg leg) {
        try {
            if (leg.isCutOff()) {
                cutOff(run, leg);
            } else {
                run.runToEnd();
            }
            return otherEnd(leg, run);
        } catch (AssertionError e) {
            return firstLine(e);
        }
    }

    /** At which moment it was, its states tell: its tasks take no time now. */
    private static void cutOff(WorkflowRun run, Leg leg) {
        run.runUntilIdle();
        Instant due = run.nextDue();
        while (due != null && !run.hasEnded() && run.path().size() < leg.states()) {
            run.advance(Duration.between(run.now(), due));
            due = run.nextDue();
        }
        if (leg.status() == ExecutionStatus.ABORTED && !run.hasEnded()) {
            run.stop(leg.error(), leg.cause());
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

    private static @Nullable String otherEnd(Leg then, WorkflowRun run) {
        if (then.status() != run.status()) {
            return "It ended as " + then.status() + ", and ends as " + run.status() + " now"
                    + (run.error() == null ? "" : " with " + run.error() + ": " + run.cause());
        }
        if (then.output() != null && run.output() != null) {
            String difference = JsonDifference.between(then.output(), run.output());
            return difference == null ? null : "Its output is another. " + difference;
        }
        return then.error() == null || then.error().equals(run.error())
                ? null
                : "It ended with error " + then.error() + ", and ends with " + run.error() + " now";
    }

    private static String firstLine(AssertionError problem) {
        return String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
    }
}
