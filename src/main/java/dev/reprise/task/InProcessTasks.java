package dev.reprise.task;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code task:NAME}: methods of this function, annotated with {@link Task}. */
public final class InProcessTasks implements TaskSource {

    /** What a resource begins with that names such a task. */
    public static final String PREFIX = "task:";

    private final Map<String, TaskRunner> tasks;

    /** @param tasks by their names, without the prefix */
    public InProcessTasks(Map<String, ? extends TaskRunner> tasks) {
        this.tasks = new TreeMap<>(tasks);
    }

    /** The tasks that are bean methods. */
    static InProcessTasks of(Collection<TaskMethod> methods, ObjectMapper mapper, TaskThreads threads, TaskLog log) {
        Map<String, TaskRunner> tasks = new TreeMap<>();
        methods.forEach(method -> tasks.put(method.name(), new TaskMethodRunner(method, mapper, threads, log)));
        return new InProcessTasks(tasks);
    }

    @Override
    public @Nullable TaskRunner find(String resource) {
        return resource.startsWith(PREFIX) ? tasks.get(resource.substring(PREFIX.length())) : null;
    }

    @Override
    public List<String> known() {
        return tasks.keySet().stream().map(name -> PREFIX + name).toList();
    }
}
