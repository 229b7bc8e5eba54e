package dev.reprise.dataset;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows one by one. A value in quotes may hold the delimiter and line breaks. Anywhere a quote is written twice,
 * or after a backslash, as a backslash and the delimiter are; before anything else a backslash vanishes. Empty lines
 * are no rows. Quotes that are never closed are refused: they would make one value of all the rest.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/example-csv-parse-dist-map.html">AWS, How Step
 *     Functions parses input CSV files</a>
 */
final class CsvRows {

    private static final int END = -1;
    private static final int BYTE_ORDER_MARK = 0xfeff;
    /** In characters. Four times what Step Functions takes of an item. */
    private static final int LONGEST_VALUE = 32 * 1024 * 1024;

    private final Reader text;
    private final char delimiter;
    private final char[] buffer = new char[16 * 1024];
    private int place;
    private int filled;
    /** The next character; {@link #END} when there is none. */
    private int ahead;

    private final StringBuilder value = new StringBuilder();
    /** How many line feeds were taken. */
    private long lines;

    CsvRows(Reader text, char delimiter) throws IOException {
        this.text = text;
        this.delimiter = delimiter;
        this.ahead = read();
        if (ahead == BYTE_ORDER_MARK) {
            ahead = read();
        }
    }

    /** The next row's values; null at the end. */
    @Nullable
    List<String> next() throws IOException {
        while (isLineBreak(ahead)) {
            take();
        }
        if (ahead == END) {
            return null;
        }
        List<String> row = new ArrayList<>();
        row.add(value());
        while (ahead == delimiter) {
            take();
            row.add(value());
        }
        return row;
    }

    private static boolean isLineBreak(int c) {
        return c == '\n' || c == '\r';
    }

    private String value() throws IOException {
        value.setLength(0);
        if (ahead == '"') {
            take();
            quoted();
        }
        while (ahead != END && ahead != delimiter && !isLineBreak(ahead)) {
            if (!escaped()) {
                append(take());
            }
        }
        return value.toString();
    }

    private void quoted() throws IOException {
        long line = lines + 1;
        while (ahead != END) {
            if (!escaped()) {
                char c = take();
                if (c == '"') {
                    return;
                }
                append(c);
            }
        }
        throw new IOException("the quotation mark in line " + line + " is not closed");
    }

    /** Takes what stands for something else; false when the next character stands for itself. */
    private boolean escaped() throws IOException {
        if (ahead == '\\') {
            take();
            if (ahead == '\\' || ahead == '"' || ahead == delimiter) {
                append(take());
            }
            return true;
        }
        if (ahead == '"' && second() == '"') {
            take();
            append(take());
            return true;
        }
        return false;
    }

    private void append(char c) throws IOException {
        if (value.length() == LONGEST_VALUE) {
            throw new IOException(
                    "a value in line " + (lines + 1) + " is longer than " + LONGEST_VALUE + " characters");
        }
        value.append(c);
    }

    private char take() throws IOException {
        char taken = (char) ahead;
        if (taken == '\n') {
            lines++;
        }
        ahead = read();
        return taken;
    }

    private int read() throws IOException {
        return fill() ? buffer[place++] : END;
    }

    /** The character after the next. */
    private int second() throws IOException {
        return fill() ? buffer[place] : END;
    }

    /** Whether there is more in the buffer, after reading on if need be. */
    private boolean fill() throws IOException {
        while (place == filled) {
            place = 0;
            filled = text.read(buffer);
            if (filled < 0) {
                filled = 0;
                return false;
            }
        }
        return true;
    }
}
