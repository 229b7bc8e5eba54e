package dev.reprise.testing.teststate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.core.StateTrial.Status;
import org.jspecify.annotations.Nullable;

/**
 * What became of the state.
 *
 * @param status how it ended
 * @param output what the next state would get; null when there is none
 * @param error the error's name, handled or not; null when there is none
 * @param cause what caused it; null when that is not known
 * @param nextState where the machine goes on; null when it does not
 * @param inspectionData the state's data at each stage; null at level {@code INFO}
 */
public record TestStateResponse(
        Status status,
        @Nullable JsonNode output,
        @Nullable String error,
        @Nullable String cause,
        @Nullable String nextState,
        @Nullable InspectionData inspectionData) {

    /** The body of the answer, in which JSON stands as text. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (output != null) {
            json.put("output", output.toString());
        }
        put(json, "error", error);
        put(json, "cause", cause);
        if (inspectionData != null) {
            json.set("inspectionData", inspectionData.toJson());
        }
        put(json, "nextState", nextState);
        return json.put("status", status.name());
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
