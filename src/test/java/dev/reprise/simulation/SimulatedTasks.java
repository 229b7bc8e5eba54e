package dev.reprise.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.asl.Resource;
import dev.reprise.task.Job;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskRunner;
import dev.reprise.task.TaskSource;
import dev.reprise.task.TaskThreads;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tasks as a process runs them: done at once, after a while, after a long while, when nobody waits any more, or never.
 */
final class SimulatedTasks implements TaskSource {

    /** How often a task heeds no interrupt. */
    private static final double DEAF = 0.05;

    static {
        // At its first callback Mutiny looks for its context propagation, and two processes that make it look at the
        // same
        // moment fail.
        var unused = Infrastructure.decorate(Function.identity());
    }

    private final World world;
    private final SimulatedProcess process;
    private final SimulatedJob job;

    SimulatedTasks(World world, SimulatedProcess process) {
        this.world = world;
        this.process = process;
        this.job = new SimulatedJob(world, process);
    }

    @Override
    public @Nullable TaskRunner find(Resource resource) {
        return resource instanceof Resource.StartExecution ? null : this::run;
    }

    @Override
    public @Nullable Job job(Resource resource) {
        return resource instanceof Resource.Integration ? job : null;
    }

    private Uni<JsonNode> run(TaskCall call) {
        process.step();
        SimulatedInvocation invocation = process.invocation();
        String key = call.context().idempotencyKey();
        world.trace.note(invocation.name, () -> "begins " + call.resource() + " as " + key + " with " + call.input());
        world.witness.started(new Witness.TaskStart(invocation, world.scheduler.now(), invocation.openedAt, call));
        TaskWorld.Answer answer = TaskWorld.answer(call.resource(), key, call.input());
        String token = call.context().taskToken();
        if (token == null && answer != null && world.dice.chance(DEAF)) {
            return deaf(key, answer);
        }
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

    /** Holds a thread until it is done, whoever interrupts it. */
    private Uni<JsonNode> deaf(String key, TaskWorld.Answer answer) {
        DeafTask task = new DeafTask(key);
        process.invocation().deaf.add(task);
        world.witness.deaf.add(key);
        world.witness.saw(Occurrence.DEAF);
        long millis = world.dice.magnitude(100, 100_000);
        TaskThreads thread = new TaskThreads(work -> process.later(millis, () -> {
            task.endedAt = world.scheduler.now();
            work.run();
        }));
        return thread.run(() -> give(answer))
                .onCancellation()
                .invoke(() -> task.interruptedAt = Math.min(task.interruptedAt, world.scheduler.now()));
    }

    private static JsonNode give(TaskWorld.Answer answer) {
        if (answer.output() == null) {
            throw new TaskException(Objects.requireNonNull(answer.error()), null);
        }
        return answer.output();
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
