package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.query.Environment;
import dev.reprise.query.Expression;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The most frequent kind of expression, a path of plain names such as {@code $states.input.order.id}, followed without
 * the JSONata engine and without a copy. It says what the engine would
 * say as long as it meets no array on its way, over which the engine maps.
 *
 * @param root the variable that the path starts from
 * @param names the steps after it
 * @param engine answers where an array is on the way
 */
record PlainPath(String expression, String location, String root, List<String> names, Expression engine)
        implements Expression {

    private static final Pattern PATH = Pattern.compile("\\$([A-Za-z_]\\w*)((?:\\.[A-Za-z_]\\w*)*)");

    /** Words that are operators of JSONata, not names, in some places. */
    private static final List<String> OPERATORS = List.of("and", "or", "in");

    /** Null when {@code expression} is of another kind. */
    static @Nullable PlainPath parse(String expression, String location, Expression engine) {
        Matcher path = PATH.matcher(expression);
        if (!path.matches()) {
            return null;
        }
        String root = path.group(1);
        List<String> names = path.group(2).isEmpty()
                ? List.of()
                : List.of(path.group(2).substring(1).split("\\."));
        boolean statesItself = root.equals("states") && names.isEmpty();
        return statesItself || names.stream().anyMatch(OPERATORS::contains)
                ? null
                : new PlainPath(expression, location, root, names, engine);
    }

    @Override
    public JsonNode evaluate(Environment environment) {
        boolean states = root.equals("states");
        JsonNode node = states ? StatesObject.value(environment, names.get(0)) : environment.variable(root);
        for (int i = states ? 1 : 0; node != null && i < names.size(); i++) {
            if (node.isArray()) {
                return engine.evaluate(environment);
            }
            node = node.get(names.get(i));
        }
        if (node == null) {
            throw Failures.undefined(expression, location);
        }
        return node;
    }
}
