package dev.reprise.cli;

import dev.reprise.asl.QueryLanguage;
import dev.reprise.asl.parser.DefinitionFormat;
import dev.reprise.asl.parser.ParsedDefinition;
import dev.reprise.query.Queries;
import dev.reprise.query.QueryLimits;
import dev.reprise.query.check.QueryExpressionChecker;
import dev.reprise.query.jsonata.JsonataQueries;
import dev.reprise.query.jsonpath.JsonPathQueries;
import dev.reprise.trigger.TriggerFile;
import dev.reprise.workflow.Substitutions;
import dev.reprise.workflow.UnreadableItems;
import dev.reprise.workflow.Workflow;
import dev.reprise.workflow.WorkflowCatalogue;
import dev.reprise.workflow.WorkflowFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The definitions that a command is about. */
final class Definitions {

    private static final Pattern WORKFLOW = Pattern.compile("(.+)\\.asl\\.(json|ya?ml)");

    private Definitions() {}

    /** A catalogue of the workflows in a folder. */
    static WorkflowCatalogue catalogue(Path folder, Map<String, String> substitutions) {
        return new WorkflowCatalogue(
                folder,
                new QueryExpressionChecker(),
                Definitions::language,
                List.of(new UnreadableItems()),
                Substitutions.of(substitutions, System.getenv(Substitutions.VARIABLE)));
    }

    private static final class Languages {
        static final Queries JSONPATH = new JsonPathQueries();
        static final Queries JSONATA = new JsonataQueries(QueryLimits.DEFAULT);
    }

    private static Queries language(QueryLanguage language) {
        return switch (language) {
            case JSONPATH -> Languages.JSONPATH;
            case JSONATA -> Languages.JSONATA;
        };
    }

    /** The files that a user names: of a folder, all workflows in it. */
    static List<WorkflowFile> files(List<Path> paths, Map<String, String> substitutions) {
        List<WorkflowFile> files = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                files.addAll(catalogue(path, substitutions).all());
            } else {
                files.add(file(path, substitutions));
            }
        }
        return files;
    }

    /** What says which events start the workflows in a folder. */
    static TriggerFile triggers(Path folder, Map<String, String> substitutions) {
        return new TriggerFile(
                folder,
                false,
                catalogue(folder, substitutions),
                new QueryExpressionChecker(),
                language(QueryLanguage.JSONATA));
    }

    /** One file, whatever it is called. */
    static WorkflowFile file(Path path, Map<String, String> substitutions) {
        if (!Files.isRegularFile(path)) {
            throw new CommandException("There is no file " + path);
        }
        Path folder = path.toAbsolutePath().getParent();
        Matcher name = WORKFLOW.matcher(String.valueOf(path.getFileName()));
        WorkflowFile found = name.matches() ? catalogue(folder, substitutions).file(name.group(1)) : null;
        // Of two files of one name the catalogue reads another.
        return found != null && isSame(found.path(), path) ? found : unnamed(path);
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }

    /** A file whose name is not that of a workflow. */
    private static WorkflowFile unnamed(Path path) {
        String name = String.valueOf(path.getFileName());
        boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml");
        ParsedDefinition parsed = dev.reprise.asl.parser.Definitions.parse(
                path.toString(),
                JsonText.read(path),
                yaml ? DefinitionFormat.YAML : DefinitionFormat.JSON,
                new QueryExpressionChecker());
        List<String> errors = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        parsed.diagnostics().forEach(each -> (each.isError() ? errors : warnings).add(path + ": " + each));
        if (parsed.machine() == null) {
            return new WorkflowFile(name, path, null, errors, warnings);
        }
        return new WorkflowFile(
                name,
                path,
                new Workflow(
                        name,
                        parsed.machine().source(),
                        dev.reprise.core.Program.compile(parsed.machine(), Definitions::language)),
                errors,
                warnings);
    }

    /** The workflow in a file that must be valid. */
    static Workflow valid(Path path, Map<String, String> substitutions) {
        WorkflowFile file = file(path, substitutions);
        if (file.workflow() == null) {
            throw new CommandException(ExitCode.PROBLEMS, String.join("\n", file.errors()));
        }
        return file.workflow();
    }
}
