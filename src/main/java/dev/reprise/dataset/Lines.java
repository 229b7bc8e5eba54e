package dev.reprise.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads a text line by line, as the bytes that it is in UTF-8. */
final class Lines {

    /** Four times what Step Functions takes of an item. */
    private static final int LONGEST = 32 * 1024 * 1024;

    private final InputStream content;
    private final byte[] buffer = new byte[64 * 1024];
    private int place;
    private int filled;
    private byte[] line = new byte[1024];
    private int length;
    private long number;

    Lines(InputStream content) {
        this.content = content;
    }

    /**
     * Goes on to the next line.
     *
     * @return false when there is none
     * @throws IOException when it is longer than any item may be
     */
    boolean next() throws IOException {
        length = 0;
        number++;
        boolean begun = false;
        while (fill()) {
            begun = true;
            int end = place;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            append(end - place);
            place = end;
            if (end < filled) {
                place++;
                return true;
            }
        }
        return begun;
    }

    private boolean fill() throws IOException {
        while (place == filled) {
            place = 0;
            filled = Math.max(0, content.read(buffer));
            if (filled == 0) {
                return false;
            }
        }
        return true;
    }

    private void append(int count) throws IOException {
        if (length + count > LONGEST) {
            throw new IOException("line " + number + " is longer than " + LONGEST + " bytes");
        }
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.max(length + count, 2 * line.length));
        }
        System.arraycopy(buffer, place, line, length, count);
        length += count;
    }

    /** Whether there is nothing but white space in the line. */
    boolean isBlank() {
        for (int i = 0; i < length; i++) {
            if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    /** The line, without its end, from the first byte on; overwritten by the next one. */
    byte[] bytes() {
        return line;
    }

    int length() {
        return length;
    }

    /** The line's number, from 1. */
    long number() {
        return number;
    }
}
