package dev.reprise.journal;

import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.ForwardingStore;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.UnitMeter;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Shows whoever reads a journal that somebody has a task in hand, but not all that he should know of it. To see who
 * notices.
 */
public final class ForgottenSubmissions extends ForwardingStore {

    private final UnaryOperator<String> forget;

    private ForgottenSubmissions(ExecutionStore store, UnaryOperator<String> forget) {
        super(store);
        this.forget = forget;
    }

    /** Nobody learns that somebody has taken a task on. */
    public static ExecutionStore whole(ExecutionStore store) {
        return new ForgottenSubmissions(store, ForgottenSubmissions::heard);
    }

    /** Nobody learns what a job is known by. */
    public static ExecutionStore responses(ExecutionStore store) {
        return new ForgottenSubmissions(
                store, submission -> submission.replaceAll("\"output\":\\{[^}]*\\}", "\"output\":{}"));
    }

    @Override
    public Page<Segment> readSegments(ExecutionId id, long from, UnitMeter meter) {
        Page<Segment> page = super.readSegments(id, from, meter);
        return new Page<>(page.items().stream().map(this::forgotten).toList(), page.next());
    }

    private Segment forgotten(Segment segment) {
        List<String> entries = SegmentLines.of(segment);
        if (entries.stream().noneMatch(ForgottenSubmissions::isSubmission)) {
            return segment;
        }
        entries.replaceAll(entry -> isSubmission(entry) ? forget.apply(entry) : entry);
        return SegmentLines.with(entries, segment);
    }

    private static boolean isSubmission(String entry) {
        return entry.startsWith("{\"submitted\":");
    }

    /** Nobody waits for a heartbeat of a task that has no bound on its silence. */
    private static String heard(String submission) {
        String time = submission.replaceAll(".*?\"at\":(\\d+).*", "$1");
        return submission.replaceAll(
                "\\{\"submitted\":(\"[^\"]*\").*", "{\"heard\":$1,\"at\":" + time + ",\"heardAt\":" + time + "}");
    }
}
