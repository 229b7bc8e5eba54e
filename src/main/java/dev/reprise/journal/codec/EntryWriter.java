package dev.reprise.journal.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes an entry as one line of JSON. The first field says what happened, and to which effect:
 *
 * <pre>{@code
 * {"succeeded":"/ProcessOrders[17]:2","at":1763640000000,"output":{"charged":true}}
 * {"failed":"/ProcessOrders[18]:1","at":1763640000010,"error":"Card.Declined","cause":"expired"}
 * {"submitted":"/:2","at":1763640000020,"output":{"MessageId":"7b"}}
 * {"started":"/:2","at":1763640000025,"worker":"w1"}
 * {"heard":"/:2","at":1763640000028,"heardAt":1763640000027}
 * {"read":"/:1","at":1763640000030,"version":"3sL4kq","count":10000}
 * {"fired":"/:3","at":1763640060000,"kind":"WAIT"}
 * {"stopped":"/:0","at":1763640070000}
 * {"givenUp":"/:0","at":1763640080000,"error":"Reprise.NoProgress","cause":"…"}
 * {"redriven":"/:0","at":1763640090000,"count":1}
 * }</pre>
 *
 * An end that interrupts work says after how many transitions: {@code
 * {"stopped":"/:0","at":1763640070000,"transitions":2000}}.
 *
 * A large value stands elsewhere: then {@code outputBlob} or {@code errorBlob} holds the hash of it.
 */
public final class EntryWriter {

    private EntryWriter() {}

    /**
     * Appends an entry's JSON.
     *
     * @param blob hash of its {@link #value}, when that stands elsewhere; else null
     * @return how near {@link EntryReader} gets to the entry
     * @throws IllegalArgumentException when it cannot be written; {@code out} may then hold a part of it
     */
    public static Fidelity write(Entry entry, @Nullable String blob, ByteSink out) {
        try (JsonGenerator json = Json.FACTORY.createGenerator(out)) {
            Fidelity fidelity = Instant.ofEpochMilli(entry.at().toEpochMilli()).equals(entry.at())
                    ? Fidelity.EXACT
                    : Fidelity.LOSSY;
            json.writeStartObject();
            fidelity = fidelity.and(fields(json, entry, blob));
            json.writeEndObject();
            return fidelity;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Fidelity fields(JsonGenerator json, Entry entry, @Nullable String blob) throws IOException {
        Fidelity fidelity = Fidelity.EXACT;
        switch (entry) {
            case Entry.TaskSubmitted(EffectId effect, var at, JsonNode response) -> {
                begin(json, effect, entry);
                if (response != null && !blob(json, "outputBlob", blob)) {
                    json.writeFieldName("output");
                    fidelity = fidelity.and(TreeWriter.write(json, response));
                }
            }
            case Entry.TaskStarted(EffectId effect, var at, String worker) -> {
                begin(json, effect, entry);
                if (worker != null) {
                    json.writeFieldName("worker");
                    fidelity = fidelity.and(TreeWriter.writeText(json, worker));
                }
            }
            case Entry.TaskHeard(EffectId effect, var at, Instant heardAt) -> {
                begin(json, effect, entry);
                json.writeNumberField("heardAt", heardAt.toEpochMilli());
            }
            case Entry.ItemsRead(EffectId effect, var at, String version, int count) -> {
                begin(json, effect, entry);
                json.writeStringField("version", version);
                json.writeNumberField("count", count);
            }
            case Entry.TaskSucceeded(EffectId effect, var at, JsonNode output) -> {
                begin(json, effect, entry);
                if (!blob(json, "outputBlob", blob)) {
                    json.writeFieldName("output");
                    fidelity = fidelity.and(TreeWriter.write(json, output));
                }
            }
            case Entry.TaskFailed(EffectId effect, var at, var error) -> {
                begin(json, effect, entry);
                if (!blob(json, "errorBlob", blob)) {
                    fidelity = fidelity.and(error(json, error.error(), error.cause()));
                }
            }
            case Entry.TimerFired(EffectId effect, var at, var kind) -> {
                begin(json, effect, entry);
                json.writeStringField("kind", kind.name());
            }
            case Entry.Stopped(var at, String error, String cause) -> {
                begin(json, EffectId.EXECUTION, entry);
                if (!blob(json, "errorBlob", blob)) {
                    fidelity = fidelity.and(error(json, error, cause));
                }
            }
            case Entry.GivenUp(var at, var error) -> {
                begin(json, EffectId.EXECUTION, entry);
                if (!blob(json, "errorBlob", blob)) {
                    fidelity = fidelity.and(error(json, error.error(), error.cause()));
                }
            }
            case Entry.Redriven(var at, int count) -> {
                begin(json, EffectId.EXECUTION, entry);
                json.writeNumberField("count", count);
            }
            case Entry.Interrupted(long transitions, Entry end) -> {
                fidelity = fields(json, end, blob);
                json.writeNumberField("transitions", transitions);
            }
            case Entry.Started started ->
                throw new IllegalArgumentException("The start of an execution is its head, not an entry to be written");
        }
        return fidelity;
    }

    /** The part of an entry that may be large; null for one that has none. */
    public static @Nullable JsonNode value(Entry entry) {
        return switch (entry) {
            case Entry.Started started -> started.input();
            case Entry.TaskSubmitted submitted -> submitted.response();
            case Entry.TaskStarted started -> null;
            case Entry.TaskHeard heard -> null;
            case Entry.ItemsRead read -> null;
            case Entry.TaskSucceeded succeeded -> succeeded.output();
            case Entry.TaskFailed failed ->
                errorValue(failed.error().error(), failed.error().cause());
            case Entry.TimerFired fired -> null;
            case Entry.Stopped stopped -> errorValue(stopped.error(), stopped.cause());
            case Entry.GivenUp givenUp ->
                errorValue(givenUp.error().error(), givenUp.error().cause());
            case Entry.Redriven redriven -> null;
            case Entry.Interrupted interrupted -> value(interrupted.end());
        };
    }

    private static JsonNode errorValue(@Nullable String error, @Nullable String cause) {
        ObjectNode value = JsonNodeFactory.instance.objectNode();
        if (error != null) {
            value.put("error", error);
        }
        if (cause != null) {
            value.put("cause", cause);
        }
        return value;
    }

    private static void begin(JsonGenerator json, EffectId effect, Entry entry) throws IOException {
        json.writeStringField(EntryKind.of(entry).field(), effect.toString());
        json.writeNumberField("at", entry.at().toEpochMilli());
    }

    private static boolean blob(JsonGenerator json, String field, @Nullable String hash) throws IOException {
        if (hash != null) {
            json.writeStringField(field, hash);
        }
        return hash != null;
    }

    private static Fidelity error(JsonGenerator json, @Nullable String error, @Nullable String cause)
            throws IOException {
        Fidelity fidelity = Fidelity.EXACT;
        if (error != null) {
            json.writeFieldName("error");
            fidelity = fidelity.and(TreeWriter.writeText(json, error));
        }
        if (cause != null) {
            json.writeFieldName("cause");
            fidelity = fidelity.and(TreeWriter.writeText(json, cause));
        }
        return fidelity;
    }
}
