package dev.reprise.operations;

import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.store.CorruptJournalException;
import java.util.function.Supplier;

/** The interpreter's states in journals: what it does not find in one is damage to the journal. */
final class Snapshots {

    private Snapshots() {}

    /**
     * Reads something of a snapshot.
     *
     * @throws CorruptJournalException when the interpreter cannot read it
     */
    static <T> T read(ExecutionId id, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new CorruptJournalException(id.toString(), "its snapshot", String.valueOf(e.getMessage()), e);
        }
    }
}
