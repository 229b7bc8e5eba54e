package dev.reprise.asl.parser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.Body;
import dev.reprise.asl.DefinitionText;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.asl.RedactedPath;
import dev.reprise.asl.State;
import dev.reprise.asl.StateMachine;
import dev.reprise.asl.StateMachine.Durability;
import java.time.Duration;
import java.time.Period;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Makes the records of a definition that has been checked and found without error; so nothing here looks twice. */
final class MachineBuilder {

    private final ObjectNode definition;
    private final QueryLanguage language;

    MachineBuilder(ObjectNode definition) {
        this.definition = definition;
        this.language = QueryLanguages.ofMachine(definition);
    }

    StateMachine machine(DefinitionText source) {
        Fields fields = new Fields(definition, language);
        Fields block = fields.inner("Reprise");
        long timeout = definition.path("TimeoutSeconds").longValue();
        String retention = block.text("Retention");
        return new StateMachine(
                fields.text("Comment"),
                language,
                timeout == 0 ? null : Duration.ofSeconds(timeout),
                body(definition),
                block.choice("Durability", Durability.JOURNALED),
                retention == null ? StateMachine.DEFAULT_RETENTION : Period.parse(retention),
                source,
                definition.path("Reprise").get("Labels"),
                definition
                        .path("Reprise")
                        .path("Redact")
                        .valueStream()
                        .map(path -> Objects.requireNonNull(RedactedPath.parse(path.textValue())))
                        .toList());
    }

    /** The states of a machine, a branch or an item processor. */
    Body body(JsonNode body) {
        Map<String, State> states = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> state : body.path("States").properties()) {
            states.put(state.getKey(), state(state.getKey(), (ObjectNode) state.getValue()));
        }
        return new Body(body.path("StartAt").asText(), states);
    }

    private State state(String name, ObjectNode state) {
        Fields fields = new Fields(state, QueryLanguages.ofState(state, language));
        return new StateBuilder(this, name, fields).state();
    }
}
