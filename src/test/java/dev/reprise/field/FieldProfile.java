package dev.reprise.field;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The function as it is, with the published definitions for its workflows. */
public class FieldProfile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        Path folder = FieldDefinition.folder();
        if (!Files.isRegularFile(folder.resolve("index.json"))) {
            return Map.of();
        }
        try {
            Path target = Files.createDirectories(Path.of("target"));
            Path workflows = Files.createTempDirectory(target, "field-").toAbsolutePath();
            FieldDefinition.readAll(folder).forEach(definition -> definition.placeIn(workflows));
            return Map.of("reprise.workflows", workflows.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
