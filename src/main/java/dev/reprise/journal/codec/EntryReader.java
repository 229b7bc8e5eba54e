package dev.reprise.journal.codec;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.StatesError;
import dev.reprise.execution.TimerKind;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link EntryWriter} wrote. */
public final class EntryReader {

    /** Fetches a value that stands elsewhere. */
    public interface Blobs {
        JsonNode read(String hash) throws IOException;
    }

    private final JsonParser parser;
    private final Blobs blobs;

    private final List<String> seen = new ArrayList<>(6);
    private @Nullable EntryKind what;
    private @Nullable EffectId effect;
    private @Nullable Instant at;
    private @Nullable JsonNode output;
    private @Nullable String worker;
    private @Nullable Instant heardAt;
    private @Nullable String version;
    private @Nullable Integer count;
    private @Nullable TimerKind kind;
    private @Nullable String error;
    private @Nullable String cause;
    private @Nullable Long transitions;

    private EntryReader(JsonParser parser, Blobs blobs) {
        this.parser = parser;
        this.blobs = blobs;
    }

    /**
     * Reads the next entry.
     *
     * @return null at the end of the text
     * @throws IOException when the text is not what the writer writes
     */
    public static @Nullable Entry next(JsonParser parser, Blobs blobs) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            return null;
        }
        if (token != JsonToken.START_OBJECT) {
            throw new JsonParseException(parser, "an entry was expected, not " + token);
        }
        return new EntryReader(parser, blobs).entry();
    }

    private Entry entry() throws IOException {
        try {
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                field(name);
            }
            return assembled();
        } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
            throw new JsonParseException(parser, String.valueOf(e.getMessage()), e);
        }
    }

    private void field(String name) throws IOException {
        if (seen.contains(name)) {
            throw new IllegalArgumentException("an entry that has the field '" + name + "' twice");
        }
        seen.add(name);
        EntryKind known = what;
        if (known == null) {
            what = kindNamed(name);
            effect = EffectId.parse(text(name));
        } else if (name.equals("at")) {
            at = Instant.ofEpochMilli(number(name));
        } else if (name.equals("transitions")) {
            transitions = number(name);
        } else if (known.has(name)) {
            fieldOf(name);
        } else {
            throw new IllegalArgumentException("unknown field '" + name + "' in an entry of kind '" + known.field()
                    + "'; a newer version of Reprise may have written it");
        }
    }

    private static EntryKind kindNamed(String name) {
        EntryKind named = EntryKind.named(name);
        if (named == null) {
            throw new IllegalArgumentException("an entry begins with its kind, and '" + name
                    + "' is none that is known; a newer version of Reprise may have written it");
        }
        return named;
    }

    private void fieldOf(String name) throws IOException {
        switch (name) {
            case "output" -> output = TreeReader.read(parser);
            case "outputBlob" -> output = blobs.read(text(name));
            case "worker" -> worker = text(name);
            case "heardAt" -> heardAt = Instant.ofEpochMilli(number(name));
            case "version" -> version = text(name);
            case "count" -> count = Math.toIntExact(number(name));
            case "kind" -> kind = TimerKind.valueOf(text(name));
            case "error" -> error = text(name);
            case "cause" -> cause = text(name);
            case "errorBlob" -> {
                JsonNode both = blobs.read(text(name));
                error = textOf(both, "error");
                cause = textOf(both, "cause");
            }
            default -> throw new IllegalStateException("No reader for the field '" + name + "' of an entry");
        }
    }

    private String text(String name) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            throw new IllegalArgumentException("field '" + name + "' must be a text, not " + parser.currentToken());
        }
        return parser.getText();
    }

    private long number(String name) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_NUMBER_INT)) {
            throw new IllegalArgumentException(
                    "field '" + name + "' must be a whole number, not " + parser.currentToken());
        }
        return parser.getLongValue();
    }

    private static @Nullable String textOf(JsonNode both, String name) {
        JsonNode value = both.get(name);
        if (!both.isObject() || (value != null && !value.isTextual())) {
            throw new IllegalArgumentException("an error that stands elsewhere must have texts as its parts");
        }
        return value == null ? null : value.textValue();
    }

    private Entry assembled() {
        if (seen.contains("output") && seen.contains("outputBlob")) {
            throw new IllegalArgumentException("an entry that has both 'output' and 'outputBlob'");
        }
        if (seen.contains("errorBlob") && (seen.contains("error") || seen.contains("cause"))) {
            throw new IllegalArgumentException("an entry that has both 'errorBlob' and its parts");
        }
        Entry entry = told();
        return transitions == null ? entry : new Entry.Interrupted(transitions, entry);
    }

    private Entry told() {
        EntryKind told = required(what, "kind");
        Instant time = required(at, "at");
        EffectId id = required(effect, "effect");
        return switch (told) {
            case SUBMITTED -> new Entry.TaskSubmitted(id, time, output);
            case STARTED -> new Entry.TaskStarted(id, time, worker);
            case HEARD -> new Entry.TaskHeard(id, time, required(heardAt, "heardAt"));
            case READ -> new Entry.ItemsRead(id, time, required(version, "version"), counted(0));
            case SUCCEEDED -> new Entry.TaskSucceeded(id, time, required(output, "output"));
            case FAILED -> new Entry.TaskFailed(id, time, new StatesError(error, cause));
            case FIRED -> new Entry.TimerFired(id, time, required(kind, "kind"));
            case STOPPED -> new Entry.Stopped(ofExecution(id, time), error, cause);
            case GIVEN_UP -> new Entry.GivenUp(ofExecution(id, time), new StatesError(error, cause));
            case REDRIVEN -> new Entry.Redriven(ofExecution(id, time), counted(1));
        };
    }

    private int counted(int least) {
        int counted = required(count, "count");
        if (counted < least) {
            throw new IllegalArgumentException("'count' must be at least " + least + ", was " + counted);
        }
        return counted;
    }

    private static Instant ofExecution(EffectId id, Instant time) {
        if (!id.equals(EffectId.EXECUTION)) {
            throw new IllegalArgumentException("only the whole execution is stopped, given up or redriven, not " + id);
        }
        return time;
    }

    private static <T> T required(@Nullable T value, String field) {
        if (value == null) {
            throw new IllegalArgumentException("an entry without " + field);
        }
        return value;
    }
}
