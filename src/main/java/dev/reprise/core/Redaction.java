package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.asl.RedactedPath;
import dev.reprise.asl.StateMachine;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.StatesError;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts {@value #SHOWN} in place of what nobody is to see of one execution, wherever its data are shown: what a path of
 * {@code Reprise.Redact} leads to in a value, and what one leads to in the execution's input, wherever else that turns
 * up, in a text too. Changes no value that it is given. Immutable.
 */
public final class Redaction {

    /** What is shown in place of a value. */
    public static final String SHOWN = "***";

    /** Shows everything. */
    public static final Redaction NONE = new Redaction(List.of(), Set.of());

    /** Shows nothing: of a definition that cannot be read nobody knows what is to be hidden. */
    public static final Redaction ALL = new Redaction(List.of(new RedactedPath(List.of())), Set.of());

    /** What is shorter turns up by chance, and would hide what it is not. */
    private static final int SHORTEST = 4;

    private static final JsonNode HIDDEN = TextNode.valueOf(SHOWN);

    private final List<RedactedPath> paths;
    private final Set<String> secrets;

    /** The secrets by their first characters, then by their lengths, the longest first. */
    private final Map<String, Map<Integer, Set<String>>> byBeginning = new HashMap<>();

    private Redaction(List<RedactedPath> paths, Set<String> secrets) {
        this.paths = paths;
        this.secrets = secrets;
        for (String secret : secrets) {
            byBeginning
                    .computeIfAbsent(secret.substring(0, SHORTEST), unused -> new TreeMap<>(Comparator.reverseOrder()))
                    .computeIfAbsent(secret.length(), unused -> new HashSet<>())
                    .add(secret);
        }
    }

    /** What is to be hidden of an execution with that input. */
    public static Redaction of(StateMachine machine, JsonNode input) {
        if (machine.redacted().isEmpty()) {
            return NONE;
        }
        Set<String> secrets = new HashSet<>();
        machine.redacted()
                .forEach(path -> change(input, path, 0, found -> {
                    collect(found, secrets);
                    return found;
                }));
        return new Redaction(machine.redacted(), secrets);
    }

    private static void collect(JsonNode value, Set<String> secrets) {
        if (value.isContainerNode()) {
            value.forEach(inner -> collect(inner, secrets));
        } else if (value.isTextual() || value.isNumber()) {
            String text = value.asText();
            if (text.length() >= SHORTEST) {
                secrets.add(text);
                String escaped = TextNode.valueOf(text).toString();
                secrets.add(escaped.substring(1, escaped.length() - 1));
            }
        }
    }

    /** Whether it hides anything. */
    public boolean hides() {
        return !paths.isEmpty();
    }

    /** A value as it may be shown. */
    public JsonNode value(JsonNode value) {
        JsonNode shown = value;
        for (RedactedPath path : paths) {
            shown = change(shown, path, 0, found -> HIDDEN);
        }
        return secrets.isEmpty() ? shown : withoutSecrets(shown);
    }

    /** What stands at a path's end is given to {@code changing}; the same value when that changes nothing. */
    @SuppressWarnings("ReferenceEquality")
    private static JsonNode change(JsonNode value, RedactedPath path, int at, Function<JsonNode, JsonNode> changing) {
        if (at == path.steps().size()) {
            return changing.apply(value);
        }
        Optional<String> name = path.steps().get(at);
        if (value instanceof ArrayNode array && name.isEmpty()) {
            return members(array, inner -> change(inner, path, at + 1, changing));
        }
        if (!(value instanceof ObjectNode object)) {
            return value;
        }
        if (name.isEmpty()) {
            return members(object, inner -> change(inner, path, at + 1, changing));
        }
        JsonNode member = object.get(name.get());
        JsonNode changed = member == null ? null : change(member, path, at + 1, changing);
        if (changed == member) {
            return value;
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        copy.setAll(object);
        return copy.set(name.get(), changed);
    }

    @SuppressWarnings("ReferenceEquality")
    private static JsonNode members(JsonNode value, Function<JsonNode, JsonNode> changing) {
        boolean isSame = true;
        if (value instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
            for (JsonNode inner : array) {
                JsonNode changed = changing.apply(inner);
                isSame &= changed == inner;
                copy.add(changed);
            }
            return isSame ? value : copy;
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            JsonNode changed = changing.apply(member.getValue());
            isSame &= changed == member.getValue();
            copy.set(member.getKey(), changed);
        }
        return isSame ? value : copy;
    }

    private JsonNode withoutSecrets(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> members(value, this::withoutSecrets);
            case OBJECT -> members(withoutSecretNames((ObjectNode) value), this::withoutSecrets);
            case STRING -> {
                String text = text(value.textValue());
                yield text.equals(value.textValue()) ? value : TextNode.valueOf(text);
            }
            case NUMBER -> secrets.contains(value.asText()) ? HIDDEN : value;
            case BOOLEAN, NULL, BINARY, POJO, MISSING -> value;
        };
    }

    private ObjectNode withoutSecretNames(ObjectNode object) {
        if (object.properties().stream()
                .allMatch(member -> text(member.getKey()).equals(member.getKey()))) {
            return object;
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(member -> copy.set(text(member.getKey()), member.getValue()));
        return copy;
    }

    /** A text as it may be shown: without what the input's paths lead to. */
    public String text(String text) {
        if (secrets.isEmpty()) {
            return text;
        }
        StringBuilder shown = null;
        int from = 0;
        for (int at = 0; at + SHORTEST <= text.length(); ) {
            int length = secretAt(text, at);
            if (length == 0) {
                at++;
                continue;
            }
            shown = shown == null ? new StringBuilder() : shown;
            shown.append(text, from, at).append(SHOWN);
            at += length;
            from = at;
        }
        return shown == null ? text : shown.append(text, from, text.length()).toString();
    }

    /** The length of the longest secret that begins there; 0 when none does. */
    private int secretAt(String text, int at) {
        Map<Integer, Set<String>> candidates = byBeginning.get(text.substring(at, at + SHORTEST));
        if (candidates == null) {
            return 0;
        }
        for (Map.Entry<Integer, Set<String>> ofLength : candidates.entrySet()) {
            int end = at + ofLength.getKey();
            if (end <= text.length() && ofLength.getValue().contains(text.substring(at, end))) {
                return ofLength.getKey();
            }
        }
        return 0;
    }

    /** An error's name or cause, which may quote what a state was given. */
    public @Nullable String quoted(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String shown = text(text);
        for (RedactedPath path : paths) {
            String name = path.lastName();
            shown = path.steps().isEmpty() ? SHOWN : name == null ? shown : Quotations.hide(shown, name);
        }
        return shown;
    }

    /** An error as it may be shown. */
    public StatesError error(StatesError error) {
        return hides() ? new StatesError(quoted(error.error()), quoted(error.cause())) : error;
    }

    /** An end as it may be shown. */
    public Outcome outcome(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded(JsonNode output) -> new Outcome.Succeeded(value(output));
            case Outcome.Failed failed -> new Outcome.Failed(error(failed.error()));
            case Outcome.TimedOut timedOut -> timedOut;
            case Outcome.Aborted(String error, String cause) -> new Outcome.Aborted(quoted(error), quoted(cause));
        };
    }

    /** An event of the history as it may be shown. */
    public HistoryEvent event(HistoryEvent event) {
        if (!hides()) {
            return event;
        }
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        event.details().properties().forEach(detail -> details.set(detail.getKey(), detail(detail)));
        return new HistoryEvent(
                event.id(), event.previousId(), event.type(), event.timestamp(), event.scope(), details);
    }

    private JsonNode detail(Map.Entry<String, JsonNode> detail) {
        JsonNode value = detail.getValue();
        return switch (detail.getKey()) {
            case "error", "cause" -> value.isTextual() ? TextNode.valueOf(quoted(value.textValue())) : value;
            case "input", "output", "parameters", "assignedVariables", "summary" -> value(value);
            default -> value.isTextual() ? TextNode.valueOf(text(value.textValue())) : value;
        };
    }
}
