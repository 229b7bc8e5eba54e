package dev.reprise.local;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.reprise.workflow.WorkflowFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What dev mode prints once it has started: the workflows, and how to run one. */
final class Banner {

    /** A sample input up to this length is shown. */
    private static final int SHORT = 120;

    /** Ends the shell's argument that the input stands in. */
    private static final char QUOTE = '\'';

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Banner() {}

    /**
     * The text.
     *
     * @param waiting executions that were under way when the last run ended
     * @param port where the local event server listens
     */
    static String of(Path folder, List<WorkflowFile> files, int waiting, int port) {
        StringBuilder text = new StringBuilder("\n\nWorkflows in " + folder + "\n\n");
        int width = files.stream().mapToInt(file -> file.name().length()).max().orElse(0);
        for (WorkflowFile file : files) {
            text.append(("  %-" + Math.max(width, 1) + "s  %s")
                            .formatted(file.name(), state(file))
                            .stripTrailing())
                    .append('\n');
        }
        if (files.isEmpty()) {
            text.append("  none yet: write one as hello.asl.json\n");
        }
        text.append("\nAdd or edit a file at any time; the next run takes it as it is then.\n");
        if (waiting > 0) {
            text.append(waiting)
                    .append(waiting == 1 ? " execution goes" : " executions go")
                    .append(" on from before.\n");
        }
        example(files)
                .ifPresent(file -> text.append('\n')
                        .append(run(file, port))
                        .append("\n\nHow runs of it stand:\n\n  curl -d '{\"list\": \"")
                        .append(file.name())
                        .append("\"}' localhost:")
                        .append(port)
                        .append('\n'));
        return text.toString();
    }

    private static String state(WorkflowFile file) {
        if (file.workflow() == null) {
            return "cannot run: " + file.errors().getFirst()
                    + (file.errors().size() > 1 ? " (and " + (file.errors().size() - 1) + " more, see above)" : "");
        }
        return file.warnings().isEmpty() ? "" : "has warnings, see above";
    }

    /** The one whose sample input is the shortest. */
    private static Optional<WorkflowFile> example(List<WorkflowFile> files) {
        return files.stream().filter(file -> file.workflow() != null).min(Comparator.comparingInt(file -> {
            String input = sampleInput(file);
            return input == null ? Integer.MAX_VALUE : input.length();
        }));
    }

    private static String run(WorkflowFile file, int port) {
        String input = sampleInput(file);
        String shown = input == null || input.length() > SHORT || input.indexOf(QUOTE) >= 0 ? "{}" : input;
        return "Run one:\n\n  curl -d '{\"workflow\": \"" + file.name() + "\", \"input\": " + shown + "}' localhost:"
                + port;
    }

    private static @Nullable String sampleInput(WorkflowFile file) {
        Path sample = file.path().resolveSibling(file.name() + ".input.json");
        try {
            return Files.isRegularFile(sample) ? JSON.readTree(sample.toFile()).toString() : null;
        } catch (IOException e) {
            return null;
        }
    }
}
