package dev.reprise.journal.store;

import dev.reprise.journal.codec.Body;

/**
 * A group of entries that was written at once. Without entries it is the mark of an owner who took over from one that
 * had not given up its lease.
 *
 * @param number from 1, without gaps
 * @param writer the journal that wrote it
 * @param first position of its first entry; of the entry to come when it has none
 * @param count how many entries it holds
 * @param resume which resume of the execution wrote it; 0 for the start
 * @param body a JSON array's elements: the entries, parted by commas
 */
public record Segment(long number, String writer, long first, int count, long resume, Body body) {

    /** Enough for 10,000 writes a second over three years. */
    public static final long MAX_NUMBER = 999_999_999_999L;

    /** The same, its entries in another form. */
    public Segment in(Body form) {
        return new Segment(number, writer, first, count, resume, form);
    }

    /** Position of its last entry. */
    public long last() {
        return first + count - 1;
    }
}
