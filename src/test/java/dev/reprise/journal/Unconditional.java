package dev.reprise.journal;

import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.Ending;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.ForwardingStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.Progress;
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.TaskStore;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.journal.store.WaitingTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tables that lack one of their conditions: they do what they are asked, whatever stands there already. To see who
 * notices.
 */
public final class Unconditional {

    private Unconditional() {}

    /** A segment replaces the one that has its number. */
    public static ExecutionStore segments(ExecutionStore table) {
        return new ForwardingStore(table) {
            @Override
            public ConditionalWrite<Segment> putSegment(ExecutionId id, Segment segment, UnitMeter meter) {
                ConditionalWrite<Segment> put = super.putSegment(id, segment, meter);
                if (!(put instanceof ConditionalWrite.Refused(Segment taken))
                        || taken.writer().equals(segment.writer())) {
                    return put;
                }
                deleteItems(id, List.of(JournalTable.segmentKey(segment.number())), meter);
                return super.putSegment(id, segment, meter);
            }
        };
    }

    /** The lease is given to whoever asks for it. */
    public static ExecutionStore leases(ExecutionStore table) {
        return new ForwardingStore(table) {
            @Override
            public ConditionalWrite<Head> takeLease(
                    ExecutionId id, String writer, Lease lease, Instant now, UnitMeter meter) {
                return super.takeLease(id, writer, lease, afterEveryLease(now), meter);
            }
        };
    }

    /** A task that others do is changed, whatever has become of it meanwhile. */
    public static ExecutionStore tasks(ExecutionStore table) {
        return new ForwardingStore(table) {
            @Override
            protected ConditionalWrite<WaitingTask> putTask(
                    TaskStore tasks, ExecutionId id, WaitingTask task, UnitMeter meter) {
                if (super.putTask(tasks, id, task, meter) instanceof ConditionalWrite.Refused) {
                    tasks.replace(id, List.of(task), Instant.EPOCH, meter);
                }
                return ConditionalWrite.made();
            }
        };
    }

    /** An execution is started anew, whether there is one of that name or not. */
    public static ExecutionStore starts(ExecutionStore table) {
        return new ForwardingStore(table) {
            @Override
            public ConditionalWrite<Head> createHead(Head head, Instant now, UnitMeter meter) {
                if (super.createHead(head, now, meter) instanceof ConditionalWrite.Refused(Head current)
                        && current != null
                        && !current.writer().equals(head.writer())) {
                    remove(current, head.lease(), now, meter);
                }
                return super.createHead(head, now, meter);
            }

            private void remove(Head current, @Nullable Lease lease, Instant now, UnitMeter meter) {
                Head closed = current;
                if (current.ending() == null) {
                    takeLease(current.id(), "remover", Objects.requireNonNull(lease), afterEveryLease(now), meter);
                    Head ours = Objects.requireNonNull(readHead(current.id(), meter));
                    Ending ending = new Ending(ExecutionStatus.ABORTED, now, null, null);
                    closed = ours.closed(ending, ours.progress(), false);
                    close(closed, meter);
                }
                deleteHead(closed, meter);
            }
        };
    }

    /** An execution is suspended even if a message has arrived that its owner has not seen. */
    public static ExecutionStore suspensions(ExecutionStore table) {
        return new ForwardingStore(table) {
            @Override
            public ConditionalWrite<Head> suspend(
                    ExecutionId id,
                    String writer,
                    @Nullable Instant wakeAt,
                    long inboxSeen,
                    Progress progress,
                    UnitMeter meter) {
                Head current = readHead(id, meter);
                return super.suspend(
                        id, writer, wakeAt, current == null ? inboxSeen : current.inbox(), progress, meter);
            }
        };
    }

    /** An execution is ended as its owner knows it, even if a message has arrived meanwhile. */
    public static ExecutionStore ends(ExecutionStore table) {
        return new ForwardingStore(table) {
            @Override
            public ConditionalWrite<Head> close(Head closed, UnitMeter meter) {
                Head current = readHead(closed.id(), meter);
                return super.close(current == null ? closed : withInbox(closed, current.inbox()), meter);
            }
        };
    }

    /** Whoever deletes an execution believes that he has claimed it, and so does everybody else. */
    public static ExecutionStore claims(ExecutionStore table) {
        return new ForwardingStore(table) {
            @Override
            public ConditionalWrite<Head> replaceClosed(Head closed, Head by, UnitMeter meter) {
                boolean isClaim = by.ending() != null && !Objects.equals(closed.lease(), by.lease());
                return isClaim ? ConditionalWrite.made() : super.replaceClosed(closed, by, meter);
            }

            @Override
            public ConditionalWrite<Head> deleteHead(Head closed, UnitMeter meter) {
                return super.deleteHead(closed.unclaimed(), meter);
            }
        };
    }

    private static Head withInbox(Head head, long inbox) {
        return new Head(
                head.id(),
                head.beginning(),
                head.status(),
                head.writer(),
                head.lease(),
                head.dueAt(),
                inbox,
                head.resumes(),
                head.progress(),
                head.redrive(),
                head.ending());
    }

    private static Instant afterEveryLease(Instant now) {
        return now.plus(Duration.ofDays(365));
    }
}
