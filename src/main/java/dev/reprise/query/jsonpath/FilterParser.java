package dev.reprise.query.jsonpath;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what stands in {@code [?(…)]}, as json-path 2.0.0 does: the text is cut at every {@code &&} and {@code ||},
 * each part at its first comparison, and what is neither a path, nor quoted, nor a pattern is a text as it stands.
 * Parentheses group nothing.
 */
final class FilterParser {

    private static final String AND = "&&";
    private static final String OR = "||";
    private static final String MATCHES = "=~";

    private final String text;

    private FilterParser(String text) {
        this.text = text;
    }

    /**
     * Reads a filter.
     *
     * @param text with its brackets
     * @throws IllegalArgumentException when it is none
     */
    static Filter parse(String text) {
        String inside = text.substring(1, text.length() - 1).trim().substring(1).trim();
        if (inside.length() < 2 || !inside.startsWith("(") || !inside.endsWith(")")) {
            throw new IllegalArgumentException("a filter stands in [?( and )]");
        }
        return new FilterParser(inside.substring(1, inside.length() - 1).trim()).filter();
    }

    /** The last criterion is asked first. */
    private Filter filter() {
        List<List<Criterion>> alternatives = new ArrayList<>();
        List<Criterion> criteria = new ArrayList<>();
        boolean wanted = true;
        for (String part : parts()) {
            boolean operator = part.equals(AND) || part.equals(OR);
            if (operator == wanted) {
                throw wrong("a criterion is missing beside && or ||");
            }
            wanted = operator;
            if (part.equals(OR)) {
                alternatives.add(criteria);
                criteria = new ArrayList<>();
            } else if (!operator) {
                criteria.add(criterion(withoutBrackets(part)));
            }
        }
        if (wanted) {
            throw wrong("a criterion is missing beside && or ||");
        }
        alternatives.add(criteria);
        alternatives.forEach(Collections::reverse);
        Collections.reverse(alternatives);
        return new Filter(alternatives);
    }

    /** The text cut before and behind every operator. */
    private List<String> parts() {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 1; i < text.length(); i++) {
            if (isOperator(i) || (i >= 2 && isOperator(i - 2))) {
                parts.add(text.substring(start, i).trim());
                start = i;
            }
        }
        parts.add(text.substring(start).trim());
        return parts;
    }

    private boolean isOperator(int at) {
        return text.startsWith(AND, at) || text.startsWith(OR, at);
    }

    private String withoutBrackets(String part) {
        int begin = 0;
        int end = part.length();
        while (begin < end && "[?( ".indexOf(part.charAt(begin)) >= 0) {
            begin++;
        }
        while (end > begin && ") ".indexOf(part.charAt(end - 1)) >= 0) {
            end--;
        }
        if (begin == end) {
            throw wrong("a criterion is empty");
        }
        return part.substring(begin, end);
    }

    private Criterion criterion(String criterion) {
        for (ComparisonSign sign : ComparisonSign.values()) {
            int at = criterion.indexOf(sign.sign());
            if (at >= 0) {
                return new Criterion.Compares(
                        left(criterion, at),
                        sign,
                        right(criterion, at + sign.sign().length()));
            }
        }
        int at = criterion.indexOf(MATCHES);
        if (at >= 0) {
            return new Criterion.Matches(left(criterion, at), right(criterion, at + MATCHES.length()));
        }
        if (!isPath(criterion)) {
            throw wrong("'" + criterion + "' is no criterion");
        }
        DefiniteSelector path = path(withoutNegation(criterion)).path();
        return new Criterion.Exists(path, path.lastMembers(), criterion.charAt(0) != '!');
    }

    private Operand left(String criterion, int end) {
        return operand(withoutNegation(criterion.substring(0, end).trim()));
    }

    private Operand right(String criterion, int start) {
        String operand = criterion.substring(start).trim();
        if (operand.startsWith("!@")) {
            throw wrong("only the existence of a path can be negated");
        }
        return operand(operand);
    }

    private static String withoutNegation(String operand) {
        return operand.startsWith("!@") ? operand.substring(1) : operand;
    }

    private static boolean isPath(String operand) {
        return operand.startsWith("$") || operand.startsWith("@") || operand.startsWith("!@");
    }

    private Operand operand(String operand) {
        if (isPath(operand)) {
            return path(operand);
        }
        int last = operand.length() - 1;
        if (last >= 0 && operand.charAt(0) == '\'' && operand.charAt(last) == '\'') {
            if (last == 0) {
                throw wrong("a text has no end");
            }
            return new Operand.Text(TextNode.valueOf(operand.substring(1, last)));
        }
        RegularExpression pattern = pattern(operand, last);
        return pattern != null ? new Operand.Pattern(pattern) : new Operand.Text(TextNode.valueOf(operand));
    }

    private @Nullable RegularExpression pattern(String operand, int last) {
        if (last < 0 || operand.charAt(0) != '/') {
            return null;
        }
        boolean ignoringCase = last > 0 && operand.charAt(last) == 'i' && operand.charAt(last - 1) == '/';
        if (operand.charAt(last) != '/' && !ignoringCase) {
            return null;
        }
        int end = ignoringCase ? last - 1 : last;
        if (end == 0) {
            throw wrong("a regular expression stands between two slashes");
        }
        return RegularExpression.compile(operand.substring(1, end), ignoringCase);
    }

    private Operand.Selected path(String path) {
        List<PathStep.Definite> steps = new ArrayList<>();
        for (PathStep step : PathParser.parseInFilter("$" + path.substring(1))) {
            if (!(step instanceof PathStep.Definite definite)) {
                throw wrong("the path '" + path + "' in it may select more than one value");
            }
            steps.add(definite);
        }
        return new Operand.Selected(new DefiniteSelector(steps), path.charAt(0) == '$');
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("in its filter '" + text + "' " + what);
    }
}
