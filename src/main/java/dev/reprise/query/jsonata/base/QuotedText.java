package dev.reprise.query.jsonata.base;

/** Texts within JSON. */
public final class QuotedText {

    private QuotedText() {}

    /**
     * Appends a text in quotes, with what AWS escapes: not all that JSON wants to be.
     *
     * @param longest characters of it that are written, at most
     */
    public static void append(StringBuilder out, String text, int longest) {
        out.append('"');
        int end = Math.min(text.length(), longest);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> out.append(c);
            }
        }
        out.append('"');
    }
}
