package dev.reprise.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.trigger.TriggerFile;
import dev.reprise.workflow.WorkflowFile;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells everything that is wrong with definitions. */
@Command(
        name = "validate",
        description = "Tells everything that is wrong with definitions, with lines and columns.",
        footer = {
            "",
            "Example: reprise validate workflows --format sarif > validate.sarif",
            "Exit code 1 when there is an error; with --strict, when there is a warning too."
        })
final class ValidateCommand implements Callable<Integer> {

    /** How findings are written. */
    enum Format {
        /** A line each. */
        TEXT,
        /** An array of objects. */
        JSON,
        /** As code scanning services read them. */
        SARIF
    }

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files, or folders of workflows.")
    List<Path> files;

    @Option(names = "--format", defaultValue = "TEXT", description = "text, json or sarif.")
    Format format;

    @Option(names = "--strict", description = "Warnings count as errors.")
    boolean strict;

    @Mixin
    SubstitutionOptions substitutions = new SubstitutionOptions();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>();
        List<WorkflowFile> found = Definitions.files(files, substitutions.values);
        for (WorkflowFile file : found) {
            String path = file.path().toString();
            file.errors().forEach(line -> findings.add(Finding.of(path, line, true)));
            file.warnings().forEach(line -> findings.add(Finding.of(path, line, false)));
        }
        for (Path folder : files.stream().filter(Files::isDirectory).toList()) {
            TriggerFile triggers = Definitions.triggers(folder, substitutions.values);
            String path = triggers.path().toString();
            triggers.errors().forEach(line -> findings.add(Finding.of(path, line, true)));
            triggers.warnings().forEach(line -> findings.add(Finding.of(path, line, false)));
        }
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case TEXT -> {
                findings.forEach(out::println);
                spec.commandLine().getErr().println(summary(found.size(), findings));
            }
            case JSON -> out.print(JsonText.pretty(json(findings)));
            case SARIF -> out.print(JsonText.pretty(sarif(findings)));
        }
        boolean wrong = findings.stream().anyMatch(finding -> finding.error() || strict);
        return wrong ? ExitCode.PROBLEMS : ExitCode.OK;
    }

    private static String summary(int files, List<Finding> findings) {
        long errors = findings.stream().filter(Finding::error).count();
        return files + (files == 1 ? " file, " : " files, ") + errors + (errors == 1 ? " error, " : " errors, ")
                + (findings.size() - errors) + " warnings";
    }

    private static ArrayNode json(List<Finding> findings) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Finding finding : findings) {
            array.addObject()
                    .put("file", finding.file())
                    .put("line", finding.line())
                    .put("column", finding.column())
                    .put("severity", finding.error() ? "ERROR" : "WARNING")
                    .put("location", finding.pointer())
                    .put("message", finding.message());
        }
        return array;
    }

    /** <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>. */
    private static ObjectNode sarif(List<Finding> findings) {
        ObjectNode log = JsonNodeFactory.instance.objectNode();
        log.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        log.put("version", "2.1.0");
        ObjectNode run = log.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "reprise");
        driver.putArray("rules").addObject().put("id", "definition");
        ArrayNode results = run.putArray("results");
        for (Finding finding : findings) {
            ObjectNode result = results.addObject();
            result.put("ruleId", "definition");
            result.put("level", finding.error() ? "error" : "warning");
            String place = finding.pointer().isEmpty() ? "" : finding.pointer() + ": ";
            result.putObject("message").put("text", place + finding.message());
            ObjectNode location = result.putArray("locations").addObject().putObject("physicalLocation");
            location.putObject("artifactLocation").put("uri", finding.file().replace('\\', '/'));
            location.putObject("region").put("startLine", finding.line()).put("startColumn", finding.column());
        }
        return log;
    }
}
