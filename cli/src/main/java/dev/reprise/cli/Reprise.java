package dev.reprise.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line's first word: everything else is a command below it. */
@Command(
        name = "reprise",
        description = "Checks, runs, tests and looks after Step Functions workflows.",
        footer = {
            "",
            "Example: reprise test workflows",
            "",
            "Exit codes: 0 all is well; 1 what was looked at has problems; 2 the command was not understood; 3 it could"
                    + " not be done."
        },
        subcommands = {
            NewCommand.class,
            ValidateCommand.class,
            FormatCommand.class,
            GraphCommand.class,
            RunCommand.class,
            DevCommand.class,
            TestCommand.class,
            ConvertCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            PoliciesCommand.class,
            StartCommand.class,
            ListCommand.class,
            DescribeCommand.class,
            HistoryCommand.class,
            TraceCommand.class,
            StopCommand.class,
            RedriveCommand.class,
            CallbackCommand.class,
            CostCommand.class,
            ProxyCommand.class,
            CompletionCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class Reprise implements Runnable {

    @Spec
    CommandSpec spec;

    /** Carries out a command, and ends the process with its exit code. */
    public static void main(String[] arguments) {
        // What the engine would log, a command tells itself.
        Logger.getLogger("").setLevel(Level.OFF);
        // Nor does the AWS SDK log here, and need not be told that nobody listens.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int exitCode = commandLine(out, err).execute(arguments);
        out.flush();
        err.flush();
        System.exit(exitCode);
    }

    /** The command line, which writes there. */
    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        CommandLine line = new CommandLine(new Reprise());
        line.setOut(out);
        line.setErr(err);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        // @FILE is a value here, which its option reads, and no list of arguments.
        line.setExpandAtFiles(false);
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(100);
        line.setExecutionExceptionHandler((problem, command, parsed) -> {
            err.println(
                    "reprise: " + (problem instanceof CommandException ? problem.getMessage() : problem.toString()));
            if (!(problem instanceof CommandException) && System.getenv("REPRISE_DEBUG") != null) {
                problem.printStackTrace(err);
            }
            return problem instanceof CommandException told ? told.exitCode() : ExitCode.FAILED;
        });
        line.getSubcommands().values().forEach(Reprise::withHelp);
        return line;
    }

    private static void withHelp(CommandLine command) {
        command.getSubcommands().values().forEach(Reprise::withHelp);
        if (command.getCommandSpec().mixinStandardHelpOptions()) {
            return;
        }
        command.getCommandSpec().mixinStandardHelpOptions(true);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is expected");
    }
}
