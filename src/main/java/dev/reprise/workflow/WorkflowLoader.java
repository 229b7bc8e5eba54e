package dev.reprise.workflow;

import dev.reprise.asl.DefinitionText;
import dev.reprise.asl.Diagnostic;
import dev.reprise.asl.Diagnostic.Severity;
import dev.reprise.asl.ExpressionChecker;
import dev.reprise.asl.SourcePosition;
import dev.reprise.asl.StateMachine;
import dev.reprise.asl.parser.DefinitionFormat;
import dev.reprise.asl.parser.Definitions;
import dev.reprise.asl.parser.ParsedDefinition;
import dev.reprise.core.Program;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.Printable;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes a workflow of its files: tokens are replaced, the text is read, the definition checked and compiled. Whatever
 * is in the files, it gives an answer.
 */
final class WorkflowLoader {

    private final ExpressionChecker expressions;
    private final List<DefinitionCheck> checks;
    private final Substitutions substitutions;
    private final Function<StateMachine, Program> compiler;

    /** @param compiler called for definitions without errors only */
    WorkflowLoader(
            ExpressionChecker expressions,
            List<? extends DefinitionCheck> checks,
            Substitutions substitutions,
            Function<StateMachine, Program> compiler) {
        this.expressions = expressions;
        this.checks = List.copyOf(checks);
        this.substitutions = substitutions;
        this.compiler = compiler;
    }

    LoadedWorkflow load(String name, WorkflowSource source) throws IOException {
        Path path = source.definition();
        String unnameable = problemOf(name, path);
        if (unnameable != null) {
            return new LoadedWorkflow(new WorkflowFile(name, path, null, List.of(unnameable), List.of()), Set.of());
        }
        String text;
        try {
            text = withoutMark(Files.readString(path));
        } catch (CharacterCodingException e) {
            return new LoadedWorkflow(
                    new WorkflowFile(name, path, null, List.of(path + ": is not text in UTF-8"), List.of()), Set.of());
        }
        Substituting substituting = Substituting.of(name, source, text, substitutions);
        FileReport report = new FileReport(path, substituting.text());
        source.shadowed()
                .forEach(other ->
                        report.warning(other + ": warning: is not read: " + path.getFileName() + " has the same name"));
        substituting.warnings().forEach(report::warning);
        substituting.errors().forEach(report::error);
        return new LoadedWorkflow(
                report.hasErrors() ? report.file(name, null) : read(name, source.format(), report),
                substituting.text().used());
    }

    /** What keeps a workflow of that name from being started; null when nothing does. */
    private static @Nullable String problemOf(String name, Path path) {
        try {
            ExecutionId unused = new ExecutionId(name, "any");
            return null;
        } catch (IllegalArgumentException e) {
            return Printable.of(path.toString()) + ": " + e.getMessage() + ". Rename the file";
        }
    }

    /** Editors on Windows put a byte-order mark before a text. */
    private static String withoutMark(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private WorkflowFile read(String name, DefinitionFormat format, FileReport report) {
        ParsedDefinition parsed = parse(format, report);
        List<Diagnostic> diagnostics = new ArrayList<>(parsed.diagnostics());
        StateMachine machine = parsed.machine();
        if (machine != null) {
            checks.forEach(check -> diagnostics.addAll(check.check(machine)));
        }
        report.add(diagnostics);
        if (machine == null || report.hasErrors()) {
            return report.file(name, null);
        }
        try {
            DefinitionText definition = machine.source();
            return report.file(name, new Workflow(name, definition, compiler.apply(machine)));
        } catch (IllegalArgumentException e) {
            report.error(report.path() + ": " + e.getMessage());
            return report.file(name, null);
        }
    }

    /**
     * What is no JSON may still be YAML: with a comma behind the last member, with comments behind {@code #}.
     * CloudFormation tries the same in the same order.
     */
    private ParsedDefinition parse(DefinitionFormat format, FileReport report) {
        String file = report.path().toString();
        report.readAs(format);
        ParsedDefinition parsed = Definitions.parse(file, report.text(), format, expressions);
        if (parsed.readable() || format == DefinitionFormat.YAML) {
            return parsed;
        }
        ParsedDefinition lenient = Definitions.parse(file, report.text(), DefinitionFormat.YAML, expressions);
        if (!lenient.readable()) {
            return parsed;
        }
        report.readAs(DefinitionFormat.YAML);
        List<Diagnostic> diagnostics = new ArrayList<>();
        for (Diagnostic problem : parsed.diagnostics()) {
            SourcePosition position = problem.position();
            diagnostics.add(new Diagnostic(
                    Severity.WARNING,
                    "NOT_JSON",
                    "",
                    "no JSON: " + problem.message(),
                    "read as YAML, as CloudFormation would; Step Functions itself would refuse it",
                    position,
                    problem.stepFunctions()));
        }
        diagnostics.addAll(lenient.diagnostics());
        return new ParsedDefinition(file, true, lenient.machine(), diagnostics);
    }
}
