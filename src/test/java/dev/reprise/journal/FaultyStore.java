package dev.reprise.journal;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** A store whose requests go wrong as a test says, counted from 1 for each kind of request. */
class FaultyStore implements ExecutionStore {

    private final ExecutionStore store;
    private final java.util.Map<String, Integer> counts = new java.util.HashMap<>();
    private final java.util.Map<String, Fault> faults = new java.util.HashMap<>();

    private final java.util.Map<Integer, Runnable> interruptions = new java.util.HashMap<>();

    private enum Fault {
        /** The request is turned away. */
        FAILS,
        /** It is carried out, and its answer does not arrive. */
        ANSWER_LOST
    }

    FaultyStore(ExecutionStore store) {
        this.store = store;
    }

    FaultyStore failing(String request, int time) {
        faults.put(request + time, Fault.FAILS);
        return this;
    }

    FaultyStore losingAnswer(String request, int time) {
        faults.put(request + time, Fault.ANSWER_LOST);
        return this;
    }

    /** How many there were. */
    int requests() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    int requests(String request) {
        return counts.getOrDefault(request, 0);
    }

    /** Runs {@code interruption} just before request number {@code time} of any kind. */
    FaultyStore before(int time, Runnable interruption) {
        interruptions.put(time, interruption);
        return this;
    }

    private <T> T request(String name, Supplier<T> request) {
        Runnable interruption = interruptions.remove(requests() + 1);
        if (interruption != null) {
            interruption.run();
        }
        int time = counts.merge(name, 1, Integer::sum);
        Fault fault = faults.get(name + time);
        if (fault == Fault.FAILS) {
            throw new TransientStoreException(name + " failed", null);
        }
        T answer = request.get();
        if (fault == Fault.ANSWER_LOST) {
            throw new TransientStoreException("the answer to " + name + " was lost", null);
        }
        return answer;
    }

    @Override
    public String table() {
        return store.table();
    }

    @Override
    public HeadChange createHead(Head head, Instant now, UnitMeter meter) {
        return request("createHead", () -> store.createHead(head, now, meter));
    }

    @Override
    public Head readHead(ExecutionId id, UnitMeter meter) {
        return request("readHead", () -> store.readHead(id, meter));
    }

    @Override
    public HeadChange takeLease(ExecutionId id, String writer, Lease lease, Instant now, UnitMeter meter) {
        return request("takeLease", () -> store.takeLease(id, writer, lease, now, meter));
    }

    @Override
    public HeadChange suspend(
            ExecutionId id, String writer, Instant wakeAt, long inboxSeen, Progress progress, UnitMeter meter) {
        return request("suspend", () -> store.suspend(id, writer, wakeAt, inboxSeen, progress, meter));
    }

    @Override
    public HeadChange close(Head closed, UnitMeter meter) {
        return request("close", () -> store.close(closed, meter));
    }

    @Override
    public HeadChange announceInbox(ExecutionId id, UnitMeter meter) {
        return request("announceInbox", () -> store.announceInbox(id, meter));
    }

    @Override
    public HeadChange countInbox(ExecutionId id, boolean leased, Instant now, UnitMeter meter) {
        return request("countInbox", () -> store.countInbox(id, leased, now, meter));
    }

    @Override
    public Segment putSegment(ExecutionId id, Segment segment, UnitMeter meter) {
        return request("putSegment", () -> store.putSegment(id, segment, meter));
    }

    @Override
    public Page<Segment> readSegments(ExecutionId id, long from, UnitMeter meter) {
        return request("readSegments", () -> store.readSegments(id, from, meter));
    }

    @Override
    public void putChunk(String partition, Chunk chunk, UnitMeter meter) {
        request("putChunk", () -> {
            store.putChunk(partition, chunk, meter);
            return null;
        });
    }

    @Override
    public Page<Chunk> readChunks(String partition, String name, int from, UnitMeter meter) {
        return request("readChunks", () -> store.readChunks(partition, name, from, meter));
    }

    @Override
    public Chunk readLastChunk(String partition, String prefix, String before, UnitMeter meter) {
        return request("readLastChunk", () -> store.readLastChunk(partition, prefix, before, meter));
    }

    @Override
    public void putInboxItem(ExecutionId id, InboxItem item, UnitMeter meter) {
        request("putInboxItem", () -> {
            store.putInboxItem(id, item, meter);
            return null;
        });
    }

    @Override
    public Page<InboxItem> readInbox(ExecutionId id, String after, UnitMeter meter) {
        return request("readInbox", () -> store.readInbox(id, after, meter));
    }

    @Override
    public void deleteInboxItem(ExecutionId id, String key, UnitMeter meter) {
        request("deleteInboxItem", () -> {
            store.deleteInboxItem(id, key, meter);
            return null;
        });
    }

    @Override
    public Page<Head> list(String workflow, int limit, String token, UnitMeter meter) {
        return request("list", () -> store.list(workflow, limit, token, meter));
    }

    @Override
    public List<DueExecution> due(Instant until, int limit, UnitMeter meter) {
        return request("due", () -> store.due(until, limit, meter));
    }

    @Override
    public Page<String> readItemKeys(ExecutionId id, String after, UnitMeter meter) {
        return request("readItemKeys", () -> store.readItemKeys(id, after, meter));
    }

    @Override
    public List<String> deleteItems(ExecutionId id, List<String> keys, UnitMeter meter) {
        return request("deleteItems", () -> store.deleteItems(id, keys, meter));
    }

    @Override
    public HeadChange deleteHead(Head closed, UnitMeter meter) {
        return request("deleteHead", () -> store.deleteHead(closed, meter));
    }

    @Override
    public List<DueExecution> expired(Instant until, int limit, UnitMeter meter) {
        return request("expired", () -> store.expired(until, limit, meter));
    }
}
