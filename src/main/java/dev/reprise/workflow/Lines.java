package dev.reprise.workflow;

import dev.reprise.asl.SourcePosition;

/** Offsets of a text as lines and columns, and back. A line ends with {@code \n}, {@code \r\n} or {@code \r}. */
final class Lines {

    private Lines() {}

    static SourcePosition position(String text, int offset) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < offset; i++) {
            if (endsLine(text, i)) {
                line++;
                start = i + 1;
            }
        }
        return new SourcePosition(line, offset - start + 1);
    }

    /** The text's length for a place behind its end. */
    static int offset(String text, SourcePosition position) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < text.length() && line < position.line(); i++) {
            if (endsLine(text, i)) {
                line++;
                start = i + 1;
            }
        }
        return line < position.line() ? text.length() : Math.min(text.length(), start + position.column() - 1);
    }

    private static boolean endsLine(String text, int at) {
        char c = text.charAt(at);
        return c == '\n' || (c == '\r' && (at + 1 == text.length() || text.charAt(at + 1) != '\n'));
    }
}
