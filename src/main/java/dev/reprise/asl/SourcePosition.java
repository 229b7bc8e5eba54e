package dev.reprise.asl;

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

    /** {@code 12:7}, which can be put behind a file's name. */
    @Override
    public String toString() {
        return line + ":" + column;
    }
}
