package dev.reprise.local;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.workflow.WorkflowFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commands that can be tried as they stand. */
final class Samples {

    /** A sample input up to this length is shown. */
    private static final int SHORT = 120;

    /** Ends the shell's argument that the event stands in. */
    private static final char QUOTE = '\'';

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Samples() {}

    /** Sends an event. */
    static String curl(String event, String host) {
        return "curl -d '" + event + "' " + host;
    }

    /** Starts a workflow with its sample input, if that is short; null for any workflow. */
    static String start(@Nullable WorkflowFile file, String host) {
        String name = file == null ? "hello" : file.name();
        String input = file == null ? null : input(file);
        String shown = input == null || input.length() > SHORT ? "{}" : input;
        String event = "{\"workflow\": " + JsonNodeFactory.instance.textNode(name) + ", \"input\": " + shown + "}";
        return curl(event.indexOf(QUOTE) < 0 ? event : event.replace("'", "'\\''"), host);
    }

    /** The workflow whose sample input is the shortest; null when none can run. */
    static @Nullable WorkflowFile example(List<WorkflowFile> files) {
        return files.stream()
                .filter(file -> file.workflow() != null)
                .min(Comparator.comparingInt(file -> {
                    String input = input(file);
                    return input == null ? Integer.MAX_VALUE : input.length();
                }))
                .orElse(null);
    }

    /** The example's name. */
    static String name(List<WorkflowFile> files) {
        WorkflowFile example = example(files);
        return example == null ? "hello" : example.name();
    }

    private static @Nullable String input(WorkflowFile file) {
        Path sample = file.path().resolveSibling(file.name() + ".input.json");
        try {
            return Files.isRegularFile(sample) ? JSON.readTree(sample.toFile()).toString() : null;
        } catch (IOException e) {
            return null;
        }
    }
}
