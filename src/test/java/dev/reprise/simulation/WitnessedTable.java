package dev.reprise.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.Effect;
import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.DueInvariant;
import dev.reprise.journal.Journals;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.ForwardingStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.Progress;
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.UnitMeter;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The table itself: what it takes is witnessed at the moment at which it takes it. */
final class WitnessedTable extends ForwardingStore {

    private final World world;
    private final Witness witness;

    /** To look at the table as it is. */
    private final Journals journals;

    private final ExecutionStore inner;
    /** Whose journal is whose. */
    private final Map<String, SimulatedInvocation> writers = new HashMap<>();

    WitnessedTable(World world, ExecutionStore table) {
        super(table);
        this.inner = table;
        this.world = world;
        this.witness = world.witness;
        this.journals = new Journals(table, () -> SimulatedProcess.START, new Random());
    }

    /** What the sweeper relies on, after every change of any head. */
    private void requireDue(ExecutionId id) {
        violated(id, DueInvariant.violated(inner, id));
    }

    private void violated(ExecutionId id, @Nullable String violation) {
        if (violation != null) {
            witness.violated(id + " " + violation);
        }
    }

    /** Whether nothing but an answer of others ends it. */
    private static boolean isUpToOthers(Effect effect) {
        return effect instanceof Effect.RunTask task
                && task.pattern().isAnsweredFromOutside()
                && (task.phase().submission() != null || task.phase().beginning() != null)
                && (task.boundsFrom() == null || (task.timeout() == null && task.heartbeat() == null));
    }

    /** From now on what that writer writes is known to come from that invocation. */
    void introduce(String writer, SimulatedInvocation invocation) {
        writers.put(writer, invocation);
    }

    /**
     * An invocation has come to its end without failing: an execution that it knows to have owned it has ended, or
     * given up for a while.
     */
    void returned(SimulatedInvocation invocation) {
        ExecutionId opened = invocation.opened;
        Head head = opened == null ? null : inner.readHead(opened, new UnitMeter());
        if (head != null
                && head.lease() != null
                && invocation(head.writer()) == invocation
                && !invocation.suspended
                && !invocation.leasedUnawares) {
            witness.violated(invocation + " returned, and kept the lease");
        }
    }

    boolean hasQueued(TaskWorld.Kind kind) {
        return !super.tasks().queued(kind.name(), "", 1, new UnitMeter()).isEmpty();
    }

    private SimulatedInvocation invocation(String writer) {
        return Objects.requireNonNull(writers.get(writer), writer);
    }

    @Override
    protected <T> T request(String name, UnitMeter meter, Supplier<T> request) {
        T answer = request.get();
        if (name.equals("enqueue")) {
            world.client.taskQueued();
        }
        return answer;
    }

    @Override
    protected ConditionalWrite<Head> headChange(
            String name, ExecutionId id, UnitMeter meter, Supplier<ConditionalWrite<Head>> request) {
        ConditionalWrite<Head> answer = super.headChange(name, id, meter, request);
        if (answer instanceof ConditionalWrite.Made(Head before)) {
            world.sweeps.headChanged();
            if (before != null) {
                requireDue(before.id());
            }
        }
        return answer;
    }

    @Override
    public ConditionalWrite<Head> createHead(Head head, Instant now, UnitMeter meter) {
        ConditionalWrite<Head> change = super.createHead(head, now, meter);
        if (change instanceof ConditionalWrite.Made) {
            if (head.lease() != null) {
                opened(head.id(), invocation(head.writer()));
            }
            began(head);
        }
        return change;
    }

    private void opened(ExecutionId id, SimulatedInvocation by) {
        by.opened = id;
        by.openedAt = world.scheduler.now();
    }

    private void began(Head head) {
        boolean isNew = witness.isFree(head.id(), world.scheduler.now());
        JsonNode input = requireInput(head);
        if (isNew && input != null) {
            Course course = witness.created(head, input, world.scheduler.now());
            requireDue(head.id());
            if (course.caller != null) {
                witness.saw(Occurrence.CHILD);
                world.client.childStarted(course, course.caller);
            }
        }
    }

    /** Whoever finds the head may have to go on from it: its writer may be dead. */
    private @Nullable JsonNode requireInput(Head head) {
        try {
            return journals.input(head);
        } catch (CorruptJournalException e) {
            witness.violated("%s began an execution whose input cannot be read: %s"
                    .formatted(invocation(head.writer()), e.getMessage()));
            return null;
        }
    }

    @Override
    public ConditionalWrite<Head> takeLease(ExecutionId id, String writer, Lease lease, Instant now, UnitMeter meter) {
        ConditionalWrite<Head> change = super.takeLease(id, writer, lease, now, meter);
        if (change instanceof ConditionalWrite.Made(Head before)) {
            SimulatedInvocation taker = invocation(writer);
            opened(id, taker);
            if (before.lease() != null) {
                witness.leaseTaken(taker, invocation(before.writer()), world);
            }
        }
        return change;
    }

    @Override
    public ConditionalWrite<Head> replaceClosed(Head closed, Head by, UnitMeter meter) {
        ConditionalWrite<Head> change = super.replaceClosed(closed, by, meter);
        if (change instanceof ConditionalWrite.Made && by.ending() == null) {
            opened(by.id(), invocation(by.writer()));
            witness.redriven(by.id(), invocation(by.writer()), world.scheduler.now());
        }
        return change;
    }

    @Override
    public ConditionalWrite<Segment> putSegment(ExecutionId id, Segment segment, UnitMeter meter) {
        ConditionalWrite<Segment> put = super.putSegment(id, segment, meter);
        if (put instanceof ConditionalWrite.Made) {
            witness.written(
                    id, new Witness.Written(invocation(segment.writer()), world.scheduler.now(), segment), world.trace);
        }
        return put;
    }

    @Override
    public ConditionalWrite<Head> suspend(
            ExecutionId id,
            String writer,
            @Nullable Instant wakeAt,
            long inboxSeen,
            Progress progress,
            UnitMeter meter) {
        ConditionalWrite<Head> change = super.suspend(id, writer, wakeAt, inboxSeen, progress, meter);
        invocation(writer).suspended |= change instanceof ConditionalWrite.Made;
        if (change instanceof ConditionalWrite.Made && wakeAt != null && progress.snapshot() == progress.segments()) {
            boolean isAtOnce = SimulatedProcess.timeOf(wakeAt) <= world.scheduler.now() + world.weather.greatestSkew();
            if (isAtOnce && invocation(writer).coldness > 0) {
                witness.saw(Occurrence.AMID_WORK);
            }
        }
        if (change instanceof ConditionalWrite.Made && progress.stalledSince() != null) {
            witness.saw(Occurrence.DATA_AWAITED);
        }
        if (change instanceof ConditionalWrite.Made && wakeAt == null) {
            List<Effect> open =
                    Retelling.of(world, id, journals.history(id).entries()).openEffects();
            if (open.isEmpty() || !open.stream().allMatch(WitnessedTable::isUpToOthers)) {
                violated(id, "is never due, and waits for " + open);
            }
        }
        return change;
    }

    @Override
    public ConditionalWrite<Head> close(Head closed, UnitMeter meter) {
        ConditionalWrite<Head> change = super.close(closed, meter);
        if (change instanceof ConditionalWrite.Made) {
            Segment tail = Objects.requireNonNull(closed.ending()).tail();
            if (tail != null) {
                witness.written(
                        closed.id(),
                        new Witness.Written(invocation(closed.writer()), world.scheduler.now(), tail),
                        world.trace);
            }
            Instant stoppedAt = Objects.requireNonNull(closed.ending()).stoppedAt();
            witness.closed(closed.id(), world.scheduler.now(), SimulatedProcess.timeOf(stoppedAt));
        }
        return change;
    }

    @Override
    public ConditionalWrite<Head> deleteHead(Head closed, UnitMeter meter) {
        ConditionalWrite<Head> change = super.deleteHead(closed, meter);
        if (change instanceof ConditionalWrite.Made) {
            witness.deleted(closed.id(), world.scheduler.now());
        }
        return change;
    }
}
