package dev.reprise.core;

/**
 * Hides what causes of errors quote of a state's input: JSON in the midst of a text, which may be cut short, or be text
 * within JSON itself. No path can be followed there, so whatever bears a name is hidden.
 */
final class Quotations {

    private final String text;
    private final String name;

    private Quotations(String text, String name) {
        this.text = text;
        this.name = name;
    }

    /** The text without the values of members of that name. */
    static String hide(String text, String name) {
        return text.contains(name) ? new Quotations(text, name).hidden() : text;
    }

    private String hidden() {
        StringBuilder shown = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, Math.max(at + 1, from))) {
            String quote = quoteAt(at + name.length());
            if (quote.isEmpty() || !text.startsWith(quote, at - quote.length())) {
                continue;
            }
            int colon = passSpace(at + name.length() + quote.length());
            if (colon == text.length() || text.charAt(colon) != ':') {
                continue;
            }
            int begin = passSpace(colon + 1);
            shown.append(text, from, begin)
                    .append(quote)
                    .append(Redaction.SHOWN)
                    .append(quote);
            from = end(begin, quote);
        }
        return shown.append(text, from, text.length()).toString();
    }

    /** A quotation mark, or one as it stands within a text; empty where there is none. */
    private String quoteAt(int at) {
        return text.startsWith("\"", at) ? "\"" : text.startsWith("\\\"", at) ? "\\\"" : "";
    }

    private int passSpace(int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Behind the value that begins there; the text's end where it is cut short. */
    private int end(int begin, String quote) {
        int depth = 0;
        int at = begin;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (text.startsWith(quote, at)) {
                at = endOfString(at + quote.length(), quote);
                if (depth == 0) {
                    return at;
                }
                continue;
            }
            boolean closes = c == '}' || c == ']';
            if (depth == 0 && (closes || c == ',' || c == '\'' || Character.isWhitespace(c))) {
                return at;
            }
            depth += c == '{' || c == '[' ? 1 : closes ? -1 : 0;
            at++;
            if (closes && depth == 0) {
                return at;
            }
        }
        return at;
    }

    private int endOfString(int begin, String quote) {
        int at = begin;
        while (at < text.length()) {
            if (text.startsWith(quote, at)) {
                return at + quote.length();
            }
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return text.length();
    }
}
