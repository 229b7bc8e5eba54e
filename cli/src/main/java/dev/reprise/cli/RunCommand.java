package dev.reprise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.testing.WorkflowRun;
import dev.reprise.testing.WorkflowTest;
import dev.reprise.testing.suite.MockFiles;
import dev.reprise.testing.suite.TestFileException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a workflow in this process. */
@Command(
        name = "run",
        description = {
            "Runs a workflow in this process, with mocked tasks and in virtual time: waits take none.",
            "The result stands on standard output, what happens on standard error."
        },
        footer = {
            "",
            "Example: reprise run workflows/orders.asl.json --input '{\"orderId\": 1}' --mock orders.test.json#happy",
            "Exit code 1 when the execution does not succeed."
        })
final class RunCommand implements Callable<Integer> {

    @Mixin
    DefinitionFile file = new DefinitionFile();

    @Option(
            names = {"-i", "--input"},
            paramLabel = "JSON",
            description =
                    "JSON, @FILE, or - for standard input. Without it, NAME.input.json beside the workflow, or {}.")
    @Nullable
    String input;

    @Option(
            names = {"-m", "--mock"},
            paramLabel = "FILE[#CASE]",
            description = "Mocks: a NAME.test.json, a MockConfigFile.json, or an object of mocks.")
    @Nullable
    String mock;

    @Option(names = "--real-time", description = "Waits take the time that they say.")
    boolean realTime;

    @Option(
            names = {"-q", "--quiet"},
            description = "Tells nothing of what happens.")
    boolean quiet;

    @Option(
            names = "--output",
            defaultValue = "TEXT",
            description = "text (the result), or json (the whole execution).")
    OutputFormat output;

    @Mixin
    TaskObjects tasks = new TaskObjects();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        WorkflowTest test = test();
        PrintWriter err = spec.commandLine().getErr();
        LiveStates live = new LiveStates(err, quiet, Terminal.isErrATerminal());
        try (WorkflowRun run = test.start(input())) {
            toItsEnd(run, live);
            live.show(run);
            live.end(run);
            PrintWriter out = spec.commandLine().getOut();
            if (output == OutputFormat.JSON) {
                out.print(JsonText.pretty(json(run)));
            } else if (run.output() != null) {
                out.print(JsonText.pretty(run.output()));
            }
            return run.status() == ExecutionStatus.SUCCEEDED ? ExitCode.OK : ExitCode.PROBLEMS;
        } catch (AssertionError e) {
            throw new CommandException(ExitCode.PROBLEMS, String.valueOf(e.getMessage()));
        }
    }

    private WorkflowTest test() {
        try {
            WorkflowTest test = WorkflowTest.of(file.path, file.substitutions.values);
            Object[] objects = tasks.make();
            if (objects.length > 0) {
                test.tasks(objects);
            }
            if (realTime) {
                test.startingAt(Instant.now());
            }
            if (mock != null) {
                int hash = mock.lastIndexOf('#');
                Path mocks = Path.of(hash < 0 ? mock : mock.substring(0, hash));
                MockFiles.apply(mocks, hash < 0 ? null : mock.substring(hash + 1), test);
            }
            return test;
        } catch (TestFileException | IllegalArgumentException e) {
            throw new CommandException(e.getMessage());
        }
    }

    private JsonNode input() {
        if (input != null) {
            return JsonText.argument("--input", input);
        }
        String name = String.valueOf(file.path.getFileName()).replaceFirst("(\\.asl)?\\.(json|ya?ml)$", "");
        Path sample = file.path.resolveSibling(name + ".input.json");
        return Files.isRegularFile(sample) ? JsonText.file(sample) : JsonNodeFactory.instance.objectNode();
    }

    private void toItsEnd(WorkflowRun run, LiveStates live) throws InterruptedException {
        live.show(run);
        while (realTime && !run.hasEnded()) {
            Instant next = run.nextDue();
            if (next == null) {
                break;
            }
            Duration wait = Duration.between(Instant.now(), next);
            if (wait.isPositive()) {
                Thread.sleep(wait.toMillis() + 1);
            }
            run.advance(Duration.between(run.now(), next));
            live.show(run);
        }
        run.runToEnd();
    }

    private static ObjectNode json(WorkflowRun run) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("status", run.status().name());
        if (run.output() != null) {
            json.set("output", run.output());
        }
        if (run.error() != null) {
            json.put("error", run.error());
        }
        if (run.cause() != null) {
            json.put("cause", run.cause());
        }
        json.put("elapsedSeconds", run.elapsed().toMillis() / 1e3);
        run.path().forEach(json.putArray("path")::add);
        return json;
    }
}
