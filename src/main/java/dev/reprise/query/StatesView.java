package dev.reprise.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The reserved variable {@code $states}. Its parts are asked for when an expression looks at them: the context object costs something to build. */
final class StatesView extends AbstractMap<String, Object> {

    private static final List<String> NAMES = List.of("input", "result", "errorOutput", "context");

    private final Environment environment;

    StatesView(Environment environment) {
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
    public @Nullable Object get(@Nullable Object name) {
        JsonNode value = value(environment, String.valueOf(name));
        return value == null ? null : JsonataValues.view(value);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return value(environment, String.valueOf(name)) != null;
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        Map<String, Object> entries = new LinkedHashMap<>();
        for (String name : NAMES) {
            JsonNode value = value(environment, name);
            if (value != null) {
                entries.put(name, JsonataValues.view(value));
            }
        }
        return entries.entrySet();
    }
}
