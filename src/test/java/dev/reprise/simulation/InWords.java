package dev.reprise.simulation;

import dev.reprise.journal.store.Chunk;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.Segment;
import dev.reprise.operations.ExecutionDescription;
import org.jspecify.annotations.Nullable;

/** What a trace says of things. */
final class InWords {

    private static final int LONGEST = 300;

    private InWords() {}

    static String of(@Nullable Object thing) {
        return switch (thing) {
            case null -> "done";
            case ConditionalWrite.Made<?> made -> "made";
            case ConditionalWrite.Refused<?>(Object current) -> "refused, there is " + of(current);
            case Head head -> head(head);
            case Segment segment -> segment(segment);
            case Chunk chunk -> chunk.name() + " " + (chunk.index() + 1) + " of " + chunk.count();
            case Page<?> page -> page.items().size() + " items";
            case ExecutionDescription told -> brief(told.status() + " " + told.output() + " " + told.error());
            default -> brief(thing.toString());
        };
    }

    private static String head(Head head) {
        Lease lease = head.lease();
        String held =
                lease == null ? "free" : "held by " + head.writer() + " for " + lease.owner() + " until " + time(lease);
        return head.status() + ", " + held + ", due " + head.dueAt() + ", inbox " + head.inbox() + ", resume "
                + head.resumes();
    }

    private static double time(Lease lease) {
        return SimulatedProcess.timeOf(lease.until()) / 1000.0;
    }

    private static String segment(Segment segment) {
        String text = segment.body().text();
        String entries = segment.count() == 0 ? "a mark" : text == null ? segment.count() + " entries" : text;
        return brief("segment " + segment.number() + " of " + segment.writer() + ": " + entries.replace("\n", " "));
    }

    private static String brief(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
