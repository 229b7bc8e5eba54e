package dev.reprise.asl;

import com.fasterxml.jackson.core.JsonLocation;

/**
 * A place in a text, as editors count it.
 *
 * @param line from 1
 * @param column from 1
 */
public record SourcePosition(int line, int column) {

    /** Where every text begins. */
    public static final SourcePosition START = new SourcePosition(1, 1);

    public SourcePosition {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("line and column count from 1, were " + line + " and " + column);
        }
    }

    /** A place that Jackson tells, which counts from 0 where it knows none. */
    public static SourcePosition of(JsonLocation location) {
        return new SourcePosition(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    /** {@code 12:7}, which can be put behind a file's name. */
    @Override
    public String toString() {
        return line + ":" + column;
    }
}
