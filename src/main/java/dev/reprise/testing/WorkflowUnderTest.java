package dev.reprise.testing;

import dev.reprise.asl.Body;
import dev.reprise.asl.DefinitionText;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.asl.Resource;
import dev.reprise.asl.State;
import dev.reprise.asl.StateMachine;
import dev.reprise.asl.StateMachine.Durability;
import dev.reprise.asl.parser.Definitions;
import dev.reprise.asl.parser.ParsedDefinition;
import dev.reprise.core.Program;
import dev.reprise.execution.RequestException;
import dev.reprise.query.Queries;
import dev.reprise.query.QueryLimits;
import dev.reprise.query.check.QueryExpressionChecker;
import dev.reprise.query.jsonata.JsonataQueries;
import dev.reprise.query.jsonpath.JsonPathQueries;
import dev.reprise.workflow.Substitutions;
import dev.reprise.workflow.Workflow;
import dev.reprise.workflow.WorkflowCatalogue;
import dev.reprise.workflow.Workflows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A workflow under test, and those beside it that it may start.
 *
 * @param others null when it is alone
 * @param states all states by their names, those inside Map and Parallel states too
 */
record WorkflowUnderTest(Workflow workflow, @Nullable WorkflowCatalogue others, Map<String, State> states)
        implements Workflows {

    private static final List<String> SUFFIXES = List.of(".asl.json", ".asl.yaml", ".asl.yml");

    private static final Queries JSONPATH = new JsonPathQueries();
    private static final Queries JSONATA = new JsonataQueries(QueryLimits.DEFAULT);

    /** @throws IllegalArgumentException when there is no such file, or it is not valid; with all that is wrong */
    static WorkflowUnderTest ofFile(Path file, Map<String, String> substitutions) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("There is no workflow " + file.toAbsolutePath());
        }
        String name = String.valueOf(file.getFileName());
        String suffix = SUFFIXES.stream()
                .filter(name::endsWith)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        file + ": the name of a workflow's file ends with " + String.join(", ", SUFFIXES)));
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        WorkflowCatalogue catalogue = new WorkflowCatalogue(
                folder,
                new QueryExpressionChecker(),
                WorkflowUnderTest::language,
                List.of(),
                Substitutions.of(substitutions, System.getenv(Substitutions.VARIABLE)));
        try {
            return of(catalogue.named(name.substring(0, name.length() - suffix.length())), catalogue);
        } catch (RequestException e) {
            throw new IllegalArgumentException(e.message(), e);
        }
    }

    /** @throws IllegalArgumentException when the text is not valid; with all that is wrong */
    static WorkflowUnderTest ofText(String name, String definition) {
        ParsedDefinition parsed = Definitions.parse(name, definition, new QueryExpressionChecker());
        if (parsed.machine() == null) {
            throw new IllegalArgumentException(String.join("\n", parsed.report()));
        }
        Program program = Program.compile(parsed.machine(), WorkflowUnderTest::language);
        return of(new Workflow(name, DefinitionText.of(definition), program), null);
    }

    private static Queries language(QueryLanguage language) {
        return switch (language) {
            case JSONPATH -> JSONPATH;
            case JSONATA -> JSONATA;
        };
    }

    private static WorkflowUnderTest of(Workflow loaded, @Nullable WorkflowCatalogue others) {
        Map<String, State> states = new LinkedHashMap<>();
        collect(loaded.program().machine().body(), states);
        return new WorkflowUnderTest(journaled(loaded), others, states);
    }

    /** One that leaves no trace does the same with one, which tells what it did. */
    private static Workflow journaled(Workflow loaded) {
        Program program = journaled(loaded.program());
        return program == loaded.program() ? loaded : new Workflow(loaded.name(), loaded.definition(), program);
    }

    private static Program journaled(Program program) {
        StateMachine machine = program.machine();
        if (machine.durability() == Durability.JOURNALED) {
            return program;
        }
        StateMachine traced = new StateMachine(
                machine.comment(),
                machine.queryLanguage(),
                machine.timeout(),
                machine.body(),
                Durability.JOURNALED,
                machine.retention(),
                machine.source());
        return Program.compile(traced, WorkflowUnderTest::language);
    }

    private static void collect(Body body, Map<String, State> states) {
        for (State state : body.states().values()) {
            states.put(state.name(), state);
            switch (state) {
                case State.Map map -> collect(map.processor().body(), states);
                case State.Parallel parallel -> parallel.branches().forEach(branch -> collect(branch, states));
                case State.Task task -> {}
                case State.Pass pass -> {}
                case State.Choice choice -> {}
                case State.Wait wait -> {}
                case State.Succeed succeed -> {}
                case State.Fail fail -> {}
            }
        }
    }

    /** What its Task states ask for. */
    Map<String, Resource> resources() {
        Map<String, Resource> resources = new LinkedHashMap<>();
        states.values().forEach(state -> {
            if (state instanceof State.Task task) {
                resources.put(task.name(), task.resource());
            }
        });
        return resources;
    }

    @Override
    public Workflow named(String name) {
        if (name.equals(workflow.name())) {
            return workflow;
        }
        if (others == null) {
            throw new RequestException("StateMachineDoesNotExist", "There is no workflow '" + name + "' in this test");
        }
        return journaled(others.named(name));
    }

    @Override
    public Program compiled(String sha256, Supplier<String> text) {
        if (sha256.equals(workflow.definition().sha256())) {
            return workflow.program();
        }
        return others == null
                ? ofText("definition " + sha256, text.get()).workflow().program()
                : journaled(others.compiled(sha256, text));
    }
}
