package dev.reprise.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.Resource;
import dev.reprise.asl.Resource.LambdaFunction;
import dev.reprise.execution.StatesError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Resources that the configuration maps to tasks of this process, so that a workflow written for Step Functions runs
 * whole on one machine: {@code reprise.tasks."arn:aws:lambda:us-east-1:111111111111:function:charge"=task:charge}.
 *
 * <p>A function mapped by its ARN is also found by its bare name, and whatever its version, unless that version is
 * mapped itself. A workflow can't tell the difference: a failed task has the cause that Lambda would give, a JSON text
 * with {@code errorMessage} and {@code errorType}.
 */
public final class MappedTasks implements TaskSource {

    private final Map<String, String> tasks;
    private final Map<String, String> tasksOfFunctions = new HashMap<>();
    private final InProcessTasks inProcess;

    /** @param tasks the task, {@code task:} and its name, by the resource that it stands for */
    public MappedTasks(Map<String, String> tasks, InProcessTasks inProcess) {
        this.tasks = new TreeMap<>(tasks);
        this.inProcess = inProcess;
        this.tasks.forEach((resource, task) -> {
            LambdaFunction function = function(resource);
            if (function != null && function.qualifier() == null) {
                tasksOfFunctions.putIfAbsent(function.name(), task);
            }
        });
    }

    @Override
    public @Nullable TaskRunner find(Resource resource) {
        LambdaFunction function = resource instanceof LambdaFunction named ? named : null;
        String task = tasks.get(resource.uri());
        if (task == null && function != null) {
            task = tasks.get(function.unqualified());
        }
        TaskRunner runner = task == null ? null : inProcess.find(Resource.parse(task));
        return runner == null || function == null ? runner : failingLikeLambda(runner);
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
        String task = tasksOfFunctions.get(bare.contains(":") ? bare.substring(0, bare.indexOf(':')) : bare);
        TaskRunner runner = task == null ? null : inProcess.find(Resource.parse(task));
        return runner == null ? null : failingLikeLambda(runner);
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
        return List.copyOf(tasks.keySet());
    }

    /** What is wrong with the mapping: names of tasks that do not exist. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        tasks.forEach((resource, task) -> {
            if (inProcess.find(Resource.parse(task)) == null) {
                problems.add("reprise.tasks.\"" + resource + "\": there is no '" + task + "'; known are "
                        + String.join(", ", inProcess.known()));
            }
        });
        return problems;
    }
}
