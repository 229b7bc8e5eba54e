package dev.reprise.journal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.journal.codec.Fidelity;
import dev.reprise.journal.codec.Json;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes snapshots after the last segment. A state that JSON does not carry whole is not written: a resume from less
 * would compute something else.
 */
final class SnapshotWriter {

    private final Ownership owned;
    private final Extent extent;

    SnapshotWriter(Ownership owned, Extent extent) {
        this.owned = owned;
        this.extent = extent;
    }

    /** {@link Journal#snapshot}. */
    boolean writeIfWorth(JsonNode state) {
        Json.Encoded json = encode(state, extent.snapshots().largestWorthWriting());
        if (json == null || json.fidelity() == Fidelity.LOSSY) {
            extent.snapshots().refused();
            return false;
        }
        extent.snapshots().startFrom(json.json().size());
        write(json);
        return true;
    }

    /** Writes one whatever it weighs. */
    void write(JsonNode state) {
        Json.Encoded json = Objects.requireNonNull(encode(state, Long.MAX_VALUE));
        if (json.fidelity() != Fidelity.LOSSY) {
            write(json);
            extent.snapshots().startFrom(json.json().size());
        }
    }

    private Json.@Nullable Encoded encode(JsonNode state, long most) {
        return Snapshot.encode(
                owned.head().beginning().semantics(),
                extent.durablePosition(),
                extent.resumeOfLastEntry(),
                extent.resumeOfLastSegment(),
                state,
                most);
    }

    private void write(Json.Encoded snapshot) {
        extent.otherItems();
        owned.blobs().write(owned.id().partition(), Snapshot.name(extent.segment()), snapshot.json());
        extent.snapshotWritten();
    }
}
