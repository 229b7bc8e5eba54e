package dev.reprise.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.TaskPattern;
import dev.reprise.runtime.VirtualRunner;
import dev.reprise.task.TaskException;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The world around a recorded execution. Answers come at once and in the order of the calls; what reaches the execution
 * from outside comes when it has nothing else to do.
 */
final class RecordedWorld implements VirtualRunner.World {

    private final RecordedTasks tasks;
    private final Verdict verdict;
    private final Deque<Entry> fromOutside = new ArrayDeque<>();
    private boolean stops;

    RecordedWorld(CorpusCase testCase, Verdict verdict) {
        this.tasks = new RecordedTasks(testCase, verdict);
        this.verdict = verdict;
        this.stops = testCase.at("fixtures")
                .path("external_calls")
                .findValuesAsText("api")
                .contains("StopExecution");
    }

    @Override
    public Uni<JsonNode> run(Effect.RunTask task) {
        JsonNode call = tasks.next(task);
        if (call == null) {
            return answer(tasks.unrecorded(task));
        }
        tasks.check(task, call);
        Answer answer = tasks.answer(call);
        if (task.pattern() != TaskPattern.ACTIVITY && !call.has("submitted")) {
            return answer(answer);
        }
        EffectId id = task.id();
        switch (answer) {
            case Answer.Succeeded succeeded ->
                fromOutside.add(new Entry.TaskSucceeded(id, task.requestedAt(), succeeded.output()));
            case Answer.Failed failed -> fromOutside.add(new Entry.TaskFailed(id, task.requestedAt(), failed.error()));
            case Answer.Never never -> {}
        }
        return Uni.createFrom().item(call.get("submitted"));
    }

    private static Uni<JsonNode> answer(Answer answer) {
        return switch (answer) {
            case Answer.Succeeded succeeded -> Uni.createFrom().item(succeeded.output());
            case Answer.Failed failed -> Uni.createFrom().failure(() -> new TaskException(failed.error(), null));
            case Answer.Never never -> Uni.createFrom().nothing();
        };
    }

    @Override
    public @Nullable Entry happensAt(Instant now) {
        Entry next = fromOutside.poll();
        if (next != null) {
            return next.movedTo(now);
        }
        if (stops) {
            stops = false;
            return new Entry.Stopped(now, null, null);
        }
        return null;
    }

    @Override
    public String taskToken(EffectId task) {
        return "token-of-" + task;
    }

    /** Says what is wrong with an execution that ended as {@code ended} says. */
    void finish(boolean ended) {
        if (ended) {
            tasks.finish();
        } else {
            verdict.wrong("the execution does not end: it waits for what never comes");
        }
    }
}
