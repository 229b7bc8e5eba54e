package dev.reprise.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.reprise.workflow.Workflow;
import java.nio.file.Path;

/** A definition's text as JSON, whether it is written as such or as YAML. */
final class DefinitionJson {

    private DefinitionJson() {}

    /** With its tokens replaced. */
    static JsonNode read(Workflow workflow) {
        return read(workflow.definition().text());
    }

    /** As it is written, tokens and all. */
    static JsonNode read(Path file) {
        return read(JsonText.read(file));
    }

    private static JsonNode read(String text) {
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
