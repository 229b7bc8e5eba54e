package dev.reprise.field;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The function as it is, with the published definitions for its workflows. */
public class FieldProfile implements QuarkusTestProfile {

    /** A workflow beside them, whose tokens have their values from the configuration. */
    static final String CONFIGURED = "configured";

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
            Files.writeString(workflows.resolve(CONFIGURED + ".asl.json"), """
                {"StartAt": "${First}", "States": {"${First}": {"Type": "Pass", "Comment": "${a.name}", "End": true}}}
                """);
            return Map.of(
                    "reprise.workflows",
                    workflows.toString(),
                    "reprise.substitutions.First",
                    "Begin",
                    "reprise.substitutions.\"" + CONFIGURED + "/a.name\"",
                    "said");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
