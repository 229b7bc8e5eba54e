package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.query.Environment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The reserved variable {@code $states}. Its parts are asked for when an expression looks at them: the context object
 * costs something to build.
 */
@SuppressWarnings({"serial", "unchecked"})
final class StatesObject extends JsonataObject {

    private static final List<String> NAMES = List.of("input", "result", "errorOutput", "context");

    private final transient Environment environment;
    private boolean whole;

    StatesObject(Environment environment) {
        this.environment = environment;
    }

    /** {@code $states.name}; null where there is none. */
    static @Nullable JsonNode value(Environment environment, String name) {
        return switch (name) {
            case "input" -> environment.input();
            case "result" -> environment.result();
            case "errorOutput" -> environment.errorOutput();
            case "context" -> environment.context();
            default -> null;
        };
    }

    @Override
    public @Nullable JsonNode get(String name) {
        return value(environment, name);
    }

    @Override
    public int size() {
        return all().size();
    }

    @Override
    public Set<Map.Entry<String, JsonNode>> properties() {
        return all().entrySet();
    }

    /** Every part that there is. */
    Map<String, JsonNode> all() {
        if (!whole) {
            whole = true;
            for (String name : NAMES) {
                JsonNode value = value(environment, name);
                if (value != null) {
                    members().put(name, value);
                }
            }
        }
        return members();
    }
}
