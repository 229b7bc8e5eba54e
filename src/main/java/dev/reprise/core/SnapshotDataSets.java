package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.Effect;
import dev.reprise.execution.ScopePath;
import java.util.function.BiConsumer;

/** Finds the data sets whose items a snapshot needs, and does not repeat. */
final class SnapshotDataSets {

    private final BiConsumer<Effect.ReadItems, String> found;

    /** @param found is given what was read, and its version */
    SnapshotDataSets(BiConsumer<Effect.ReadItems, String> found) {
        this.found = found;
    }

    void find(JsonNode snapshot, BodyProgram body) {
        if (snapshot.has("hasReadItems")) {
            find(snapshot.path("root"), ScopePath.ROOT, body);
        }
    }

    private void find(JsonNode scope, ScopePath path, BodyProgram body) {
        JsonNode fanOut = scope.path("fanOut");
        if (!fanOut.isObject() || !(body.state(scope.path("state").textValue()) instanceof FanOutBehaviour state)) {
            return;
        }
        JsonNode dataSet = fanOut.path("dataSet");
        if (dataSet.isObject()) {
            found.accept(
                    SnapshotEffects.readRequest(dataSet.path("read"), path, (MapBehaviour) state),
                    dataSet.path("version").asText());
        }
        for (JsonNode child : fanOut.path("running")) {
            int index = SnapshotNumbers.count(child, "index");
            ScopePath at = path.child(state.name, SnapshotNumbers.count(fanOut, "visit"), index);
            find(child.path("scope"), at, state.childBody(index));
        }
    }
}
