package dev.reprise.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.reprise.asl.parser.AnyExpression;
import dev.reprise.asl.parser.Definitions;
import dev.reprise.asl.parser.ParsedDefinition;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.core.event.HistoryEventType;
import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.ItemList;
import dev.reprise.execution.MapResults;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.Provisions;
import dev.reprise.execution.StatesError;
import dev.reprise.execution.TimerKind;
import dev.reprise.query.QueryLimits;
import dev.reprise.query.jsonata.JsonataQueries;
import dev.reprise.query.jsonpath.JsonPathQueries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An execution to which a test tells entries, and which shows the effects as text, such as {@code run /Items[0]:1
 * task:charge {"id":1}}. JSON may be written with single quotes. A second passes from entry to entry, beginning at the
 * epoch.
 */
final class Scripted {

    private static final ObjectMapper JSON = new ObjectMapper();
    static final ExecutionIdentity IDENTITY = new ExecutionIdentity(
            "arn:aws:states:us-east-1:111111111111:execution:test:run",
            "run",
            "arn:aws:states:us-east-1:111111111111:stateMachine:test",
            "test",
            "arn:aws:iam::111111111111:role/test");

    private final Program program;
    private final Provisions provisions;
    private final InterpreterLimits limits;
    private final List<Entry> entries = new ArrayList<>();
    private Interpreter interpreter;
    private final List<HistoryEvent> history = new ArrayList<>();
    private final List<String> effects = new ArrayList<>();
    private long seconds;

    private Scripted(Program program, InterpreterLimits limits, Provisions provisions) {
        this.program = program;
        this.limits = limits;
        this.provisions = provisions;
        this.interpreter = new Interpreter(program, IDENTITY, limits, provisions, history::add);
    }

    private Scripted(Program program, Provisions provisions, Interpreter interpreter, long seconds) {
        this.program = program;
        this.limits = InterpreterLimits.DEFAULT;
        this.provisions = provisions;
        this.interpreter = interpreter;
        this.seconds = seconds;
    }

    /** The same execution, read from a snapshot that has been written out; it has no history before. */
    Scripted restored() {
        Entry.Started started = new Entry.Started(Instant.EPOCH, NullNode.instance);
        return new Scripted(
                program,
                provisions,
                Interpreter.restore(
                        program,
                        IDENTITY,
                        InterpreterLimits.DEFAULT,
                        provisions,
                        started,
                        json(interpreter.snapshot().toString())),
                seconds);
    }

    static Scripted of(String definition) {
        return of(definition, InterpreterLimits.DEFAULT);
    }

    static Scripted of(String definition, InterpreterLimits limits) {
        return new Scripted(compile(definition), limits, Provisions.NONE);
    }

    /** With a data set of these items, of whatever version. */
    static Scripted reading(String items, String definition) {
        return new Scripted(compile(definition), InterpreterLimits.DEFAULT, new Provisions() {
            @Override
            public String taskToken(EffectId task) {
                return NONE.taskToken(task);
            }

            @Override
            public ItemList items(Effect.ReadItems read, String version) {
                return ItemList.of(json(items));
            }
        });
    }

    static Program compile(String definition) {
        ParsedDefinition parsed =
                Definitions.parse("test.asl.json", json(definition).toString(), new AnyExpression());
        if (parsed.machine() == null) {
            throw new IllegalArgumentException(parsed.diagnostics().toString());
        }
        JsonPathQueries jsonPath = new JsonPathQueries();
        JsonataQueries jsonata = new JsonataQueries(QueryLimits.DEFAULT);
        return Program.compile(parsed.machine(), language -> switch (language) {
            case JSONPATH -> jsonPath;
            case JSONATA -> jsonata;
        });
    }

    /** One state of type Task, Pass, …: the fields besides {@code End}. */
    static Scripted ofState(String fields) {
        return of(state(fields));
    }

    /** A machine of one state. */
    static String state(String fields) {
        return "{'StartAt': 'S', 'States': {'S': {" + fields + ", 'End': true}}}";
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    static EffectId id(String text) {
        return EffectId.parse(text);
    }

    Scripted start(String input) {
        return apply(new Entry.Started(tick(), json(input)));
    }

    Scripted succeeded(String effect, String output) {
        return apply(new Entry.TaskSucceeded(id(effect), tick(), json(output)));
    }

    Scripted read(String effect, int count) {
        return apply(new Entry.ItemsRead(id(effect), tick(), "v1", count));
    }

    Scripted failed(String effect, String error) {
        return failed(effect, error, "because");
    }

    Scripted failed(String effect, String error, @Nullable String cause) {
        return apply(new Entry.TaskFailed(id(effect), tick(), new StatesError(error, cause)));
    }

    Scripted submitted(String effect, @Nullable String response) {
        return apply(new Entry.TaskSubmitted(id(effect), tick(), response == null ? null : json(response)));
    }

    Scripted begun(String effect, @Nullable String worker) {
        return apply(new Entry.TaskStarted(id(effect), tick(), worker));
    }

    Scripted heard(String effect, Instant at) {
        return apply(new Entry.TaskHeard(id(effect), tick(), at));
    }

    Scripted fired(String effect, TimerKind kind) {
        return apply(new Entry.TimerFired(id(effect), tick(), kind));
    }

    Scripted stopped(@Nullable String error, @Nullable String cause) {
        return apply(new Entry.Stopped(tick(), error, cause));
    }

    /** By somebody who has worked out nothing of the last entry; only a journal tells of that. */
    Scripted givenUp(String error) {
        entries.add(new Entry.Interrupted(0, new Entry.GivenUp(tick(), new StatesError(error, "because"))));
        return this;
    }

    /** Redriven by an engine that reads the journal from its start. */
    Scripted redriven() {
        entries.add(new Entry.Redriven(tick(), interpreter.redrives() + 1));
        history.clear();
        effects.clear();
        interpreter = new Interpreter(program, IDENTITY, limits, provisions, history::add);
        for (Entry entry : entries) {
            while (interpreter.hasWorkBefore(entry)) {
                interpreter.advanceTo(entry);
            }
            interpreter.replay(entry);
        }
        workOff();
        return this;
    }

    private Instant tick() {
        return Instant.ofEpochSecond(seconds++);
    }

    private Scripted apply(Entry entry) {
        entries.add(entry);
        show(interpreter.apply(entry));
        workOff();
        return this;
    }

    private void workOff() {
        while (interpreter.hasWork()) {
            show(interpreter.advance());
        }
    }

    private void show(List<Effect> produced) {
        produced.forEach(effect -> effects.add(text(effect)));
    }

    private static String text(Effect effect) {
        return switch (effect) {
            case Effect.RunTask task ->
                "run " + task.id() + " " + task.resource().uri() + " " + task.input();
            case Effect.ReadItems read ->
                "read " + read.id() + " " + read.request().parameters();
            case Effect.WriteResults write ->
                "write " + write.id() + " " + text(write.results().part());
            case Effect.StartTimer timer -> "timer " + timer.id() + " " + timer.kind() + " " + timer.due();
            case Effect.Abandon abandon -> "abandon " + abandon.id();
            case Effect.End end -> text(end.outcome());
        };
    }

    private static String text(MapResults.Part part) {
        return switch (part) {
            case MapResults.File file -> file.group() + "_" + file.number() + " " + file.values();
            case MapResults.Manifest manifest -> "manifest " + manifest.files();
        };
    }

    private static String text(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded succeeded -> "succeeded " + succeeded.output();
            case Outcome.Failed failed ->
                "failed " + failed.error().error() + ": " + failed.error().cause();
            case Outcome.TimedOut timedOut -> "timed out";
            case Outcome.Aborted aborted -> "aborted " + aborted.error() + ": " + aborted.cause();
        };
    }

    /** The effects since the last look. */
    List<String> effects() {
        List<String> seen = List.copyOf(effects);
        effects.clear();
        return seen;
    }

    /** The effects asked for and not answered. */
    List<String> openEffects() {
        return interpreter.openEffects().stream().map(Scripted::text).toList();
    }

    /** How it ended, as text; null while it runs. */
    @Nullable
    String outcome() {
        Outcome outcome = interpreter.outcome();
        return outcome == null ? null : text(outcome);
    }

    /** Each event's type, and the number of the one that it follows from. */
    List<String> chain() {
        return history.stream()
                .map(event -> event.type() + " " + event.previousId())
                .toList();
    }

    List<HistoryEventType> eventTypes() {
        return history.stream().map(HistoryEvent::type).toList();
    }

    /** What the first event of a type tells. */
    String details(HistoryEventType type) {
        return history.stream()
                .filter(event -> event.type() == type)
                .findFirst()
                .orElseThrow()
                .details()
                .toString();
    }

    Interpreter interpreter() {
        return interpreter;
    }

    Program program() {
        return program;
    }
}
