package dev.reprise.task;

import dev.reprise.asl.Resource;
import dev.reprise.execution.StatesError;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Finds what runs a task by the {@code Resource} that its state names. Thread-safe. */
public final class TaskRunners {

    private static final Logger LOG = Logger.getLogger(TaskRunners.class);

    private final List<TaskSource> sources;
    private final FailureListener failures;
    private final Map<Resource, TaskRunner> found = new ConcurrentHashMap<>();

    /** @param sources asked in this order */
    public TaskRunners(List<? extends TaskSource> sources) {
        this(sources, FailureListener.NONE);
    }

    /**
     * Runners that tell of failures.
     *
     * @param sources asked in this order
     */
    public TaskRunners(List<? extends TaskSource> sources, FailureListener failures) {
        this.sources = List.copyOf(sources);
        this.failures = failures;
    }

    /** @param sources asked in this order */
    public TaskRunners(TaskSource... sources) {
        this(List.of(sources));
    }

    /**
     * What runs the tasks of that resource. For one that nothing runs, a runner whose tasks fail with {@code
     * States.Runtime} and say so: no {@code Catch} takes that for a failure of the task itself.
     */
    public TaskRunner find(Resource resource) {
        TaskRunner known = found.get(resource);
        if (known != null) {
            return known;
        }
        Found search = search(resource);
        if (search == null) {
            String problem = describeUnknown(resource);
            return telling(call -> Uni.createFrom()
                    .failure(() -> new TaskException(new StatesError("States.Runtime", problem), null)));
        }
        TaskRunner telling = telling(search.runner());
        if (search.isFixed()) {
            found.put(resource, telling);
        }
        return telling;
    }

    private TaskRunner telling(TaskRunner runner) {
        return failures == FailureListener.NONE
                ? runner
                : call -> runner.run(call).onFailure().invoke(thrown -> tell(call, thrown));
    }

    /** What a listener throws would take the place of what the task did. */
    private void tell(TaskCall call, Throwable thrown) {
        try {
            failures.failed(call, thrown);
        } catch (RuntimeException e) {
            LOG.warnf(e, "That the task '%s' failed could not be told", call.resource());
        }
    }

    /** @param isFixed whether the next search finds the same */
    private record Found(TaskRunner runner, boolean isFixed) {}

    /** What does that resource as a job; null when it is none. */
    public @Nullable Job job(Resource resource) {
        for (TaskSource source : sources) {
            Job job = source.job(resource);
            if (job != null) {
                return job;
            }
        }
        return null;
    }

    /** Whether anything here runs the tasks of that resource. */
    public boolean runs(Resource resource) {
        return found.containsKey(resource) || job(resource) != null || search(resource) != null;
    }

    /**
     * What to tell the author of a workflow that names this resource.
     *
     * @return null when it can be run
     */
    public @Nullable String problemWith(Resource resource) {
        return runs(resource) ? null : describeUnknown(resource);
    }

    /**
     * What is wrong with how a workflow asks for this resource, as far as that shows before the task runs. Only who
     * runs the tasks is asked: one that stands for a service is asked for nothing that the service is.
     */
    public List<RequestProblem> problems(Resource resource, RequestTemplate request) {
        for (TaskSource source : sources) {
            if (source.job(resource) != null
                    || source.find(resource) != null
                    || source.find(resource.withoutToken()) != null) {
                return source.problems(resource, request);
            }
        }
        return sources.stream()
                .flatMap(source -> source.problems(resource, request).stream())
                .toList();
    }

    private @Nullable Found search(Resource resource) {
        boolean isFixed = true;
        for (TaskSource source : sources) {
            TaskRunner runner = source.find(resource);
            isFixed &= source.isFixed();
            if (runner != null) {
                return new Found(runner, isFixed);
            }
        }
        // Who sends the token back ends the task; what the request does is the same.
        Resource asked = resource.withoutToken();
        return asked.equals(resource) ? null : search(asked);
    }

    private String describeUnknown(Resource resource) {
        List<String> known = new ArrayList<>();
        sources.forEach(source -> known.addAll(source.known()));
        return "Nothing runs the resource '" + resource.uri() + "'. Known here: "
                + (known.isEmpty() ? "nothing" : String.join(", ", known)) + ". "
                + (resource instanceof Resource.InProcess task
                        ? "Annotate a method with @Task(\"" + task.name() + "\")."
                        : "Correct the resource, or " + MappedTasks.howToMap(resource.uri()) + ".");
    }
}
