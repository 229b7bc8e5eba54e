package dev.reprise.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.asl.parser.Definitions;
import dev.reprise.asl.parser.ParsedDefinition;
import dev.reprise.core.Interpreter;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.core.Program;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.execution.ItemList;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.Provisions;
import dev.reprise.execution.StatesError;
import dev.reprise.execution.TaskPattern;
import dev.reprise.execution.TimerKind;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.query.QueryLimits;
import dev.reprise.query.check.QueryExpressionChecker;
import dev.reprise.query.jsonata.JsonataQueries;
import dev.reprise.query.jsonpath.JsonPathQueries;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.Period;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * An execution carried on by a world that is a function of what is asked: the same effect gets the same answer whoever
 * resumes it, so an open journal leads to one end. A state's name says what its tasks do: {@code Flaky} fails the first
 * time, {@code Broken} and {@code Slow} until the execution is redriven, {@code Large} gives much.
 */
final class SampleRun {

    static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    static final Provisions WORLD = new Provisions() {
        @Override
        public String taskToken(EffectId task) {
            return "token-" + task;
        }

        @Override
        public ItemList items(Effect.ReadItems read, String version) {
            return ItemList.of(Fixtures.json("[{'id': 1}, {'id': 2}, {'id': 3}, {'id': 4}, {'id': 5}, {'id': 6}]"));
        }
    };

    private final ExecutionStore store;
    private final ExecutionId id;
    private final Interpreter interpreter;
    private final Journal journal;
    private Instant now;
    private int sinceFlush;

    private SampleRun(ExecutionStore store, ExecutionId id, Interpreter interpreter, Journal journal, Instant now) {
        this.store = store;
        this.id = id;
        this.interpreter = interpreter;
        this.journal = journal;
        this.now = now;
    }

    static SampleRun start(ExecutionStore store, String name, String definition, JsonNode input) {
        ExecutionIdentity identity = new ExecutionIdentity(
                "arn:aws:states:eu-central-1:111111111111:execution:samples:" + name,
                name,
                "arn:aws:states:eu-central-1:111111111111:stateMachine:samples",
                "samples",
                "arn:aws:iam::111111111111:role/samples");
        NewExecution execution = new NewExecution(
                identity,
                input,
                hash(definition),
                definition,
                NOON,
                Period.ofDays(14),
                true,
                null,
                new Lease("first", NOON.plusSeconds(900)));
        StartOutcome.Created created =
                (StartOutcome.Created) journals(store, NOON).start(execution);
        Program program = compile(definition);
        Interpreter interpreter = new Interpreter(program, identity, InterpreterLimits.DEFAULT, WORLD, null);
        interpreter.replay(created.started());
        return new SampleRun(store, new ExecutionId("samples", name), interpreter, created.journal(), NOON);
    }

    /** Takes it over when its lease is over. */
    static SampleRun resume(ExecutionStore store, String name) {
        Instant later = NOON.plusSeconds(200_000);
        ExecutionId id = new ExecutionId("samples", name);
        return opened(store, journals(store, later).open(id, new Lease("second", later.plusSeconds(900))), null);
    }

    static SampleRun redrive(ExecutionStore store, String name) {
        Instant later = NOON.plusSeconds(100_000);
        Head closed = Objects.requireNonNull(store.readHead(new ExecutionId("samples", name), new UnitMeter()));
        OpenOutcome.Redriven redriven = (OpenOutcome.Redriven)
                journals(store, later).redrive(closed, new Lease("third", later.plusSeconds(900)), later);
        return opened(store, redriven.opening().get(), new Entry.Redriven(later, closed.redrives() + 1));
    }

    private static SampleRun opened(ExecutionStore store, OpenOutcome outcome, Entry.@Nullable Redriven redriven) {
        OpenOutcome.Opened opened = (OpenOutcome.Opened) outcome;
        Head head = opened.head();
        Program program =
                compile(journals(store, NOON).definition(head.beginning().definition()));
        Interpreter interpreter = opened.snapshot() == null
                ? new Interpreter(program, head.identity(), InterpreterLimits.DEFAULT, WORLD, null)
                : Interpreter.restore(
                        program,
                        head.identity(),
                        InterpreterLimits.DEFAULT,
                        WORLD,
                        new Entry.Started(head.beginning().startedAt(), opened.input()),
                        opened.snapshot());
        Journal journal = opened.replay().toItsEnd(entry -> take(interpreter, entry));
        SampleRun run = new SampleRun(store, head.id(), interpreter, journal, interpreter.time());
        if (redriven != null) {
            run.append(redriven);
        }
        return run;
    }

    private static void take(Interpreter interpreter, Entry entry) {
        while (interpreter.hasWorkBefore(entry)) {
            interpreter.advanceTo(entry);
        }
        interpreter.replay(entry);
    }

    /** Appends what happens next, so often or until nothing happens any more. Every third time it becomes durable. */
    SampleRun carryOn(int entries) {
        for (int i = 0; i < entries; i++) {
            Entry next = next();
            if (next == null) {
                break;
            }
            append(next);
        }
        return this;
    }

    SampleRun append(Entry entry) {
        take(interpreter, journal.append(entry));
        if (++sinceFlush % 3 == 0) {
            journal.flush();
        }
        return this;
    }

    /** Works so many transitions on, and not to where nothing is left to do. */
    SampleRun workFor(int slices) {
        for (int i = 0; i < slices; i++) {
            interpreter.advance();
        }
        return this;
    }

    SampleRun interrupt(Entry end) {
        return append(new Entry.Interrupted(interpreter.transitions(), end));
    }

    /** Writes a snapshot whatever it weighs. */
    SampleRun keep() {
        workOff();
        journal.flush();
        journal.keep(interpreter.snapshot());
        return this;
    }

    /** Gives it up as an owner does that waits; without this it is left as by one that died. */
    SampleRun suspend() {
        workOff();
        journal.suspend(now.plusSeconds(60), interpreter::snapshot);
        return this;
    }

    SampleRun flush() {
        journal.flush();
        return this;
    }

    /** Puts a fact into its inbox, and opens a task as its owner would. */
    SampleRun outside() {
        WaitingTasks tasks = journals(store, now).waitingTasks();
        workOff();
        for (Effect effect : interpreter.openEffects()) {
            if (effect instanceof Effect.RunTask task && task.pattern().isAnsweredFromOutside()) {
                tasks.announce(id);
                if (task.pattern() == TaskPattern.ACTIVITY) {
                    tasks.queue(id, task, "pack");
                } else {
                    tasks.open(id, task.id());
                }
                Head head = Objects.requireNonNull(store.readHead(id, new UnitMeter()));
                tasks.answer(head, new Entry.TaskSucceeded(task.id(), now, Fixtures.json("'from outside'")));
            }
        }
        return this;
    }

    /** Carries it to its end, and closes it. */
    SampleRun toItsEnd() {
        List<InboxFact> facts = journal.readInbox();
        workOff();
        facts.stream().map(InboxFact::entry).filter(interpreter::expects).forEach(fact -> append(fact.movedTo(now)));
        journal.flush();
        journal.taken(facts);
        carryOn(100_000);
        workOff();
        journal.close(Objects.requireNonNull(interpreter.outcome(), "it waits for ever"), now);
        return this;
    }

    /** How an execution ended, and what its whole history is, read from its start. */
    static JsonNode end(ExecutionStore store, String name) {
        History history = Objects.requireNonNull(journals(store, NOON).history(new ExecutionId("samples", name)));
        MessageDigest digest = digest();
        long[] events = {0};
        Program program = compile(
                journals(store, NOON).definition(history.head().beginning().definition()));
        Interpreter interpreter =
                new Interpreter(program, history.head().identity(), InterpreterLimits.DEFAULT, WORLD, event -> {
                    events[0]++;
                    digest.update(line(event).getBytes(UTF_8));
                });
        Iterator<Entry> entries = history.entries();
        entries.forEachRemaining(entry -> take(interpreter, entry));
        while (interpreter.hasWork()) {
            interpreter.advance();
        }
        Outcome outcome = Objects.requireNonNull(interpreter.outcome(), () -> "its journal leads to no end: " + name);
        ObjectNode end = JsonNodeFactory.instance.objectNode();
        end.put("status", ExecutionStatus.of(outcome).name());
        String result = Endings.result(outcome).toString();
        if (result.length() < 1_000) {
            end.put("result", result);
        }
        end.put("resultSha256", hash(result));
        end.put("events", Math.toIntExact(events[0]));
        end.put("eventsSha256", HexFormat.of().formatHex(digest.digest()));
        return end;
    }

    private static String line(HistoryEvent event) {
        return event.id() + " " + event.previousId() + " " + event.type() + " " + event.timestamp() + " "
                + event.details() + "\n";
    }

    private void workOff() {
        while (interpreter.hasWork()) {
            interpreter.advance();
        }
    }

    private @Nullable Entry next() {
        workOff();
        for (Effect effect : interpreter.openEffects()) {
            now = now.plusMillis(250);
            Entry fact = answer(effect);
            if (fact != null) {
                return fact;
            }
        }
        return null;
    }

    private @Nullable Entry answer(Effect effect) {
        return switch (effect) {
            case Effect.RunTask task -> answer(task);
            case Effect.StartTimer timer when timer.id().equals(EffectId.EXECUTION) -> null;
            case Effect.StartTimer timer -> {
                now = now.isBefore(timer.due()) ? timer.due() : now;
                yield new Entry.TimerFired(timer.id(), now, timer.kind());
            }
            case Effect.ReadItems read -> new Entry.ItemsRead(read.id(), now, "v1", 6);
            case Effect.WriteResults write ->
                new Entry.TaskSucceeded(
                        write.id(), now, Fixtures.json("{'ResultWriterDetails': {'Bucket': 'b', 'Key': 'k'}}"));
            case Effect.Abandon abandon -> null;
            case Effect.End end -> null;
        };
    }

    private Entry answer(Effect.RunTask task) {
        boolean activity = task.pattern() == TaskPattern.ACTIVITY;
        if (task.pattern().isAnsweredFromOutside() && task.phase().submission() == null) {
            return new Entry.TaskSubmitted(task.id(), now, activity ? null : Fixtures.json("{'JobId': 'j-1'}"));
        }
        if (task.isStartRecorded() && task.phase().beginning() == null) {
            return new Entry.TaskStarted(task.id(), now, activity ? "worker-1" : null);
        }
        if (task.heartbeat() != null && task.phase().heardAt() == null) {
            return new Entry.TaskHeard(task.id(), now, now.minusMillis(10));
        }
        String state = task.state();
        if (state.startsWith("Flaky") && task.attempt() == 0) {
            return new Entry.TaskFailed(task.id(), now, new StatesError("Sample.Flaky", "the first attempt"));
        }
        if (state.startsWith("Slow") && interpreter.redrives() == 0) {
            return new Entry.TimerFired(task.id(), now, TimerKind.TIMEOUT);
        }
        if (state.startsWith("Broken") && interpreter.redrives() == 0) {
            return new Entry.TaskFailed(task.id(), now, new StatesError("Sample.Broken", null));
        }
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        output.put("by", state);
        output.put("text", "a result ".repeat(state.startsWith("Large") ? 25_000 : 60));
        return new Entry.TaskSucceeded(task.id(), now, output);
    }

    private static Journals journals(ExecutionStore store, Instant now) {
        return new Journals(store, () -> now, new Random(now.toEpochMilli()));
    }

    static Program compile(String definition) {
        ParsedDefinition parsed = Definitions.parse("sample.asl.json", definition, new QueryExpressionChecker());
        return Program.compile(
                Objects.requireNonNull(
                        parsed.machine(), () -> parsed.diagnostics().toString()),
                language -> language == QueryLanguage.JSONPATH
                        ? new JsonPathQueries()
                        : new JsonataQueries(QueryLimits.DEFAULT));
    }

    private static String hash(String text) {
        return HexFormat.of().formatHex(digest().digest(text.getBytes(UTF_8)));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
