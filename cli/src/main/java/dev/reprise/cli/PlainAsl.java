package dev.reprise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Takes out of a definition what only Reprise has, and says in ASL what ASL can say. */
final class PlainAsl {

    private static final String BLOCK = "Reprise";

    /** Fields of the block that are ASL's own on a Map. */
    private static final List<String> OWN_ON_A_MAP = List.of("ToleratedFailureCount", "ToleratedFailurePercentage");

    private final Map<String, String> resources;
    private final List<String> lost = new ArrayList<>();

    /** @param resources what stands for resources that AWS does not have */
    PlainAsl(Map<String, String> resources) {
        this.resources = resources;
    }

    /** What could not be said, a line each. */
    List<String> lost() {
        return lost;
    }

    JsonNode of(JsonNode definition) {
        JsonNode copy = definition.deepCopy();
        if (copy instanceof ObjectNode machine) {
            dropBlock(machine, "", false);
            states(machine, "");
        }
        return copy;
    }

    private void states(JsonNode body, String pointer) {
        body.path("States").properties().forEach(each -> {
            if (each.getValue() instanceof ObjectNode state) {
                state(
                        state,
                        pointer + "/States/" + each.getKey().replace("~", "~0").replace("/", "~1"));
            }
        });
    }

    private void state(ObjectNode state, String pointer) {
        String type = state.path("Type").asText();
        dropBlock(state, pointer, type.equals("Map"));
        if (state.path("Resource").isTextual()) {
            resource(state, pointer);
        }
        states(state.path("ItemProcessor"), pointer + "/ItemProcessor");
        states(state.path("Iterator"), pointer + "/Iterator");
        if (state.get("Branches") instanceof ArrayNode branches) {
            for (int i = 0; i < branches.size(); i++) {
                states(branches.get(i), pointer + "/Branches/" + i);
            }
        }
    }

    private void dropBlock(ObjectNode owner, String pointer, boolean isMap) {
        JsonNode block = owner.remove(BLOCK);
        if (block == null) {
            return;
        }
        block.properties().forEach(field -> {
            String name = field.getKey();
            boolean isOwn = isMap && OWN_ON_A_MAP.contains(name) && !owner.has(name);
            boolean changesNothing = field.getValue().equals(neutral(name));
            if (isOwn) {
                owner.set(name, field.getValue());
            } else if (!changesNothing) {
                lost.add(pointer + "/" + BLOCK + "/" + name + ": ASL cannot say this");
            }
        });
    }

    /** What a field says where it stands for what ASL does anyway. */
    private static JsonNode neutral(String name) {
        return switch (name) {
            case "CaptureErrors" -> BooleanNode.FALSE;
            case "Result" -> TextNode.valueOf("VALUES");
            case "Nesting" -> TextNode.valueOf("NESTED");
            case "Durability" -> TextNode.valueOf("JOURNALED");
            default -> MissingNode.getInstance();
        };
    }

    private void resource(ObjectNode state, String pointer) {
        String resource = state.path("Resource").textValue();
        String other = resources.get(resource);
        if (other != null) {
            state.put("Resource", other);
        } else if (resource.startsWith("task:")) {
            lost.add(pointer + "/Resource: " + resource
                    + " is a task of this function; say what stands for it: --resource " + resource + "=ARN");
        }
    }
}
