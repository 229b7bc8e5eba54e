package dev.reprise.simulation;

import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.store.Chunk;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.ForwardingStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.InboxItem;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.TransientStoreException;
import dev.reprise.journal.store.UnitMeter;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * A process' way to the table: requests take time, and get lost, and the process may die before, meanwhile and after.
 */
final class Connection extends ForwardingStore {

    private final World world;
    private final SimulatedProcess process;

    Connection(World world, SimulatedProcess process) {
        super(world.table);
        this.world = world;
        this.process = process;
    }

    @Override
    public ConditionalWrite<Head> createHead(Head head, Instant now, UnitMeter meter) {
        world.table.introduce(head.writer(), process.invocation());
        return super.createHead(head, now, meter);
    }

    @Override
    public ConditionalWrite<Head> takeLease(ExecutionId id, String writer, Lease lease, Instant now, UnitMeter meter) {
        world.table.introduce(writer, process.invocation());
        return super.takeLease(id, writer, lease, now, meter);
    }

    @Override
    public ConditionalWrite<Head> replaceClosed(Head closed, Head by, UnitMeter meter) {
        if (by.ending() == null) {
            world.table.introduce(by.writer(), process.invocation());
        }
        return super.replaceClosed(closed, by, meter);
    }

    @Override
    public ConditionalWrite<Segment> putSegment(ExecutionId id, Segment segment, UnitMeter meter) {
        ConditionalWrite<Segment> put = super.putSegment(id, segment, meter);
        if (put instanceof ConditionalWrite.Refused(Segment taken)
                && !taken.writer().equals(segment.writer())
                && segment.count() > 0) {
            world.witness.saw(Occurrence.FENCE);
            process.invocation().fenced = true;
        }
        return put;
    }

    @Override
    public List<InboxItem> putInboxItems(ExecutionId id, List<InboxItem> items, UnitMeter meter) {
        List<InboxItem> left = super.putInboxItems(id, items, meter);
        process.invocation().leavesFacts |= id.equals(process.invocation().opened);
        return left;
    }

    @Override
    public Page<Chunk> readChunks(String partition, String name, int from, UnitMeter meter) {
        Page<Chunk> page = super.readChunks(partition, name, from, meter);
        if (name.startsWith("SNAP#")) {
            world.witness.saw(Occurrence.SNAPSHOT);
        }
        return page;
    }

    @Override
    public void putChunk(String partition, Chunk chunk, UnitMeter meter) {
        if (chunk.name().startsWith("BLOB#")) {
            world.witness.saw(Occurrence.LARGE_VALUE);
        }
        super.putChunk(partition, chunk, meter);
    }

    @Override
    protected <T> T request(String name, UnitMeter meter, Supplier<T> request) {
        world.client.tableAsked();
        process.step();
        Weather.Fault fault = world.weather.fault(world.scheduler.now());
        switch (fault) {
            case NONE -> {}
            case THROTTLED -> world.witness.saw(Occurrence.THROTTLED);
            case FAILED -> world.witness.saw(Occurrence.FAILED);
            case ANSWER_LOST -> world.witness.saw(Occurrence.ANSWER_LOST);
            case LATE -> world.witness.saw(Occurrence.LATE);
        }
        return switch (fault) {
            case NONE -> answered(name, meter, request);
            case THROTTLED -> throw givenUp(name, "is throttled");
            case FAILED -> throw givenUp(name, "does not arrive");
            case LATE -> {
                landLater(name, request);
                throw givenUp(name, "is not answered in time");
            }
            case ANSWER_LOST -> {
                answered(name, meter, request);
                throw new TransientStoreException("the answer to " + name + " was lost", null);
            }
        };
    }

    private TransientStoreException givenUp(String name, String why) {
        process.pause(world.weather.latency());
        world.trace.note(process.invocation().name, () -> name + " " + why);
        return new TransientStoreException(name + " " + why, null);
    }

    private <T> T answered(String name, UnitMeter meter, Supplier<T> request) {
        travel(name, request);
        T answer = carriedOut(name, meter, request);
        process.pause(world.weather.latency());
        process.step();
        return answer;
    }

    /** The way there. A process that dies meanwhile cannot call back what it sent. */
    private <T> void travel(String name, Supplier<T> request) {
        try {
            process.pause(world.weather.latency());
        } catch (Crash e) {
            if (world.weather.coinLandsOnHeads()) {
                landLater(name, request);
            }
            throw e;
        }
    }

    private <T> T carriedOut(String name, UnitMeter meter, Supplier<T> request) {
        world.throughput.require(name);
        double before = meter.total().write();
        T answer = request.get();
        world.throughput.used(meter.total().write() - before);
        world.trace.note(process.invocation().name, () -> name + " -> " + InWords.of(answer));
        return answer;
    }

    private <T> void landLater(String name, Supplier<T> request) {
        if (!name.startsWith("read")) {
            SimulatedInvocation sender = process.invocation();
            world.scheduler.at(world.scheduler.now() + world.weather.lateness(), () -> {
                T answer = request.get();
                sender.leasedUnawares |= name.equals("takeLease") && answer instanceof ConditionalWrite.Made;
                world.trace.note(sender.name, () -> name + ", sent long ago -> " + InWords.of(answer));
            });
        }
    }
}
