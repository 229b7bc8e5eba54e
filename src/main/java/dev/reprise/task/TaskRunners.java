package dev.reprise.task;

import dev.reprise.core.StatesError;
import dev.reprise.core.TaskPattern;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Finds what runs a task by the {@code Resource} that its state names. Thread-safe. */
public final class TaskRunners {

    private final List<TaskSource> sources;
    private final Map<String, TaskRunner> found = new ConcurrentHashMap<>();

    /** @param sources asked in this order */
    public TaskRunners(List<? extends TaskSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /** @param sources asked in this order */
    public TaskRunners(TaskSource... sources) {
        this(List.of(sources));
    }

    /**
     * What runs the tasks of that resource. For one that nothing runs, a runner whose tasks fail with {@code States.Runtime} and say so: no {@code Catch} takes that for a failure of the task itself.
     */
    public TaskRunner find(String resource) {
        TaskRunner known = found.get(resource);
        if (known != null) {
            return known;
        }
        TaskRunner runner = search(resource);
        if (runner == null) {
            String problem = describeUnknown(resource);
            return call ->
                    Uni.createFrom().failure(() -> new TaskException(new StatesError("States.Runtime", problem), null));
        }
        found.put(resource, runner);
        return runner;
    }

    /** Whether anything here runs the tasks of that resource. */
    public boolean runs(String resource) {
        return found.containsKey(resource) || search(resource) != null;
    }

    /**
     * What to tell the author of a workflow that names this resource.
     *
     * @return null when it can be run
     */
    public @Nullable String problemWith(String resource) {
        return search(resource) == null ? describeUnknown(resource) : null;
    }

    private @Nullable TaskRunner search(String resource) {
        for (TaskSource source : sources) {
            TaskRunner runner = source.find(resource);
            if (runner != null) {
                return runner;
            }
        }
        // Who sends the token back ends the task; what the request does is the same.
        return resource.endsWith(TaskPattern.TOKEN_SUFFIX)
                ? search(resource.substring(0, resource.length() - TaskPattern.TOKEN_SUFFIX.length()))
                : null;
    }

    private String describeUnknown(String resource) {
        List<String> known = new ArrayList<>();
        sources.forEach(source -> known.addAll(source.known()));
        String name = resource.endsWith(TaskPattern.TOKEN_SUFFIX)
                ? resource.substring(0, resource.length() - TaskPattern.TOKEN_SUFFIX.length())
                : resource;
        return "Nothing runs the resource '" + resource + "'. Known here: "
                + (known.isEmpty() ? "nothing" : String.join(", ", known)) + ". "
                + (resource.startsWith("task:")
                        ? "Annotate a method with @Task(\"" + name.substring("task:".length()) + "\")."
                        : "Correct the resource, or map it to a task: reprise.tasks.\"" + resource
                                + "\"=task:NAME in application.properties.");
    }
}
