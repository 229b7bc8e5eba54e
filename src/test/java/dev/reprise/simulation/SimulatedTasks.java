package dev.reprise.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.asl.Resource;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskRunner;
import dev.reprise.task.TaskSource;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tasks as a process runs them: done at once, after a while, after a long while, when nobody waits any more, or never. */
final class SimulatedTasks implements TaskSource {

    private final World world;
    private final SimulatedProcess process;

    SimulatedTasks(World world, SimulatedProcess process) {
        this.world = world;
        this.process = process;
    }

    @Override
    public @Nullable TaskRunner find(Resource resource) {
        return resource instanceof Resource.StartExecution ? null : this::run;
    }

    private Uni<JsonNode> run(TaskCall call) {
        process.step();
        SimulatedInvocation invocation = process.invocation();
        String key = call.context().idempotencyKey();
        world.trace.note(invocation.name, () -> "begins " + call.resource() + " as " + key + " with " + call.input());
        world.witness.started(new Witness.TaskStart(invocation, world.scheduler.now(), invocation.openedAt, call));
        TaskWorld.Answer answer = TaskWorld.answer(call.resource(), key, call.input());
        String token = call.context().taskToken();
        if (token == null) {
            return answer == null ? Uni.createFrom().nothing() : later(answer, world.taskMillis());
        }
        if (answer != null) {
            world.client.takeOn(token, key, answer);
        }
        return later(
                new TaskWorld.Answer(JsonNodeFactory.instance.objectNode().put("taken", "on"), null),
                world.dice.oneOf(0, 3, 1_000));
    }

    private Uni<JsonNode> later(TaskWorld.Answer answer, long millis) {
        return Uni.createFrom().emitter(emitter -> {
            if (millis == 0) {
                give(answer, emitter);
            } else {
                process.later(millis, () -> give(answer, emitter));
            }
        });
    }

    private static void give(TaskWorld.Answer answer, UniEmitter<? super JsonNode> emitter) {
        if (answer.error() == null) {
            emitter.complete(answer.output());
        } else {
            emitter.fail(new TaskException(answer.error(), null));
        }
    }

    @Override
    public List<String> known() {
        return List.of("every task");
    }
}
