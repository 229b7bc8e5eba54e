package dev.reprise.query.jsonpath;

import java.util.ArrayList;
import java.util.List;

/** Reads one step in brackets. What kind it is, its first character that is no blank says. */
final class BracketParser {

    private final String text;
    private final boolean last;
    private final boolean inFilter;
    private int at = 1;

    /**
     * @param text with its brackets
     * @param last whether the path ends with it
     * @param inFilter whether it stands in a filter, where another has no place
     */
    BracketParser(String text, boolean last, boolean inFilter) {
        this.text = text;
        this.last = last;
        this.inFilter = inFilter;
    }

    PathStep step() {
        if (text.equals("[*]")) {
            return new PathStep.Wildcard();
        }
        while (peek() == ' ' || peek() == '(') {
            at++;
        }
        char first = peek();
        return switch (first) {
            case '?' -> filter();
            case '\'' -> members();
            case '@' -> fromEnd();
            case '"' -> throw new IllegalArgumentException("a name in brackets stands in single quotes");
            default -> {
                if (!Character.isDigit(first) && first != ':' && first != '-') {
                    throw new IllegalArgumentException("'" + text + "' is no step");
                }
                yield elements();
            }
        };
    }

    private char peek() {
        if (at >= text.length()) {
            throw new IllegalArgumentException("a bracket is not closed");
        }
        return text.charAt(at);
    }

    /** Quotes are not escaped: a backslash is a character of the name. What stands between names does not count. */
    private PathStep members() {
        List<String> names = new ArrayList<>();
        while (peek() != ']') {
            if (peek() == '\'') {
                int start = ++at;
                while (peek() != '\'' && peek() != ']') {
                    at++;
                }
                if (peek() == ']') {
                    break;
                }
                names.add(text.substring(start, at));
            }
            at++;
        }
        return switch (names.size()) {
            case 0 -> throw new IllegalArgumentException("'" + text + "' holds no name");
            case 1 -> new PathStep.Member(names.getFirst());
            default -> new PathStep.Members(names, true);
        };
    }

    /** {@code (@.length-1)} or {@code (@.size()-1)}, with blanks anywhere. */
    private PathStep fromEnd() {
        at += 2;
        String function = until('-', " ()");
        if (!function.equals("length") && !function.equals("size")) {
            throw new IllegalArgumentException("only @.length and @.size() stand for an index, less a number");
        }
        int offset = Integer.parseInt(until(')', " "));
        end();
        return new PathStep.FromEnd(offset);
    }

    /** The characters up to {@code end}, without those of {@code skipped}. */
    private String until(char end, String skipped) {
        StringBuilder read = new StringBuilder();
        while (peek() != end) {
            if (skipped.indexOf(peek()) < 0) {
                read.append(peek());
            }
            at++;
        }
        return read.toString();
    }

    /** {@code 1}, {@code 1,2}, {@code 1:}, {@code :2} or {@code 1:2}, with blanks anywhere. */
    private PathStep elements() {
        String first = number();
        PathStep step = switch (peek()) {
            case ',' -> list(first);
            case ':' -> {
                at++;
                String to = number();
                yield first.isEmpty()
                        ? new PathStep.Slice(null, Integer.valueOf(to))
                        : new PathStep.Slice(Integer.valueOf(first), to.isEmpty() ? null : Integer.valueOf(to));
            }
            default -> new PathStep.Element(Integer.parseInt(first));
        };
        end();
        return step;
    }

    private PathStep list(String first) {
        List<Integer> indexes = new ArrayList<>();
        indexes.add(Integer.valueOf(first));
        while (peek() == ',') {
            at++;
            String next = number();
            if (next.isEmpty() && peek() == ']') {
                break;
            }
            indexes.add(Integer.valueOf(next));
        }
        return indexes.size() == 1 ? new PathStep.Element(indexes.getFirst()) : new PathStep.Elements(indexes);
    }

    private String number() {
        StringBuilder number = new StringBuilder();
        while (Character.isDigit(peek()) || peek() == '-' || peek() == ' ') {
            if (peek() != ' ') {
                number.append(peek());
            }
            at++;
        }
        return number.toString();
    }

    private void end() {
        while (peek() == ' ' || peek() == ')') {
            at++;
        }
        if (peek() != ']') {
            throw new IllegalArgumentException("'" + text + "' is no step");
        }
    }

    /** A filter ends with the first bracket that stands outside of its parentheses and of its texts. */
    private PathStep filter() {
        if (inFilter) {
            throw new IllegalArgumentException("a filter stands in another");
        }
        if (!text.substring(1, at).isBlank()) {
            throw new IllegalArgumentException("a filter stands in [?( and )]");
        }
        int end = endOfFilter();
        if (end < text.length() && !(last && text.substring(end).isBlank())) {
            throw new IllegalArgumentException("nothing may follow the filter '" + text.substring(0, end)
                    + "', whose texts hold brackets that are not in pairs");
        }
        return new PathStep.Filtered(FilterParser.parse(text.substring(0, end)));
    }

    private int endOfFilter() {
        boolean quoted = false;
        int parentheses = 0;
        int brackets = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' && (i == 0 || text.charAt(i - 1) != '\\')) {
                quoted = !quoted;
            } else if (!quoted) {
                switch (c) {
                    case '(' -> parentheses++;
                    case ')' -> parentheses--;
                    case '[' -> brackets++;
                    case ']' -> {
                        brackets--;
                        if (parentheses == 0) {
                            if (brackets != 0) {
                                throw new IllegalArgumentException("the brackets of a filter are not in pairs");
                            }
                            return i + 1;
                        }
                    }
                    default -> {}
                }
            }
        }
        throw new IllegalArgumentException("a filter is not closed");
    }
}
