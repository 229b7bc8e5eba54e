package dev.reprise.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.Resource;
import dev.reprise.asl.TaskSemantics;
import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.ScopePath;
import dev.reprise.execution.StatesError;
import dev.reprise.execution.TaskPattern;
import dev.reprise.execution.TaskPhase;
import dev.reprise.task.Job;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskRunner;
import dev.reprise.task.TaskSource;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The world around a recorded execution that is asked for over HTTP: its tasks are run by the function, its callbacks,
 * its activity's worker and whoever stops it use the API.
 */
final class HttpWorld implements TaskSource {

    private final RecordedTasks tasks;
    private final Verdict verdict;
    /** The resources of the definition's tasks. */
    private final List<String> resources;

    private final Deque<Runnable> fromOutside = new ArrayDeque<>();
    private final Map<String, Answer> jobs = new HashMap<>();
    /** Calls that were made, to be held against the history once it is known. */
    private final List<JsonNode> made = new ArrayList<>();

    private boolean stops;

    HttpWorld(CorpusCase testCase, Verdict verdict) {
        this.tasks = new RecordedTasks(testCase, verdict);
        this.verdict = verdict;
        this.resources = testCase.at("definition").findValuesAsText("Resource");
        this.stops = testCase.at("fixtures")
                .path("external_calls")
                .findValuesAsText("api")
                .contains("StopExecution");
    }

    private static Effect.RunTask asked(TaskCall call, TaskPattern pattern) {
        return new Effect.RunTask(
                new EffectId(ScopePath.ROOT, 1),
                call.context().state(),
                Resource.parse(call.resource()),
                pattern,
                TaskSemantics.AT_LEAST_ONCE_PER_RETRY,
                call.input(),
                call.context().attempt(),
                ExecutionPlay.START,
                null,
                null,
                call.credentials(),
                TaskPhase.Requested.INSTANCE);
    }

    private Answer answer(Effect.RunTask task, @Nullable JsonNode call) {
        if (call == null) {
            return tasks.unrecorded(task);
        }
        tasks.checkSent(task, call);
        made.add(call);
        return tasks.answer(call);
    }

    @Override
    public TaskRunner find(Resource resource) {
        return call -> Uni.createFrom().deferred(() -> {
            String token = call.context().taskToken();
            Effect.RunTask task =
                    asked(call, token == null ? TaskPattern.REQUEST_RESPONSE : TaskPattern.WAIT_FOR_TASK_TOKEN);
            JsonNode recorded = tasks.next(task);
            Answer answer = answer(task, recorded);
            if (token == null || recorded == null || !recorded.has("submitted")) {
                return uni(answer);
            }
            fromOutside.add(() -> send(token, answer));
            return Uni.createFrom().item(recorded.get("submitted"));
        });
    }

    private static Uni<JsonNode> uni(Answer answer) {
        return switch (answer) {
            case Answer.Succeeded succeeded -> Uni.createFrom().item(succeeded.output());
            case Answer.Failed failed -> Uni.createFrom().failure(() -> new TaskException(failed.error(), null));
            case Answer.Never never -> Uni.createFrom().nothing();
        };
    }

    private static void send(String token, Answer answer) {
        ObjectNode body = HttpFunction.object().put("taskToken", token);
        switch (answer) {
            case Answer.Succeeded succeeded ->
                HttpFunction.ask(
                        "SendTaskSuccess", body.put("output", succeeded.output().toString()));
            case Answer.Failed failed -> {
                StatesError error = failed.error();
                HttpFunction.ask(
                        "SendTaskFailure", body.put("error", error.error()).put("cause", error.cause()));
            }
            case Answer.Never never -> {}
        }
    }

    // ---- jobs

    @Override
    public @Nullable Job job(Resource resource) {
        return resource.pattern().waitsForJob() ? new RecordedJob() : null;
    }

    private final class RecordedJob implements Job {

        @Override
        public Uni<JsonNode> submit(TaskCall call) {
            return Uni.createFrom().deferred(() -> {
                Effect.RunTask task = asked(call, TaskPattern.RUN_A_JOB);
                JsonNode recorded = tasks.next(task);
                Answer answer = answer(task, recorded);
                if (recorded == null || !recorded.has("submitted")) {
                    return uni(answer);
                }
                jobs.put(call.context().idempotencyKey(), answer);
                return Uni.createFrom().item(recorded.get("submitted"));
            });
        }

        @Override
        public Uni<Progress> poll(Submission job) {
            return Uni.createFrom().item(() -> switch (jobs.getOrDefault(job.idempotencyKey(), new Answer.Never())) {
                case Answer.Succeeded succeeded -> new Progress.Succeeded(succeeded.output());
                case Answer.Failed failed -> new Progress.Failed(failed.error());
                case Answer.Never never -> new Progress.Running(Duration.ofSeconds(1));
            });
        }

        @Override
        public Uni<Void> cancel(Submission job) {
            return Uni.createFrom().voidItem();
        }
    }

    @Override
    public List<String> known() {
        return List.of("whatever was recorded");
    }

    // ---- what comes from outside

    /** Has the next thing happen, if there is one. */
    boolean happen(HttpFunction function, String executionArn) {
        Runnable next = fromOutside.poll();
        if (next != null) {
            next.run();
            return true;
        }
        for (String activity : tasks.activities()) {
            if (function.isQueued(activity.substring(activity.lastIndexOf(':') + 1))) {
                work(activity, executionArn);
                return true;
            }
        }
        if (stops) {
            stops = false;
            HttpFunction.ask("StopExecution", HttpFunction.object().put("executionArn", executionArn));
            return true;
        }
        return false;
    }

    private void work(String activity, String executionArn) {
        JsonNode given = HttpFunction.ask(
                        "GetActivityTask", HttpFunction.object().put("activityArn", activity))
                .body();
        Effect.RunTask task = new Effect.RunTask(
                new EffectId(ScopePath.ROOT, 1),
                lastEntered(executionArn),
                Resource.parse(activity),
                TaskPattern.ACTIVITY,
                TaskSemantics.AT_LEAST_ONCE_PER_RETRY,
                Corpus.parse(given.path("input").asText()),
                0,
                ExecutionPlay.START,
                null,
                null,
                null,
                TaskPhase.Requested.INSTANCE);
        send(given.path("taskToken").asText(), answer(task, tasks.next(task)));
    }

    private static String lastEntered(String executionArn) {
        JsonNode events = HttpFunction.ask(
                        "GetExecutionHistory",
                        HttpFunction.object().put("executionArn", executionArn).put("reverseOrder", true))
                .body()
                .path("events");
        for (JsonNode event : events) {
            if (event.path("type").asText().equals("TaskStateEntered")) {
                return event.path("stateEnteredEventDetails").path("name").asText();
            }
        }
        return "";
    }

    /** An activity of which no call was recorded had been deleted. */
    void deleteUnusedActivities() {
        Set<String> used = tasks.activities();
        for (String activity : resources) {
            if (Resource.parse(activity) instanceof Resource.Activity && !used.contains(activity)) {
                HttpFunction.ask("DeleteActivity", HttpFunction.object().put("activityArn", activity));
            }
        }
    }

    // ---- in the end

    /**
     * Holds the bounds of the calls against those that the history tells, and says which recorded calls were not made.
     */
    void finish(boolean ended, List<JsonNode> scheduled) {
        if (!ended) {
            verdict.wrong("the execution does not end: it waits for what never comes");
            return;
        }
        tasks.finish();
        if (scheduled.size() >= made.size()) {
            for (String bound : List.of("timeoutInSeconds", "heartbeatInSeconds")) {
                List<Long> left = new ArrayList<>();
                scheduled.forEach(details -> left.add(details.path(bound).asLong()));
                for (JsonNode call : made) {
                    if (!left.remove((Long) call.path(bound).asLong())) {
                        verdict.wrong("no call has the " + bound + " of " + call);
                    }
                }
            }
        }
    }
}
