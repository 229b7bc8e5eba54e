package dev.reprise.workflow;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A workflow's file as it was read last.
 *
 * @param name the workflow's name: the file's, without {@code .asl.json} or {@code .json}
 * @param workflow what can run; null when it cannot
 * @param errors what keeps it from running, a line each, with file and place
 * @param warnings what is doubtful, in the same form
 */
public record WorkflowFile(
        String name, Path path, @Nullable Workflow workflow, List<String> errors, List<String> warnings) {
    public WorkflowFile {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }
}
