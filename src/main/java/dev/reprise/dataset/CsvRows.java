package dev.reprise.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows one by one. A value in quotes may hold the delimiter, line breaks, and quotes written twice; empty lines are no rows.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
final class CsvRows {

    private static final int END = -1;
    private static final int BYTE_ORDER_MARK = 0xfeff;

    private final Reader text;
    private final char delimiter;
    private int ahead;

    CsvRows(Reader text, char delimiter) throws IOException {
        this.text = new BufferedReader(text);
        this.delimiter = delimiter;
        this.ahead = this.text.read();
        if (ahead == BYTE_ORDER_MARK) {
            ahead = this.text.read();
        }
    }

    /** The next row's values; null at the end. */
    @Nullable
    List<String> next() throws IOException {
        while (ahead == '\r' || ahead == '\n') {
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

    private int take() throws IOException {
        int taken = ahead;
        ahead = text.read();
        return taken;
    }

    private String value() throws IOException {
        StringBuilder out = new StringBuilder();
        if (ahead == '"') {
            take();
            quoted(out);
        }
        while (ahead != END && ahead != delimiter && ahead != '\r' && ahead != '\n') {
            out.append((char) take());
        }
        return out.toString();
    }

    private void quoted(StringBuilder out) throws IOException {
        while (ahead != END) {
            int c = take();
            if (c != '"') {
                out.append((char) c);
            } else if (ahead == '"') {
                out.append((char) take());
            } else {
                return;
            }
        }
    }
}
