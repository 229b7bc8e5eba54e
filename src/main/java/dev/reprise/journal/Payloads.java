package dev.reprise.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.codec.ContentHash;
import dev.reprise.journal.codec.Json;
import dev.reprise.journal.codec.TreeReader;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.Payload;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Puts JSON into a head, or beside it when it is large. */
final class Payloads {

    /** What stands in the head, in bytes: it is read and written with every change of the head. */
    static final int INLINE = 2 * 1024;

    private Payloads() {}

    /** What the head carries of {@code json}. A large value is yet to be written. */
    static Payload of(Json.Encoded json) {
        return json.json().size() <= INLINE
                ? new Payload.Inline(json.json().toString(UTF_8))
                : new Payload.Stored(ContentHash.of(json.json()));
    }

    /**
     * The same, a large value written first.
     *
     * @return null, with nothing written, when the value takes more than {@code limit} bytes
     */
    static @Nullable Payload write(Blobs blobs, ExecutionId id, JsonNode value, int limit) {
        Json.Encoded json = Json.encode(value);
        if (json.json().size() > limit) {
            return null;
        }
        Payload payload = of(json);
        if (payload instanceof Payload.Stored(String hash)) {
            blobs.write(id, hash, json.json());
        }
        return payload;
    }

    static JsonNode read(Blobs blobs, ExecutionId id, Payload payload) {
        return switch (payload) {
            case Payload.Stored(String hash) -> blobs.read(id, hash);
            case Payload.Sealed sealed ->
                throw new CorruptJournalException(id.toString(), "its head", "it is sealed, and was not opened", null);
            case Payload.Inline(String json) -> {
                try {
                    byte[] bytes = json.getBytes(UTF_8);
                    yield TreeReader.read(bytes, 0, bytes.length);
                } catch (IOException e) {
                    throw new CorruptJournalException(id.toString(), "its head", "its input or result is not JSON", e);
                }
            }
        };
    }
}
