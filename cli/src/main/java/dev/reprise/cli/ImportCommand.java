package dev.reprise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a workflow's file of a state machine. */
@Command(
        name = "import",
        description = {
            "Makes NAME.asl.json of a state machine: of the answer of DescribeStateMachine, or of a definition.",
            "Tells what Reprise does not run as it is."
        },
        footer = {
            "",
            "Example: aws stepfunctions describe-state-machine --state-machine-arn ARN | reprise import -",
            "Exit code 1 when the definition has errors; the file is written all the same."
        })
final class ImportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "A file, or - for standard input.")
    String source;

    @Option(
            names = "--folder",
            defaultValue = "workflows",
            description = "Where the file is written; workflows by default.")
    Path folder;

    @Option(names = "--name", description = "The workflow's name; that of the state machine by default.")
    @Nullable
    String name;

    @Option(names = "--force", description = "Writes over a file that is there.")
    boolean force;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        JsonNode read = JsonText.argument("import", source.equals("-") ? "-" : "@" + source);
        JsonNode definition = read.has("definition")
                ? JsonText.parse(
                        "the member definition", read.path("definition").asText())
                : read;
        if (!definition.has("States")) {
            throw new CommandException(
                    "There is no definition in it: an object with States is expected, or the answer of"
                            + " DescribeStateMachine");
        }
        String chosen = name != null ? name : read.path("name").asText("");
        if (chosen.isEmpty()) {
            throw new CommandException(ExitCode.USAGE, "Give it a name: --name NAME");
        }
        Path file = folder.resolve(chosen + ".asl.json");
        if (Files.exists(file) && !force) {
            throw new CommandException(file + " is there already; --force writes over it");
        }
        JsonText.write(file, JsonText.pretty(definition));
        spec.commandLine().getOut().println(file);
        var checked = Definitions.file(file, Map.of());
        checked.errors().forEach(spec.commandLine().getErr()::println);
        checked.warnings().forEach(spec.commandLine().getErr()::println);
        return checked.errors().isEmpty() ? ExitCode.OK : ExitCode.PROBLEMS;
    }
}
