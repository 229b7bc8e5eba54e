package dev.reprise.local;

import dev.reprise.workflow.WorkflowFile;
import java.nio.file.Path;
import java.util.List;

/** What dev mode prints once it has started: the workflows, and how to run one. */
final class Banner {

    private Banner() {}

    /**
     * The text.
     *
     * @param waiting executions that were under way when the last run ended
     * @param port where the server listens
     * @param stepFunctionsPort where clients of the Step Functions API ask
     */
    static String of(Path folder, List<WorkflowFile> files, int waiting, int port, int stepFunctionsPort) {
        String host = "localhost:" + port;
        StringBuilder text = new StringBuilder("\n\n").append(workflows(folder, files));
        text.append("\nAdd or edit a file at any time; the next run takes it as it is then.\n");
        if (waiting > 0) {
            text.append(goingOn(waiting)).append('\n');
        }
        WorkflowFile example = Samples.example(files);
        if (example != null) {
            text.append("\nRun one:\n\n  ")
                    .append(Samples.start(example, host))
                    .append("\n\nHow runs of it stand:\n\n  ")
                    .append(Samples.curl("{\"list\": \"" + example.name() + "\"}", host))
                    .append('\n');
        }
        text.append("\nHave AWS's command line and SDKs ask here:\n\n  export AWS_ENDPOINT_URL_SFN=http://127.0.0.1:")
                .append(stepFunctionsPort)
                .append("\n  export AWS_DISABLE_HOST_PREFIX_INJECTION=true\n");
        return text.append("\nWhat else is here: http://")
                .append(host)
                .append('\n')
                .toString();
    }

    /** The workflows, a line each. */
    static String workflows(Path folder, List<WorkflowFile> files) {
        StringBuilder text = new StringBuilder("Workflows in " + folder + "\n\n");
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
        return text.toString();
    }

    /** What is said of executions that wait, or were under way. */
    static String goingOn(int waiting) {
        return waiting + (waiting == 1 ? " execution goes" : " executions go") + " on from before.";
    }

    private static String state(WorkflowFile file) {
        if (file.workflow() == null) {
            return "cannot run: " + file.errors().getFirst()
                    + (file.errors().size() > 1 ? " (and " + (file.errors().size() - 1) + " more, see above)" : "");
        }
        return file.warnings().isEmpty() ? "" : "has warnings, see above";
    }
}
