package dev.reprise.task;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.asl.Resource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code task:NAME}: methods of this function, annotated with {@link Task}. */
public final class InProcessTasks implements TaskSource {

    private final Map<String, TaskRunner> tasks;

    /** @param tasks by their names, without the prefix */
    public InProcessTasks(Map<String, ? extends TaskRunner> tasks) {
        this.tasks = new TreeMap<>(tasks);
    }

    /** The tasks that are bean methods. */
    public static InProcessTasks of(
            Collection<TaskMethod> methods, ObjectMapper mapper, TaskThreads threads, TaskLog log) {
        Map<String, TaskRunner> tasks = new TreeMap<>();
        methods.forEach(method -> tasks.put(method.name(), new TaskMethodRunner(method, mapper, threads, log)));
        return new InProcessTasks(tasks);
    }

    @Override
    public @Nullable TaskRunner find(Resource resource) {
        return resource instanceof Resource.InProcess task && task.pattern() == Resource.Pattern.REQUEST_RESPONSE
                ? tasks.get(task.name())
                : null;
    }

    @Override
    public List<String> known() {
        return tasks.keySet().stream()
                .map(name -> Resource.InProcess.PREFIX + name)
                .toList();
    }
}
