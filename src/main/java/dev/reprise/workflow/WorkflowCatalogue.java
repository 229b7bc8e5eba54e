package dev.reprise.workflow;

import dev.reprise.asl.DefinitionText;
import dev.reprise.asl.Diagnostic;
import dev.reprise.asl.ExpressionChecker;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.asl.StateMachine;
import dev.reprise.asl.parser.Definitions;
import dev.reprise.asl.parser.ParsedDefinition;
import dev.reprise.core.Program;
import dev.reprise.execution.RequestException;
import dev.reprise.query.Queries;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The workflows in a folder. Each is read when it is first asked for, and again when its file has changed; one that is
 * not valid does not keep the others from running.
 *
 * <p>A definition is compiled once for its text, whichever file or execution it comes from.
 */
public final class WorkflowCatalogue implements Workflows {

    private static final Logger LOG = Logger.getLogger(WorkflowCatalogue.class);

    private record Loaded(Path path, WorkflowFolder.Stamp stamp, WorkflowFile file) {}

    private final WorkflowFolder folder;
    private final ExpressionChecker expressions;
    private final Function<QueryLanguage, Queries> languages;
    private final List<DefinitionCheck> checks;

    /** By name. Guarded by this. */
    private final Map<String, Loaded> loaded = new HashMap<>();

    private final Map<String, Program> programs = new ConcurrentHashMap<>();

    /**
     * A catalogue of the files in a folder, which need not exist.
     *
     * @param expressions says whether expressions are well-formed
     * @param languages the compiler of each query language
     * @param checks made beside those of the language
     */
    public WorkflowCatalogue(
            Path folder,
            ExpressionChecker expressions,
            Function<QueryLanguage, Queries> languages,
            List<? extends DefinitionCheck> checks) {
        this.folder = new WorkflowFolder(folder);
        this.expressions = expressions;
        this.languages = languages;
        this.checks = List.copyOf(checks);
    }

    /** Where the files are. */
    public Path folder() {
        return folder.path();
    }

    /** All files, by name, as they are now. */
    public List<WorkflowFile> all() {
        List<WorkflowFile> all = new ArrayList<>();
        for (String name : folder.names()) {
            WorkflowFile file = read(name);
            if (file != null) {
                all.add(file);
            }
        }
        return all;
    }

    /** Whether there is a file of that name, whatever it says. */
    public boolean has(String name) {
        return folder.file(name) != null;
    }

    /** The file of that name as it is now; null when there is none. */
    public @Nullable WorkflowFile file(String name) {
        return read(name);
    }

    /** The names of all files, in their order. */
    public NavigableSet<String> names() {
        return folder.names();
    }

    @Override
    public Workflow named(String name) {
        WorkflowFile file = read(name);
        if (file == null) {
            throw unknown(name);
        }
        Workflow workflow = file.workflow();
        if (workflow == null) {
            throw new RequestException(
                    "InvalidDefinition", "The workflow '" + name + "' cannot run. " + String.join("\n", file.errors()));
        }
        return workflow;
    }

    private RequestException unknown(String name) {
        Set<String> names = folder.names();
        return new RequestException(
                "StateMachineDoesNotExist",
                "There is no workflow '" + name + "' in " + folder.path() + ". "
                        + (names.isEmpty()
                                ? "The folder has no workflow: put one there as " + name + ".asl.json"
                                : "There are: " + String.join(", ", names)));
    }

    @Override
    public Program compiled(String sha256, Supplier<String> text) {
        return programs.computeIfAbsent(sha256, hash -> {
            ParsedDefinition parsed = Definitions.parse("definition " + hash, text.get(), expressions);
            StateMachine machine = parsed.machine();
            if (machine == null) {
                throw new IllegalStateException("An execution began with a definition that this release does not take. "
                        + String.join("\n", parsed.report()));
            }
            return Program.compile(machine, languages);
        });
    }

    /** Null when there is no such file. */
    private synchronized @Nullable WorkflowFile read(String name) {
        Path path = folder.file(name);
        try {
            WorkflowFolder.Stamp stamp = path == null ? null : WorkflowFolder.stamp(path);
            if (path == null || stamp == null) {
                loaded.remove(name);
                return null;
            }
            Loaded known = loaded.get(name);
            if (known == null || !known.path().equals(path) || !known.stamp().equals(stamp)) {
                known = new Loaded(path, stamp, load(name, path));
                loaded.put(name, known);
                known.file().errors().forEach(LOG::error);
                known.file().warnings().forEach(LOG::warn);
            }
            return known.file();
        } catch (IOException e) {
            return new WorkflowFile(name, path, null, List.of(path + ": cannot be read: " + e), List.of());
        }
    }

    private WorkflowFile load(String name, Path path) throws IOException {
        String text;
        try {
            text = Files.readString(path);
        } catch (CharacterCodingException e) {
            return new WorkflowFile(name, path, null, List.of(path + ": is not text in UTF-8"), List.of());
        }
        ParsedDefinition parsed = Definitions.parse(path.toString(), text, expressions);
        List<Diagnostic> diagnostics = new ArrayList<>(parsed.diagnostics());
        StateMachine machine = parsed.machine();
        if (machine != null) {
            checks.forEach(check -> diagnostics.addAll(check.check(machine)));
        }
        List<String> errors = lines(path, diagnostics, true);
        List<String> warnings = lines(path, diagnostics, false);
        if (machine == null || !errors.isEmpty()) {
            return new WorkflowFile(name, path, null, errors, warnings);
        }
        try {
            DefinitionText definition = machine.source();
            Program program =
                    programs.computeIfAbsent(definition.sha256(), hash -> Program.compile(machine, languages));
            return new WorkflowFile(name, path, new Workflow(name, definition, program), List.of(), warnings);
        } catch (IllegalArgumentException e) {
            return new WorkflowFile(name, path, null, List.of(path + ": " + e.getMessage()), warnings);
        }
    }

    private static List<String> lines(Path path, List<Diagnostic> diagnostics, boolean errors) {
        return diagnostics.stream()
                .filter(diagnostic -> diagnostic.isError() == errors)
                .map(diagnostic -> path + ": " + diagnostic)
                .toList();
    }
}
