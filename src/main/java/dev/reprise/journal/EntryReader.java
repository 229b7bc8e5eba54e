package dev.reprise.journal;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.EffectId;
import dev.reprise.core.Entry;
import dev.reprise.core.StatesError;
import dev.reprise.core.TimerKind;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads what {@link EntryWriter} wrote. */
final class EntryReader {

    /** Fetches a value that stands elsewhere. */
    interface Blobs {
        JsonNode read(String hash) throws IOException;
    }

    private final JsonParser parser;
    private final Blobs blobs;

    private @Nullable String what;
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
    static @Nullable Entry next(JsonParser parser, Blobs blobs) throws IOException {
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
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new JsonParseException(parser, String.valueOf(e.getMessage()), e);
        }
    }

    private void field(String name) throws IOException {
        switch (name) {
            case "submitted",
                    "started",
                    "heard",
                    "read",
                    "succeeded",
                    "failed",
                    "fired",
                    "stopped",
                    "givenUp",
                    "redriven" -> {
                what = name;
                effect = EffectId.parse(parser.getText());
            }
            case "at" -> at = Instant.ofEpochMilli(parser.getLongValue());
            case "output" -> output = TreeReader.read(parser);
            case "worker" -> worker = parser.getText();
            case "heardAt" -> heardAt = Instant.ofEpochMilli(parser.getLongValue());
            case "version" -> version = parser.getText();
            case "count" -> count = parser.getIntValue();
            case "outputBlob" -> output = blobs.read(parser.getText());
            case "kind" -> kind = TimerKind.valueOf(parser.getText());
            case "transitions" -> transitions = parser.getLongValue();
            case "error" -> error = parser.getText();
            case "cause" -> cause = parser.getText();
            case "errorBlob" -> {
                JsonNode both = blobs.read(parser.getText());
                error = both.path("error").textValue();
                cause = both.path("cause").textValue();
            }
            default -> throw new IllegalArgumentException("unknown field '" + name + "' in an entry");
        }
    }

    private Entry assembled() {
        Entry entry = told();
        return transitions == null ? entry : new Entry.Interrupted(transitions, entry);
    }

    private Entry told() {
        Instant time = required(at, "at");
        EffectId id = required(effect, "effect");
        return switch (required(what, "kind of entry")) {
            case "submitted" -> new Entry.TaskSubmitted(id, time, output);
            case "started" -> new Entry.TaskStarted(id, time, worker);
            case "heard" -> new Entry.TaskHeard(id, time, required(heardAt, "heardAt"));
            case "read" -> new Entry.ItemsRead(id, time, required(version, "version"), required(count, "count"));
            case "succeeded" -> new Entry.TaskSucceeded(id, time, required(output, "output"));
            case "failed" -> new Entry.TaskFailed(id, time, new StatesError(error, cause));
            case "fired" -> new Entry.TimerFired(id, time, required(kind, "kind"));
            case "redriven" -> new Entry.Redriven(time, required(count, "count"));
            case "stopped" -> new Entry.Stopped(time, error, cause);
            default -> new Entry.GivenUp(time, new StatesError(error, cause));
        };
    }

    private static <T> T required(@Nullable T value, String field) {
        if (value == null) {
            throw new IllegalArgumentException("an entry without " + field);
        }
        return value;
    }
}
