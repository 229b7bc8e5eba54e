package dev.reprise.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Resource;
import dev.reprise.task.Job;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskRunner;
import dev.reprise.task.TaskSource;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has tasks queue after they were asked for, one after the other: so their bounds run while they queue. To see who
 * notices.
 */
final class QueueingTasks implements TaskSource {

    private record Waiting(TaskRunner runner, TaskCall call, UniEmitter<? super JsonNode> emitter) {}

    private final TaskSource tasks;
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private @Nullable Waiting running;

    QueueingTasks(TaskSource tasks) {
        this.tasks = tasks;
    }

    @Override
    public @Nullable TaskRunner find(Resource resource) {
        TaskRunner runner = tasks.find(resource);
        return runner == null ? null : call -> Uni.createFrom().emitter(emitter -> ask(runner, call, emitter));
    }

    private void ask(TaskRunner runner, TaskCall call, UniEmitter<? super JsonNode> emitter) {
        Waiting waiting = new Waiting(runner, call, emitter);
        queue.add(waiting);
        emitter.onTermination(() -> over(waiting));
        next();
    }

    @SuppressWarnings("ReferenceEquality") // That very one, not one like it.
    private void over(Waiting waiting) {
        queue.remove(waiting);
        if (running == waiting) {
            running = null;
            next();
        }
    }

    private void next() {
        Waiting waiting = running == null ? queue.poll() : null;
        if (waiting != null) {
            running = waiting;
            var unused = waiting.runner()
                    .run(waiting.call())
                    .subscribe()
                    .with(waiting.emitter()::complete, waiting.emitter()::fail);
        }
    }

    @Override
    public @Nullable Job job(Resource resource) {
        return tasks.job(resource);
    }

    @Override
    public List<String> known() {
        return tasks.known();
    }
}
