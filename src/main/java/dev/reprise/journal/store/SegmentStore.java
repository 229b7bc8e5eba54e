package dev.reprise.journal.store;

import dev.reprise.execution.ExecutionId;

/** Journals' segments. A part of an {@link ExecutionStore}, which says what holds for every method. */
public interface SegmentStore {

    /**
     * Puts a segment, on the condition that there is none of that number; refused, it tells the segment that has the
     * number.
     */
    ConditionalWrite<Segment> putSegment(ExecutionId id, Segment segment, UnitMeter meter);

    /**
     * Segments in order of their numbers, about 1 MB of them.
     *
     * @param from the least number
     * @return its {@code next} is the number to go on from
     */
    Page<Segment> readSegments(ExecutionId id, long from, UnitMeter meter);

    /**
     * Segments in falling order of their numbers, about 1 MB of them.
     *
     * @param below a number that is greater than all that are wanted; {@link Long#MAX_VALUE} for the last ones
     * @return its {@code next} is the number to go on below
     */
    Page<Segment> readSegmentsBackwards(ExecutionId id, long below, UnitMeter meter);
}
