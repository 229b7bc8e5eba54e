package dev.reprise.journal;

import dev.reprise.journal.store.FencedException;
import dev.reprise.journal.store.Head;
import java.util.ArrayList;
import java.util.List;

/** An execution's inbox, in the hands of its owner. */
final class OwnedInbox {

    private final Ownership owned;
    private final Extent extent;

    /** {@link Head#inbox} as it was before the inbox was last read; -1 when it holds facts that nobody has read. */
    private long seen;

    /** The last segment as of when the inbox was last read. */
    private long segmentWhenRead;

    OwnedInbox(Ownership owned, Extent extent) {
        this.owned = owned;
        this.extent = extent;
        this.seen = owned.head().inbox() == 0 ? 0 : -1;
    }

    /** What {@link Head#inbox} must be for the inbox to hold nothing that was not read. */
    long seen() {
        return seen;
    }

    /** {@link Journal#readInbox}. */
    List<InboxFact> read() {
        // The counter first: what is put after this moment moves it, so that a suspension will notice.
        Head now = owned.ownHead();
        List<InboxFact> facts = new ArrayList<>();
        if (now.inbox() != seen) {
            Inbox.read(owned.store(), now, owned::readBlob, owned.meter(), facts);
        }
        seen = now.inbox();
        segmentWhenRead = extent.segment();
        return facts;
    }

    /**
     * {@link Journal#taken}.
     *
     * @throws FencedException as there
     */
    void delete(List<InboxFact> facts) {
        // A segment put since then shows that nobody else has begun anything before these facts were read.
        if (extent.segment() == segmentWhenRead) {
            owned.ownHead();
        }
        facts.forEach(fact -> owned.store().deleteInboxItem(owned.id(), fact.key(), owned.meter()));
    }
}
