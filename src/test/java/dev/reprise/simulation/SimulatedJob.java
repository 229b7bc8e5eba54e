package dev.reprise.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.StatesError;
import dev.reprise.task.Job;
import dev.reprise.task.TaskCall;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A process' way to the {@link Service}: what it asks for is done at once, the answer may take a moment, and sometimes
 * there is none.
 */
final class SimulatedJob implements Job {

    /** How a job fails that was cancelled: nobody who waits for it may ever be told so. */
    private static final StatesError CANCELLED = new StatesError("Cancelled", "nobody was to wait for it");

    /** How often a poll is in vain. */
    private static final double OUT_OF_REACH = 0.05;

    private final World world;
    private final SimulatedProcess process;

    SimulatedJob(World world, SimulatedProcess process) {
        this.world = world;
        this.process = process;
    }

    @Override
    public Uni<JsonNode> submit(TaskCall call) {
        process.step();
        SimulatedInvocation invocation = process.invocation();
        String key = call.context().idempotencyKey();
        world.trace.note(invocation.name, () -> "submits " + call.resource() + " as " + key + " with " + call.input());
        world.witness.saw(Occurrence.JOB);
        world.witness.started(new Witness.TaskStart(invocation, world.scheduler.now(), invocation.openedAt, call));
        Service.Work work = world.service.submitted(key, TaskWorld.answer(call.resource(), key, call.input()));
        return later(work.response);
    }

    @Override
    public Uni<Progress> poll(Submission job) {
        process.step();
        SimulatedInvocation invocation = process.invocation();
        Service.Work work = known(job);
        if (work == null) {
            return Uni.createFrom().failure(() -> new IllegalStateException("There is no such job: " + job));
        }
        world.witness.polled(new Witness.Poll(invocation, world.scheduler.now(), job.idempotencyKey()));
        if (world.dice.chance(OUT_OF_REACH)) {
            return Uni.createFrom().failure(() -> new IllegalStateException("The service is out of reach"));
        }
        Progress progress = progress(work);
        world.trace.note(invocation.name, () -> "polls " + job.idempotencyKey() + " -> " + progress);
        return later(progress);
    }

    private Progress progress(Service.Work work) {
        if (work.isCancelled()) {
            return new Progress.Failed(CANCELLED);
        }
        TaskWorld.Answer answer = work.answer;
        if (answer == null || work.doneAt > world.scheduler.now()) {
            boolean says = world.dice.chance(0.5);
            return new Progress.Running(says ? Duration.ofMillis(world.dice.magnitude(500, 500_000)) : null);
        }
        return answer.error() == null
                ? new Progress.Succeeded(Objects.requireNonNull(answer.output()))
                : new Progress.Failed(answer.error());
    }

    @Override
    public Uni<Void> cancel(Submission job) {
        process.step();
        Service.Work work = known(job);
        if (work != null) {
            world.trace.note(process.invocation().name, () -> "cancels " + job.idempotencyKey());
            world.witness.saw(Occurrence.JOB_CANCELLED);
            work.cancelledAt = Math.min(work.cancelledAt, world.scheduler.now());
        }
        // At the end of an execution it is waited for without a look at the clock.
        return Uni.createFrom().voidItem();
    }

    /** The job that somebody names by what he was told when it was submitted. */
    private Service.@Nullable Work known(Submission job) {
        Service.Work work = world.service.known(job.response());
        if (work == null || !work.idempotencyKey.equals(job.idempotencyKey())) {
            world.witness.violated("%s asks for the job of %s by %s, which it is not known by"
                    .formatted(process.invocation(), job.idempotencyKey(), job.response()));
            return null;
        }
        return work;
    }

    private <T> Uni<T> later(T answer) {
        long millis = world.dice.oneOf(0L, 0L, 3L, 1_000L);
        return Uni.createFrom().emitter(emitter -> {
            if (millis == 0) {
                emitter.complete(answer);
            } else {
                process.later(millis, () -> emitter.complete(answer));
            }
        });
    }
}
