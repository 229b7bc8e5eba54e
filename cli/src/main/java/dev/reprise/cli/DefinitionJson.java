package dev.reprise.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.reprise.workflow.Workflow;

/** A definition's text as JSON, whether it is written as such or as YAML. */
final class DefinitionJson {

    private DefinitionJson() {}

    static JsonNode read(Workflow workflow) {
        String text = workflow.definition().text();
        try {
            return JsonText.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            try {
                return new YAMLMapper().readTree(text);
            } catch (JsonProcessingException inYaml) {
                throw new CommandException("Cannot read the definition again: " + inYaml.getOriginalMessage());
            }
        }
    }
}
