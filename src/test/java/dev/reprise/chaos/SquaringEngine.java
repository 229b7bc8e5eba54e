package dev.reprise.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Resource;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.journal.Journals;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.operations.ExecutionDescription;
import dev.reprise.operations.Invocation;
import dev.reprise.operations.JournaledExecutions;
import dev.reprise.operations.TestServices;
import dev.reprise.runtime.RunnerSettings;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskRunner;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskSource;
import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The engine with the one workflow {@link Squares}. */
final class SquaringEngine {

    /** What else happens when a task begins. */
    @FunctionalInterface
    interface Beginning {
        void of(TaskCall call) throws Exception;
    }

    private final JournaledExecutions executions;

    SquaringEngine(ExecutionStore store, Beginning beginning) {
        TaskRunner square = call -> square(call, beginning);
        TaskSource source = new TaskSource() {
            @Override
            public TaskRunner find(Resource resource) {
                return square;
            }

            @Override
            public List<String> known() {
                return List.of("task:square");
            }
        };
        executions = new JournaledExecutions(TestServices.of(
                new Squares(),
                new Journals(store, InstantSource.system(), new Random()),
                new TaskRunners(source),
                (executionArn, at) -> {},
                InterpreterLimits.DEFAULT,
                RunnerSettings.DEFAULT,
                InstantSource.system()));
    }

    /**
     * Starts the execution or, when it is there already, goes on with it: as an event that Lambda delivers once more,
     * under the same request id, because its process died.
     */
    ExecutionDescription run(String execution) {
        return executions.start(Squares.NAME, execution, Squares.input(), new Invocation(execution, "", null));
    }

    /** Between 5 and 20 ms, so that tasks finish in another order than they begin. */
    private static Uni<JsonNode> square(TaskCall call, Beginning beginning) {
        int millis = 5 + Math.floorMod(call.context().idempotencyKey().hashCode(), 16);
        Executor after = CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
        return Uni.createFrom().emitter(emitter -> {
            try {
                beginning.of(call);
                after.execute(() -> emitter.complete(Squares.square(call.input())));
            } catch (Exception e) {
                emitter.fail(e);
            }
        });
    }
}
