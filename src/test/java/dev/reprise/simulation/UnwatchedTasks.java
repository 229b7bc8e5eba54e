package dev.reprise.simulation;

import dev.reprise.asl.Resource;
import dev.reprise.task.Job;
import dev.reprise.task.TaskRunner;
import dev.reprise.task.TaskSource;
import dev.reprise.task.TaskThreads;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tasks of which nobody knows whether they hold a thread. To see who notices. */
record UnwatchedTasks(TaskSource tasks) implements TaskSource {

    private static final TaskThreads.Watch NOBODY = new TaskThreads.Watch() {
        @Override
        public void begun() {}

        @Override
        public void ended() {}
    };

    @Override
    public @Nullable TaskRunner find(Resource resource) {
        TaskRunner runner = tasks.find(resource);
        return runner == null
                ? null
                : call -> Uni.createFrom().emitter(emitter -> {
                    Cancellable task = TaskThreads.watched(
                            NOBODY, () -> runner.run(call).subscribe().with(emitter::complete, emitter::fail));
                    emitter.onTermination(task::cancel);
                });
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
