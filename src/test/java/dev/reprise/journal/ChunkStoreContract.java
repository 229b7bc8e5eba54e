package dev.reprise.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.journal.codec.Body;
import dev.reprise.journal.store.Chunk;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Page;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store does with chunks. */
abstract class ChunkStoreContract extends StoreContract {

    ChunkStoreContract(ExecutionStore store) {
        super(store);
    }

    @Test
    void comeInOrder() {
        for (int i = 11; i >= 0; i--) {
            store.putChunk(ID.partition(), new Chunk("BLOB#ab", i, 12, Body.text("" + i)), meter);
        }

        Page<Chunk> page = store.readChunks(ID.partition(), "BLOB#ab", 0, meter);
        assertThat(page.items()).extracting(Chunk::index).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        assertThat(page.items()).extracting(chunk -> chunk.body().text()).startsWith("0", "1", "2");
        assertThat(page.next()).isNull();
    }

    @Test
    void mayBeWrittenAgain() {
        Chunk chunk = new Chunk("BLOB#ab", 0, 1, Body.text("1"));
        store.putChunk(ID.partition(), chunk, meter);
        store.putChunk(ID.partition(), chunk, meter);

        assertThat(store.readChunks(ID.partition(), "BLOB#ab", 0, meter).items())
                .hasSize(1);
    }

    @Test
    void theLastCanBeFound() {
        for (String name : List.of("SNAP#000000000009", "SNAP#000000000010")) {
            store.putChunk(ID.partition(), new Chunk(name, 0, 2, Body.text("1")), meter);
            store.putChunk(ID.partition(), new Chunk(name, 1, 2, Body.text("2")), meter);
        }

        Chunk last = store.readLastChunk(ID.partition(), "SNAP#", "SNAP#~", meter);
        assertThat(last.name()).isEqualTo("SNAP#000000000010");
        assertThat(last.index()).isEqualTo(1);
        assertThat(store.readLastChunk(ID.partition(), "SNAP#", last.name(), meter)
                        .name())
                .isEqualTo("SNAP#000000000009");
        assertThat(store.readLastChunk(ID.partition(), "BLOB#", "BLOB#~", meter))
                .isNull();
    }
}
