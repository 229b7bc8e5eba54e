package dev.reprise.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reprise.journal.codec.ByteSink;
import dev.reprise.journal.store.Chunk;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.UnitMeter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The definitions of executions, each kept once under its hash. Safe for use by many threads. */
final class Definitions {

    private final ExecutionStore store;

    /** Hashes of definitions that are known to be stored: each costs a read in the life of a process. */
    private final Set<String> stored = ConcurrentHashMap.newKeySet();

    Definitions(ExecutionStore store) {
        this.store = store;
    }

    /** Writes an execution's definition, unless it is there. */
    void store(NewExecution execution, Blobs blobs) {
        store(execution.definitionHash(), execution.definition(), blobs);
    }

    /** Writes a definition, unless it is there. */
    void store(String hash, String definition, Blobs blobs) {
        if (!stored.contains(hash)) {
            String partition = JournalTable.definitionPartition(hash);
            Chunk last = store.readLastChunk(
                    partition, JournalTable.DEFINITION_TEXT, JournalTable.DEFINITION_TEXT + "~", new UnitMeter());
            if (last == null || last.index() != last.count() - 1) {
                ByteSink text = new ByteSink(definition.length());
                text.writeBytes(definition.getBytes(UTF_8));
                blobs.write(partition, JournalTable.DEFINITION_TEXT, text);
            }
            stored.add(hash);
        }
    }

    /** {@link Journals#definition}. */
    String read(String hash) {
        String partition = JournalTable.definitionPartition(hash);
        byte[] text = new Blobs(store, new UnitMeter()).read(partition, partition, JournalTable.DEFINITION_TEXT);
        if (text == null) {
            throw new CorruptJournalException("of any name", "definition " + hash, "it is not there", null);
        }
        return new String(text, UTF_8);
    }
}
