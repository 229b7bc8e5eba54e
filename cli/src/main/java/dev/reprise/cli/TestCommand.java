package dev.reprise.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.testing.WorkflowTest;
import dev.reprise.testing.suite.CaseResult;
import dev.reprise.testing.suite.Coverage;
import dev.reprise.testing.suite.CoverageReport;
import dev.reprise.testing.suite.JUnitXml;
import dev.reprise.testing.suite.RecordedExecution;
import dev.reprise.testing.suite.Replay;
import dev.reprise.testing.suite.ReplayJson;
import dev.reprise.testing.suite.ReplayResult;
import dev.reprise.testing.suite.TestFileException;
import dev.reprise.testing.suite.WorkflowSuite;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs tests that stand beside workflows as files. */
@Command(
        name = "test",
        description = {
            "Runs the tests beside workflows: NAME.test.json, or the cases of a MockConfigFile.json.",
            "With --replay, runs an execution of the past against a definition."
        },
        footer = {
            "",
            "Example: reprise test workflows --coverage text --threshold 90 --junit target/workflows.xml",
            "Example: reprise test workflows/orders.asl.json --replay history.json",
            "Exit code 1 when a case fails, the coverage is below the threshold, or a replay goes another way."
        })
final class TestCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..*",
            paramLabel = "PATH",
            description = "Folders, or files of tests; workflows by default. With --replay, the definition.")
    List<Path> paths = new ArrayList<>();

    @Option(names = "--filter", paramLabel = "TEXT", description = "Only cases in whose workflow or name this occurs.")
    String filter = "";

    @Option(names = "--junit", paramLabel = "FILE", description = "Writes results as JUnit XML.")
    @Nullable
    Path junit;

    @Option(names = "--coverage", description = "Tells what the cases cover: text or json.")
    @Nullable
    OutputFormat coverage;

    @Option(names = "--coverage-svg", paramLabel = "FOLDER", description = "Draws it, a picture for each workflow.")
    @Nullable
    Path coverageSvg;

    @Option(names = "--threshold", paramLabel = "PERCENT", description = "Fails when a workflow is covered less.")
    @Nullable
    Double threshold;

    @Option(names = "--watch", description = "Runs them again whenever a file changes.")
    boolean watch;

    @Option(
            names = "--replay",
            paramLabel = "EXPORT",
            description = "A history, as `reprise history --output json` tells it.")
    @Nullable
    Path replay;

    @Option(names = "--output", defaultValue = "TEXT", description = "text or json.")
    OutputFormat output;

    @Mixin
    TaskObjects tasks = new TaskObjects();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (paths.isEmpty()) {
            paths.add(Path.of("workflows"));
        }
        if (replay != null) {
            return replay(replay);
        }
        if (!watch) {
            return run();
        }
        FileStamps before = FileStamps.of(paths);
        while (true) {
            try {
                run();
            } catch (CommandException e) {
                spec.commandLine().getErr().println(e.getMessage());
            }
            spec.commandLine().getOut().flush();
            before = before.awaitChange(paths);
        }
    }

    private int run() {
        WorkflowSuite suite = suite();
        List<CaseResult> results = suite.run(
                each -> each.workflow().contains(filter) || each.name().contains(filter));
        PrintWriter out = spec.commandLine().getOut();
        if (output == OutputFormat.JSON) {
            out.print(JsonText.pretty(json(results, suite.coverage())));
        } else {
            print(results, out);
        }
        if (junit != null) {
            JsonText.write(junit, JUnitXml.write(results));
        }
        boolean covered = tellCoverage(suite.coverage(), out);
        boolean passed = results.stream().allMatch(CaseResult::passed);
        return passed && covered ? ExitCode.OK : ExitCode.PROBLEMS;
    }

    private WorkflowSuite suite() {
        try {
            List<Path> files = new ArrayList<>();
            for (Path path : paths) {
                if (Files.isDirectory(path)) {
                    files.addAll(WorkflowSuite.files(path));
                } else if (Files.isRegularFile(path)) {
                    files.add(path);
                } else {
                    throw new CommandException("There is no file or folder " + path);
                }
            }
            if (files.isEmpty()) {
                throw new CommandException(
                        "There are no tests: no NAME.test.json and no MockConfigFile.json in " + paths);
            }
            return WorkflowSuite.of(files, tasks.make());
        } catch (TestFileException e) {
            throw new CommandException(ExitCode.PROBLEMS, e.getMessage());
        } catch (UncheckedIOException e) {
            throw new CommandException("Cannot read " + paths + ": " + e.getMessage());
        }
    }

    private static void print(List<CaseResult> results, PrintWriter out) {
        for (CaseResult result : results) {
            out.println((result.passed()
                            ? Terminal.coloured("ok    ", Terminal.Colour.GREEN)
                            : Terminal.coloured("FAILED", Terminal.Colour.RED))
                    + " " + result.workflow() + ": " + result.name());
            if (result.problem() != null) {
                result.problem().lines().forEach(line -> out.println("         " + line));
            }
        }
        long failed = results.stream().filter(result -> !result.passed()).count();
        double seconds =
                results.stream().mapToLong(result -> result.took().toNanos()).sum() / 1e9;
        out.println(String.format(Locale.ROOT, "%d cases, %d failed, in %.3f s", results.size(), failed, seconds));
    }

    /** Whether it is enough. */
    private boolean tellCoverage(Map<String, Coverage> workflows, PrintWriter out) {
        if (coverage == OutputFormat.TEXT && output == OutputFormat.TEXT) {
            out.print(CoverageReport.text(workflows));
        } else if (coverage == OutputFormat.JSON && output == OutputFormat.TEXT) {
            out.print(JsonText.pretty(CoverageReport.json(workflows)));
        }
        if (coverageSvg != null) {
            Path folder = coverageSvg;
            workflows.forEach((name, covered) ->
                    JsonText.write(folder.resolve(name + ".svg"), CoverageReport.svg(name, covered)));
        }
        boolean enough = true;
        if (threshold != null) {
            for (Map.Entry<String, Coverage> each : workflows.entrySet()) {
                if (each.getValue().percent() < threshold) {
                    enough = false;
                    spec.commandLine()
                            .getErr()
                            .println(String.format(
                                    Locale.ROOT,
                                    "%s is covered by %.1f %%, and %s %% are asked for",
                                    each.getKey(),
                                    each.getValue().percent(),
                                    threshold));
                }
            }
        }
        return enough;
    }

    private static ObjectNode json(List<CaseResult> results, Map<String, Coverage> coverage) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode cases = json.putArray("cases");
        for (CaseResult result : results) {
            ObjectNode each = cases.addObject();
            each.put("workflow", result.workflow()).put("name", result.name()).put("passed", result.passed());
            each.put("seconds", result.took().toNanos() / 1e9);
            if (result.problem() != null) {
                each.put("problem", result.problem());
            }
        }
        json.set("coverage", CoverageReport.json(coverage));
        return json;
    }

    private int replay(Path export) {
        if (paths.size() != 1) {
            throw new CommandException(ExitCode.USAGE, "--replay wants one definition, and got " + paths.size());
        }
        try {
            WorkflowTest test = WorkflowTest.of(paths.get(0));
            ReplayResult result = Replay.of(RecordedExecution.read(JsonText.file(export)), test);
            PrintWriter out = spec.commandLine().getOut();
            if (output == OutputFormat.JSON) {
                out.print(JsonText.pretty(ReplayJson.write(result)));
            } else {
                print(result, out);
            }
            return result.verdict() == ReplayResult.Verdict.SAME ? ExitCode.OK : ExitCode.PROBLEMS;
        } catch (TestFileException | IllegalArgumentException e) {
            throw new CommandException(e.getMessage());
        }
    }

    private static void print(ReplayResult result, PrintWriter out) {
        if (result.differences().isEmpty()) {
            out.println("It does what it did then");
        }
        result.differences().forEach(difference -> out.println(difference.words()));
        if (result.otherData() != null) {
            out.println("First, " + result.otherData().words());
        }
        if (result.leftOverCount() > 0) {
            List<String> states = result.leftOver().stream()
                    .map(ReplayResult.LeftOver::state)
                    .distinct()
                    .toList();
            out.println("Of " + result.facts() + " answers of then, " + result.leftOverCount()
                    + " are not asked for any more: of " + String.join(", ", states));
        }
    }
}
