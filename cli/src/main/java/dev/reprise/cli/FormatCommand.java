package dev.reprise.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lays files of JSON out. */
@Command(
        name = "fmt",
        description = "Lays out files of JSON: definitions, inputs, tests. Order and numbers stay as they are.",
        footer = {
            "",
            "Example: reprise fmt workflows/*.json",
            "Exit code 1 with --check when a file is laid out otherwise."
        })
final class FormatCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "FILE")
    List<Path> files;

    @Option(names = "--check", description = "Changes nothing, and tells which files would be changed.")
    boolean check;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        int exitCode = ExitCode.OK;
        for (Path file : files) {
            String before = JsonText.read(file);
            String after;
            try {
                after = JsonFormatter.format(before);
            } catch (CommandException e) {
                throw new CommandException(file + ": " + e.getMessage());
            }
            if (!after.equals(before)) {
                out.println(check ? file + " would be changed" : file.toString());
                if (check) {
                    exitCode = ExitCode.PROBLEMS;
                } else {
                    JsonText.write(file, after);
                }
            }
        }
        return exitCode;
    }
}
