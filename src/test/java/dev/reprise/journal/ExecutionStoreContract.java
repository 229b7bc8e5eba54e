package dev.reprise.journal;

import dev.reprise.journal.store.ExecutionStore;
import org.junit.jupiter.api.Nested;

/** What every store does, told by requests and answers; divided by what is stored. */
abstract class ExecutionStoreContract {

    abstract ExecutionStore newStore();

    @Nested
    class Heads extends HeadStoreContract {
        Heads() {
            super(newStore());
        }
    }

    @Nested
    class ASegment extends SegmentStoreContract {
        ASegment() {
            super(newStore());
        }
    }

    @Nested
    class Chunks extends ChunkStoreContract {
        Chunks() {
            super(newStore());
        }
    }

    @Nested
    class TheInbox extends InboxStoreContract {
        TheInbox() {
            super(newStore());
        }
    }

    @Nested
    class TheIndex extends ExecutionIndexContract {
        TheIndex() {
            super(newStore());
        }
    }

    @Nested
    class Deleting extends ItemStoreContract {
        Deleting() {
            super(newStore());
        }
    }

    @Nested
    class Consumption extends ConsumptionContract {
        Consumption() {
            super(newStore());
        }
    }
}
