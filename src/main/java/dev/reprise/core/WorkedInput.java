package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What a Map works on: its input, after {@code InputPath}. Each item may ask for it, and the path may look at all of
 * them, so it is found once for all. It stays the same as long as the Map's work lasts: nothing that a path may refer
 * to changes meanwhile.
 */
final class WorkedInput {

    private final Scope scope;
    private final Execution execution;
    private @Nullable JsonNode value;

    /** One that is found when it is first asked for. */
    WorkedInput(Scope scope, Execution execution) {
        this.scope = scope;
        this.execution = execution;
    }

    JsonNode value() {
        JsonNode found = value;
        if (found == null) {
            found = scope.state.flow.workOn(scope, execution);
            value = found;
        }
        return found;
    }
}
