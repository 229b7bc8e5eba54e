package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** When each child of a distributed Map started and stopped. Sixteen bytes a child. */
final class ChildTimes {

    private static final long NEVER = Long.MIN_VALUE;

    private final long[] started;
    private final long[] stopped;

    ChildTimes(int children) {
        this.started = never(children);
        this.stopped = never(children);
    }

    private static long[] never(int children) {
        long[] times = new long[children];
        Arrays.fill(times, NEVER);
        return times;
    }

    void started(int index, Instant at) {
        started[index] = at.toEpochMilli();
    }

    void stopped(int index, Instant at) {
        stopped[index] = at.toEpochMilli();
    }

    /** Null when it has not started. */
    @Nullable
    Instant startedAt(int index) {
        return instant(started[index]);
    }

    /** Null when it has not stopped. */
    @Nullable
    Instant stoppedAt(int index) {
        return instant(stopped[index]);
    }

    private static @Nullable Instant instant(long millis) {
        return millis == NEVER ? null : Instant.ofEpochMilli(millis);
    }

    /**
     * For a snapshot: the first {@code count} children's, each as what it is later than the one before it, which takes
     * few digits.
     */
    void write(int count, ArrayNode starts, ArrayNode stops) {
        write(started, count, starts);
        write(stopped, count, stops);
    }

    private static void write(long[] times, int count, ArrayNode out) {
        long before = 0;
        for (int i = 0; i < count; i++) {
            if (times[i] == NEVER) {
                out.addNull();
            } else {
                out.add(times[i] - before);
                before = times[i];
            }
        }
    }

    static ChildTimes read(int children, JsonNode starts, JsonNode stops) {
        ChildTimes times = new ChildTimes(children);
        read(starts, times.started);
        read(stops, times.stopped);
        return times;
    }

    private static void read(JsonNode in, long[] times) {
        long before = 0;
        for (int i = 0; i < in.size(); i++) {
            if (!in.path(i).isNull()) {
                before += SnapshotNumbers.whole(in.path(i), "starts and stops");
                times[i] = before;
            }
        }
    }
}
