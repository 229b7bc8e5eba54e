package dev.reprise.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.Resource;
import dev.reprise.asl.Resource.LambdaFunction;
import dev.reprise.execution.StatesError;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Resources that are mapped to tasks of this process, so that a workflow written for Step Functions runs whole on one
 * machine: by {@link MappingFile}, {@code "arn:aws:lambda:us-east-1:111111111111:function:charge": "task:charge"}, or
 * by the configuration's {@code reprise.tasks}, which comes first.
 *
 * <p>A function mapped by its ARN is also found by its bare name, and whatever its version, unless that version is
 * mapped itself. A workflow can't tell the difference: a failed task has the cause that Lambda would give, a JSON text
 * with {@code errorMessage} and {@code errorType}.
 */
public final class MappedTasks implements TaskSource {

    private static final Logger LOG = Logger.getLogger(MappedTasks.class);

    /**
     * Both mappings as they are at one moment.
     *
     * @param file the file's part, which this was made of
     * @param tasks the task by the resource
     * @param tasksOfFunctions the task by the bare name of the function
     */
    private record Merged(MappingFile.Mapping file, Map<String, String> tasks, Map<String, String> tasksOfFunctions) {}

    private final Map<String, String> configured;
    private final MappingFile file;
    private final InProcessTasks inProcess;
    private volatile @Nullable Merged merged;

    /** @param configured the task, {@code task:} and its name, by the resource that it stands for */
    public MappedTasks(Map<String, String> configured, MappingFile file, InProcessTasks inProcess) {
        this.configured = Map.copyOf(configured);
        this.file = file;
        this.inProcess = inProcess;
    }

    /** How to map a resource: part of a message to whoever needs it. */
    public static String howToMap(String resource) {
        return "map it to a task, in " + MappingFile.NAME + " beside the workflows: {\"" + resource
                + "\": \"task:NAME\"}";
    }

    @Override
    public boolean isFixed() {
        return false;
    }

    /** A file that was read anew is another object, whatever it says. */
    @SuppressWarnings("ReferenceEquality")
    private Merged mapping() {
        MappingFile.Mapping now = file.mapping();
        Merged last = merged;
        if (last == null || last.file() != now) {
            last = merge(now);
            merged = last;
            problems(last).forEach(LOG::error);
        }
        return last;
    }

    private Merged merge(MappingFile.Mapping now) {
        Map<String, String> tasks = new TreeMap<>(now.tasks());
        tasks.putAll(configured);
        Map<String, String> tasksOfFunctions = new HashMap<>();
        tasks.forEach((resource, task) -> {
            LambdaFunction function = function(resource);
            if (function != null && function.qualifier() == null) {
                tasksOfFunctions.putIfAbsent(function.name(), task);
            }
        });
        return new Merged(now, tasks, tasksOfFunctions);
    }

    @Override
    public @Nullable TaskRunner find(Resource resource) {
        if (resource instanceof Resource.InProcess) {
            return null;
        }
        Merged mapping = mapping();
        LambdaFunction function = resource instanceof LambdaFunction named ? named : null;
        String task = mapping.tasks().get(resource.uri());
        if (task == null && function != null) {
            task = mapping.tasks().get(function.unqualified());
        }
        return runner(mapping, resource.uri(), task, function != null);
    }

    /** Of a mapping that is not sound nothing is guessed, least of all that somebody else's function is meant. */
    private @Nullable TaskRunner runner(
            Merged mapping, String resource, @Nullable String task, boolean standsForFunction) {
        if (task == null) {
            return mapping.file().problems().isEmpty()
                    ? null
                    : failing(String.join("\n", mapping.file().problems()));
        }
        TaskRunner runner = inProcess.find(Resource.parse(task));
        if (runner == null) {
            return failing(unknownTask(resource, task));
        }
        return standsForFunction ? failingLikeLambda(runner) : runner;
    }

    private static TaskRunner failing(String problem) {
        return call ->
                Uni.createFrom().failure(() -> new TaskException(new StatesError("States.Runtime", problem), null));
    }

    /**
     * The task that stands for a function.
     *
     * @param name its ARN, whole or without the account, or its bare name
     * @param qualifier version or alias; null when there is none, or when the name has it
     * @return null when the function is not mapped
     */
    public @Nullable TaskRunner function(String name, @Nullable String qualifier) {
        TaskRunner byArn = qualifier == null ? null : find(Resource.parse(name + ":" + qualifier));
        byArn = byArn == null ? find(Resource.parse(name)) : byArn;
        if (byArn != null || function(name) != null) {
            return byArn;
        }
        String bare = name.contains(":function:") ? name.substring(name.indexOf(":function:") + 10) : name;
        Merged mapping = mapping();
        String task = mapping.tasksOfFunctions().get(bare.contains(":") ? bare.substring(0, bare.indexOf(':')) : bare);
        return runner(mapping, name, task, true);
    }

    private static @Nullable LambdaFunction function(String arn) {
        return Resource.parse(arn) instanceof LambdaFunction function ? function : null;
    }

    private static TaskRunner failingLikeLambda(TaskRunner runner) {
        return call -> runner.run(call).onFailure(TaskException.class).transform(MappedTasks::likeLambda);
    }

    private static TaskException likeLambda(TaskException failure) {
        StatesError error = failure.error();
        if (error.error() == null || error.error().startsWith("States.")) {
            return failure;
        }
        ObjectNode cause = JsonNodeFactory.instance.objectNode();
        cause.put("errorMessage", error.cause());
        cause.put("errorType", error.error());
        return new TaskException(new StatesError(error.error(), cause.toString()), failure.getCause());
    }

    /** A task's result in the shape of an answer of the Lambda API. */
    public static JsonNode asAnswer(JsonNode payload) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("ExecutedVersion", "$LATEST");
        answer.set("Payload", payload);
        answer.putObject("SdkHttpMetadata").put("HttpStatusCode", 200);
        answer.putObject("SdkResponseMetadata");
        answer.put("StatusCode", 200);
        return answer;
    }

    @Override
    public List<String> known() {
        return List.copyOf(mapping().tasks().keySet());
    }

    /** What is wrong with the mapping, a line each: the file's own problems, and names of tasks that do not exist. */
    List<String> problems() {
        return problems(mapping());
    }

    private List<String> problems(Merged mapping) {
        List<String> problems = new ArrayList<>(mapping.file().problems());
        mapping.tasks().forEach((resource, task) -> {
            if (inProcess.find(Resource.parse(task)) == null) {
                problems.add(unknownTask(resource, task));
            }
        });
        return problems;
    }

    private String unknownTask(String resource, String task) {
        if (resource.startsWith("\"")) {
            // `reprise.tasks."arn:aws:...:function:charge"=task:charge`, of which a .properties file took `"arn` for
            // the key.
            String meant = (resource + ":" + task).substring(1);
            return "reprise.tasks." + resource
                    + ": in a .properties file a ':' ends a key, unless there is a '\\' before"
                    + " it. Better write it into " + file.path() + ": {\"" + meant.replaceFirst("\"[=:]", "\": \"")
                    + "\"}";
        }
        String place =
                configured.containsKey(resource) ? "reprise.tasks" : file.path().toString();
        return place + ": \"" + resource + "\" stands for '" + task + "', which is no task here; known are "
                + String.join(", ", inProcess.known());
    }
}
