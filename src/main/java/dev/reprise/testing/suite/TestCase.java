package dev.reprise.testing.suite;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Resource;
import dev.reprise.asl.State;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.testing.Callback;
import dev.reprise.testing.WorkflowRun;
import dev.reprise.testing.WorkflowTest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One case of a workflow, as data.
 *
 * @param name tells it from the others
 * @param startAt when it begins; null for {@link WorkflowTest#START}
 * @param mocks by the names of states or by resources
 * @param objects what objects hold, by {@code BUCKET/KEY}
 * @param steps what is done to it; it is brought to its end where no step does so, unless it is expected to run on
 * @param expectation what it comes to; null when any end is as good
 * @param crashes whether it is to come to the same end wherever its process dies
 */
record TestCase(
        String name,
        JsonNode input,
        @Nullable Instant startAt,
        Map<String, Mock> mocks,
        Map<String, String> objects,
        List<Step> steps,
        @Nullable Expectation expectation,
        boolean crashes) {

    TestCase {
        mocks = new LinkedHashMap<>(mocks);
        objects = new LinkedHashMap<>(objects);
        steps = List.copyOf(steps);
    }

    /**
     * Runs it.
     *
     * @param workflow of which nothing is said but what its tasks are
     * @param watcher is shown the run when it is over, whatever came of it
     * @throws AssertionError when it does not do what is expected
     */
    void run(WorkflowTest workflow, Consumer<WorkflowRun> watcher) {
        WorkflowTest test = prepared(workflow);
        try (WorkflowRun run = test.start(input)) {
            try {
                script(run);
                if (expectation != null) {
                    expectation.check(run);
                }
            } finally {
                watcher.accept(run);
            }
        }
        if (crashes) {
            prepared(workflow).crashEverywhere(input, this::script);
        }
    }

    private WorkflowTest prepared(WorkflowTest workflow) {
        WorkflowTest test = workflow.anew();
        if (startAt != null) {
            test.startingAt(startAt);
        }
        MockFiles.apply(mocks, test);
        objects.forEach((place, content) -> {
            int slash = place.indexOf('/');
            test.object(place.substring(0, slash), place.substring(slash + 1), content);
        });
        return test;
    }

    private void script(WorkflowRun run) {
        steps.forEach(step -> perform(step, run));
        boolean goesOn = expectation != null && expectation.status() == ExecutionStatus.RUNNING;
        if (!goesOn && !run.hasEnded()) {
            run.runToEnd();
        }
    }

    private static void perform(Step step, WorkflowRun run) {
        switch (step) {
            case Step.Advance advance -> run.advance(advance.time());
            case Step.RunUntilIdle idle -> run.runUntilIdle();
            case Step.RunToEnd end -> run.runToEnd();
            case Step.Succeed succeed ->
                task(run, succeed.state(), succeed.item()).succeeds(succeed.output());
            case Step.Fail fail -> task(run, fail.state(), fail.item()).fails(fail.error(), fail.cause());
            case Step.Heartbeat heartbeat ->
                task(run, heartbeat.state(), heartbeat.item()).heartbeat();
            case Step.Stop stop -> run.stop(stop.error(), stop.cause());
            case Step.Redrive redrive -> run.redrive();
            case Step.Expect expect -> expect.expectation().check(run);
        }
    }

    /** Of an activity that no worker has taken yet, takes it. */
    private static Callback task(WorkflowRun run, String state, @Nullable Integer item) {
        boolean isActivity =
                run.states().get(state) instanceof State.Task task && task.resource() instanceof Resource.Activity;
        return isActivity && !run.awaitsToken(state, item) ? run.activity(state) : run.callback(state, item);
    }
}
