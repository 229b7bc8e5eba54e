package dev.reprise.journal;

/**
 * How far the journal had come when an owner last wrote the head. The segments are the truth; this saves looking for them.
 *
 * @param segments number of the last segment; 0 when there is none
 * @param position of the last entry; 1 when there is only the start
 * @param snapshot number of the segment that the latest snapshot stands after; -1 when there is no snapshot
 * @param consumed what the execution has cost up to then
 */
public record Progress(long segments, long position, long snapshot, ConsumedUnits consumed) {

    /** As an execution begins. */
    public static final Progress START = new Progress(0, 1, -1, ConsumedUnits.NONE);
}
