package dev.reprise.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.reprise.core.Effect;
import dev.reprise.core.EffectId;
import dev.reprise.core.Entry;
import dev.reprise.core.Interpreter;
import dev.reprise.core.Provisions;
import dev.reprise.core.StatesError;
import dev.reprise.core.TimerKind;
import dev.reprise.dataset.DataSet;
import dev.reprise.dataset.DataSetException;
import dev.reprise.dataset.DataSets;
import dev.reprise.dataset.ResultFiles;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Drives one execution to its end in a time of its own: answers come at once and in the order of the calls, and where nothing is left to answer the clock moves on to the next timer. */
final class VirtualWorld implements Provisions {

    /** More entries than any recorded execution has. */
    private static final int MOST_ENTRIES = 10_000;

    private record Timer(EffectId effect, TimerKind kind, Instant due) {}

    private final RecordedTasks tasks;
    private final JsonNode externalCalls;
    private final DataSets dataSets;
    private final ResultFiles resultFiles;
    private final Verdict verdict;
    private final Deque<Entry.OfEffect> answers = new ArrayDeque<>();
    private final List<Timer> timers = new ArrayList<>();
    private Instant now;

    VirtualWorld(CorpusCase testCase, Instant start, Verdict verdict) {
        this.tasks = new RecordedTasks(testCase, verdict);
        this.externalCalls = testCase.at("fixtures").path("external_calls");
        FixtureObjects objects = new FixtureObjects(testCase);
        this.dataSets = new DataSets(objects);
        this.resultFiles = new ResultFiles(objects);
        this.verdict = verdict;
        this.now = start;
    }

    void run(Interpreter interpreter, JsonNode input) {
        perform(interpreter, new Entry.Started(now, input));
        for (int i = 0; interpreter.outcome() == null; i++) {
            Entry next = next();
            if (next == null || i > MOST_ENTRIES) {
                verdict.wrong("the execution does not end: it waits for " + interpreter.openEffects());
                return;
            }
            if (!(next instanceof Entry.OfEffect answer) || interpreter.expects(answer)) {
                perform(interpreter, next);
            }
        }
        tasks.finish();
    }

    private @Nullable Entry next() {
        Entry answer = answers.poll();
        if (answer != null) {
            return answer;
        }
        if (externalCalls.findValuesAsText("api").contains("StopExecution")) {
            return new Entry.Stopped(now, null, null);
        }
        Timer first = timers.stream().min(Comparator.comparing(Timer::due)).orElse(null);
        if (first == null) {
            return null;
        }
        timers.remove(first);
        now = first.due().isAfter(now) ? first.due() : now;
        return new Entry.TimerFired(first.effect(), now, first.kind());
    }

    private void perform(Interpreter interpreter, Entry entry) {
        List<Effect> effects = new ArrayList<>(interpreter.apply(entry));
        while (interpreter.hasWork()) {
            effects.addAll(interpreter.advance());
        }
        effects.forEach(this::perform);
    }

    private void perform(Effect effect) {
        switch (effect) {
            case Effect.RunTask task -> call(task);
            case Effect.StartTimer timer -> timers.add(new Timer(timer.id(), timer.kind(), timer.due()));
            case Effect.Abandon abandon -> {
                timers.removeIf(timer -> timer.effect().equals(abandon.id()));
                answers.removeIf(answer -> answer.effect().equals(abandon.id()));
            }
            case Effect.ReadItems read -> answers.add(read(read));
            case Effect.WriteResults write -> answers.add(write(write));
            case Effect.End end -> {}
        }
    }

    private Entry.OfEffect read(Effect.ReadItems read) {
        try {
            DataSet found = dataSets.read(read.request(), null);
            return new Entry.ItemsRead(
                    read.id(), now, found.version(), found.items().size());
        } catch (DataSetException e) {
            return new Entry.TaskFailed(read.id(), now, new StatesError("States.ItemReaderFailed", e.getMessage()));
        }
    }

    private Entry.OfEffect write(Effect.WriteResults write) {
        return new Entry.TaskSucceeded(write.id(), now, resultFiles.write(write.results()));
    }

    @Override
    public String taskToken(EffectId task) {
        return "token-of-" + task;
    }

    @Override
    public ArrayNode items(Effect.ReadItems read, String version) {
        return dataSets.read(read.request(), version).items();
    }

    private void call(Effect.RunTask task) {
        if (task.timeoutAt() != null) {
            timers.add(new Timer(task.id(), TimerKind.TIMEOUT, task.timeoutAt()));
        }
        if (task.heartbeat() != null) {
            timers.add(new Timer(task.id(), TimerKind.HEARTBEAT, now.plus(task.heartbeat())));
        }
        JsonNode call = tasks.next(task);
        Answer answer;
        if (call == null) {
            answer = tasks.unrecorded(task);
        } else {
            tasks.check(task, call);
            if (call.has("submitted")) {
                answers.add(new Entry.TaskSubmitted(task.id(), now, call.path("submitted")));
            }
            answer = tasks.answer(call);
        }
        switch (answer) {
            case Answer.Succeeded succeeded -> answers.add(new Entry.TaskSucceeded(task.id(), now, succeeded.output()));
            case Answer.Failed failed -> answers.add(new Entry.TaskFailed(task.id(), now, failed.error()));
            case Answer.Never never -> {}
        }
    }
}
