package dev.reprise.workflow;

import dev.reprise.asl.ExpressionChecker;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.asl.StateMachine;
import dev.reprise.asl.parser.Definitions;
import dev.reprise.asl.parser.ParsedDefinition;
import dev.reprise.core.Program;
import dev.reprise.execution.Printable;
import dev.reprise.execution.RequestException;
import dev.reprise.query.Queries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
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

    /** What says which events start which workflows; its tokens are replaced too. */
    private static final String TRIGGERS = "triggers";

    private record Loaded(Object version, LoadedWorkflow workflow) {}

    private final WorkflowFolder folder;
    private final ExpressionChecker expressions;
    private final Function<QueryLanguage, Queries> languages;
    private final Substitutions substitutions;
    private final WorkflowLoader loader;

    /** By name. Guarded by this. */
    private final Map<String, Loaded> loaded = new HashMap<>();

    /** What was logged last of values that nothing uses. Guarded by this. */
    private List<String> unused = List.of();

    private final CompiledPrograms programs = new CompiledPrograms();

    /**
     * A catalogue of the files in a folder, which need not exist.
     *
     * @param expressions says whether expressions are well-formed
     * @param languages the compiler of each query language
     * @param checks made beside those of the language
     * @param substitutions what stands for the tokens of the definitions
     */
    public WorkflowCatalogue(
            Path folder,
            ExpressionChecker expressions,
            Function<QueryLanguage, Queries> languages,
            List<? extends DefinitionCheck> checks,
            Substitutions substitutions) {
        this.folder = new WorkflowFolder(folder);
        this.expressions = expressions;
        this.languages = languages;
        this.substitutions = substitutions;
        this.loader = new WorkflowLoader(expressions, checks, substitutions, this::compiled);
        substitutions.problems().forEach(LOG::error);
    }

    /** Where the files are. */
    public Path folder() {
        return folder.path();
    }

    /** All files, by name, as they are now. */
    public synchronized List<WorkflowFile> all() {
        List<WorkflowFile> all = new ArrayList<>();
        for (String name : folder.names()) {
            WorkflowFile file = read(name);
            if (file != null) {
                all.add(file);
            }
        }
        List<String> now = new ArrayList<>(folder.strangers());
        now.addAll(unusedSubstitutions());
        if (!now.equals(unused)) {
            now.forEach(LOG::warn);
            unused = now;
        }
        return all;
    }

    /**
     * Values of the configuration and of the environment that no workflow uses, a line each. What is beside a workflow,
     * or for one alone, is told with that workflow.
     */
    synchronized List<String> unusedSubstitutions() {
        Set<String> used = new HashSet<>(usedByTriggers());
        loaded.values().forEach(known -> used.addAll(known.workflow().used()));
        List<String> lines = new ArrayList<>();
        substitutions.visit((workflow, value) -> {
            if (TRIGGERS.equals(workflow) && Files.isRegularFile(triggers())) {
                // What of these nothing uses is told with the triggers.
                return;
            }
            if (workflow != null && !loaded.containsKey(workflow)) {
                lines.add(value.origin() + ": warning: there is no workflow '" + workflow + "' in " + folder.path());
            } else if (workflow == null && !used.contains(value.token())) {
                lines.add(value.origin() + ": warning: no workflow in " + folder.path() + " uses ${" + value.token()
                        + "}");
            }
        });
        return List.copyOf(lines);
    }

    private Path triggers() {
        return folder.path().resolve(TRIGGERS + ".json");
    }

    private Set<String> usedByTriggers() {
        Path file = triggers();
        if (!Files.isRegularFile(file)) {
            return Set.of();
        }
        try {
            return substituting(TRIGGERS, file, Files.readString(file)).text().used();
        } catch (IOException e) {
            // Whoever reads it for what it says tells that it cannot be read.
            return Set.of();
        }
    }

    private Substituting substituting(String name, Path file, String text) throws IOException {
        return Substituting.of(
                name, file, file.resolveSibling(name + WorkflowFolder.SUBSTITUTIONS + ".json"), text, substitutions);
    }

    /**
     * A file beside the workflows with its tokens replaced, by values that stand where those of a workflow would.
     *
     * @param name of the file, without {@code .json}
     */
    public SubstitutedFile substituted(String name, Path file, String text) throws IOException {
        return SubstitutedFile.of(substituting(name, file, text));
    }

    /** Whether there is a file of that name, whatever it says. */
    public boolean has(String name) {
        return folder.source(name) != null;
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
        Workflow found = find(name);
        if (found == null) {
            throw unknown(name);
        }
        return found;
    }

    /**
     * The workflow of that name; null when there is no such file.
     *
     * @throws RequestException when it cannot run
     */
    public @Nullable Workflow find(String name) {
        WorkflowFile file = read(name);
        if (file == null) {
            return null;
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
                "There is no workflow '" + Printable.of(name) + "' in " + folder.path() + ". "
                        + (names.isEmpty()
                                ? "The folder has no workflow: put one there as " + Printable.of(name) + ".asl.json"
                                : "There are: " + Printable.of(String.join(", ", names))));
    }

    @Override
    public Program compiled(String sha256, Supplier<String> text) {
        return programs.get(sha256, () -> {
            ParsedDefinition parsed = Definitions.parse("definition " + sha256, text.get(), expressions);
            StateMachine machine = parsed.machine();
            if (machine == null) {
                throw new IllegalStateException("An execution began with a definition that this release does not take. "
                        + String.join("\n", parsed.report()));
            }
            return Program.compile(machine, languages);
        });
    }

    private Program compiled(StateMachine machine) {
        return programs.get(machine.source().sha256(), () -> Program.compile(machine, languages));
    }

    /** Null when there is no such file. */
    private synchronized @Nullable WorkflowFile read(String name) {
        WorkflowSource source = folder.source(name);
        if (source == null) {
            loaded.remove(name);
            return null;
        }
        Path path = source.definition();
        try {
            Object version = source.version();
            Loaded known = loaded.get(name);
            if (known == null || !known.version().equals(version)) {
                if (known != null) {
                    LOG.infof("%s has changed", Printable.of(path.toString()));
                }
                known = new Loaded(version, loader.load(name, source));
                loaded.put(name, known);
                known.workflow().file().errors().forEach(LOG::error);
                known.workflow().file().warnings().forEach(LOG::warn);
            }
            return known.workflow().file();
        } catch (NoSuchFileException e) {
            loaded.remove(name);
            return null;
        } catch (IOException e) {
            return new WorkflowFile(name, path, null, List.of(path + ": cannot be read: " + e), List.of());
        }
    }
}
