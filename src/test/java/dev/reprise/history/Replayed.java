package dev.reprise.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.asl.parser.Definitions;
import dev.reprise.asl.parser.ParsedDefinition;
import dev.reprise.core.Interpreter;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.core.Program;
import dev.reprise.core.event.ExecutionObserver;
import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.ItemList;
import dev.reprise.execution.Provisions;
import dev.reprise.execution.ScopePath;
import dev.reprise.execution.StatesError;
import dev.reprise.execution.TimerKind;
import dev.reprise.query.QueryLimits;
import dev.reprise.query.check.QueryExpressionChecker;
import dev.reprise.query.jsonata.JsonataQueries;
import dev.reprise.query.jsonpath.JsonPathQueries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An execution whose journal a test writes down, one entry a second. JSON may be written with single quotes. */
final class Replayed {

    static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private static final ExecutionIdentity IDENTITY = new ExecutionIdentity(
            "arn:aws:states:eu-central-1:111111111111:execution:orders:sample",
            "sample",
            "arn:aws:states:eu-central-1:111111111111:stateMachine:orders",
            "orders",
            "arn:aws:iam::111111111111:role/orders");

    private static final Provisions TOKENS = new Provisions() {
        @Override
        public String taskToken(EffectId task) {
            return "token";
        }

        @Override
        public @Nullable ItemList items(Effect.ReadItems read, String version) {
            return NONE.items(read, version);
        }
    };

    private static final InterpreterLimits LIMITS = new InterpreterLimits(InterpreterLimits.DEFAULT.payloadBytes(), 10);

    private final Program program;
    private final List<Entry> entries = new ArrayList<>();

    Replayed(String definition, String input) {
        ParsedDefinition parsed =
                Definitions.parse("test.asl.json", quoted(definition).toString(), new QueryExpressionChecker());
        program = Program.compile(
                Objects.requireNonNull(
                        parsed.machine(), () -> parsed.diagnostics().toString()),
                language -> language == QueryLanguage.JSONPATH
                        ? new JsonPathQueries()
                        : new JsonataQueries(QueryLimits.DEFAULT));
        entries.add(new Entry.Started(NOON, quoted(input)));
    }

    /** @param effect such as {@code /Each[1]:2} */
    Replayed succeeded(String effect, String output) {
        return add(new Entry.TaskSucceeded(effect(effect), now(), quoted(output)));
    }

    Replayed failed(String effect, String error) {
        return failed(effect, error, "the cause");
    }

    Replayed failed(String effect, String error, String cause) {
        return add(new Entry.TaskFailed(effect(effect), now(), new StatesError(error, cause)));
    }

    Replayed submitted(String effect, @Nullable String response) {
        return add(new Entry.TaskSubmitted(effect(effect), now(), response == null ? null : quoted(response)));
    }

    Replayed fired(String effect, TimerKind kind) {
        return add(new Entry.TimerFired(effect(effect), now(), kind));
    }

    Replayed stopped(String error) {
        return add(new Entry.Stopped(now(), error, null));
    }

    /** An end that comes so many transitions after the entry before. */
    Replayed stoppedAmidWork(long transitions, String error) {
        return add(new Entry.Interrupted(transitions, new Entry.Stopped(now(), error, null)));
    }

    /** By a runtime that does not touch what is left to be worked out. */
    Replayed givenUp(String error) {
        return add(new Entry.Interrupted(0, new Entry.GivenUp(now(), new StatesError(error, "ten times"))));
    }

    /** @param count how often it has been redriven, this time included */
    Replayed redriven(int count) {
        return add(new Entry.Redriven(now(), count));
    }

    private Replayed add(Entry entry) {
        entries.add(entry);
        return this;
    }

    private Instant now() {
        return NOON.plusSeconds(entries.size());
    }

    private static EffectId effect(String text) {
        int colon = text.lastIndexOf(':');
        return new EffectId(ScopePath.parse(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1)));
    }

    HistoryPage page(HistoryQuery query) {
        return new HistoryReader(
                        observer -> new Interpreter(program, IDENTITY, LIMITS, TOKENS, observer), entries.iterator())
                .page(query);
    }

    /**
     * The same, to be replayed again and again from its start.
     *
     * @param replayed is told of each replay
     */
    ReplaySource source(Runnable replayed) {
        return new ReplaySource() {
            @Override
            public Checkpoint latest(long place) {
                return Checkpoint.START;
            }

            @Override
            public Replay replay(Checkpoint from, @Nullable ExecutionObserver observer) {
                replayed.run();
                return new Replay(
                        new Interpreter(program, IDENTITY, LIMITS, TOKENS, observer), new Unplaced(entries.iterator()));
            }
        };
    }

    private record Unplaced(Iterator<Entry> entries) implements ReplaySource.PlacedEntries {

        @Override
        public long place() {
            return 0;
        }

        @Override
        public boolean hasNext() {
            return entries.hasNext();
        }

        @Override
        public Entry next() {
            return entries.next();
        }
    }

    /** As many events as a page holds, as AWS would write them. */
    List<JsonNode> events() {
        return page(HistoryQuery.firstPage(HistoryQuery.LARGEST_MAX_RESULTS)).events().stream()
                .map(event -> json(EventWriter.write(event).toString()))
                .toList();
    }

    static JsonNode quoted(String text) {
        return json(text.replace('\'', '"'));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
