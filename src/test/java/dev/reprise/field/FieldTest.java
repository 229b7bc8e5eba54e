package dev.reprise.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.asl.Body;
import dev.reprise.asl.Resource;
import dev.reprise.asl.State;
import dev.reprise.task.TaskRunners;
import dev.reprise.workflow.Workflow;
import dev.reprise.workflow.WorkflowCatalogue;
import dev.reprise.workflow.WorkflowFile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Definitions from public repositories, as published, with their substitutions: loaded by the function's own catalogue,
 * and held against what the function's own tasks can run. {@code ./mvnw -q -Pfield test -Dfield=DIR} does so for any
 * folder of the same form.
 */
@QuarkusTest
@TestProfile(FieldProfile.class)
class FieldTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Path FOLDER = FieldDefinition.folder();

    /** What does not load, and why AWS would not take it either; by where it was published. */
    private static final Map<String, String> REFUSED = Map.of(
            "aws-samples/aws-stepfunctions-examples"
                    + " usecases/distributedmap/monte-carlo-simulation/terraform/shared/modules/stepfunctions/sfn.tf#5",
            "filled in with a HeartbeatSeconds that is not smaller than its TimeoutSeconds",
            "aws-samples/step-functions-workflows-collection"
                    + " sfn-datazone-update-metadata-cdk/typescript/statemachine/statemachine.asl.json",
            "filled in with a function's ARN where the file wants its name",
            "aws-samples/step-functions-workflows-collection"
                    + " sfn-iot-data-analytics-dataset/statemachine/statemachine.asl.json",
            "neither JSON nor YAML: a member has two values",
            "aws-samples/step-functions-workflows-collection"
                    + " shared-fallback-state-jsonata/statemachine/statemachine.asl.json",
            "QueryLanguage stands among the states, so JSONata is used where JSONPath is declared");

    @Inject
    WorkflowCatalogue catalogue;

    @Inject
    TaskRunners tasks;

    private List<FieldDefinition> definitions = List.of();
    private Map<String, WorkflowFile> files = Map.of();

    @BeforeEach
    void load() {
        assumeTrue(
                Files.isRegularFile(FOLDER.resolve("index.json")),
                () -> "No definitions at " + FOLDER + ": say where they are with -Dfield=DIR");
        definitions = FieldDefinition.readAll(FOLDER);
        files = catalogue.all().stream().collect(Collectors.toMap(WorkflowFile::name, file -> file));
    }

    @Test
    void publishedDefinitionsLoadAndRun() {
        Map<String, Set<String>> missing = new HashMap<>();
        Map<String, List<String>> refused = new TreeMap<>();
        int loaded = 0;
        int whole = 0;
        for (FieldDefinition definition : definitions) {
            WorkflowFile file = files.get(definition.name());
            assertThat(file).as(definition.origin()).isNotNull();
            Workflow workflow = file.workflow();
            if (workflow == null) {
                refused.put(definition.origin(), file.errors());
                continue;
            }
            loaded++;
            Set<String> lacking = new TreeSet<>();
            visit(workflow.program().machine().body(), resource -> {
                if (!tasks.runs(resource)) {
                    lacking.add(name(resource));
                }
            });
            lacking.forEach(name ->
                    missing.computeIfAbsent(name, unused -> new TreeSet<>()).add(definition.name()));
            whole += lacking.isEmpty() ? 1 : 0;
        }
        missing.entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, Set<String>>>comparingInt(
                                entry -> -entry.getValue().size())
                        .thenComparing(Map.Entry::getKey))
                .forEach(entry ->
                        System.out.println("field missing " + entry.getValue().size() + " " + entry.getKey()));
        refused.forEach((origin, errors) -> System.out.println("field refused " + origin + ": "
                + (REFUSED.containsKey(origin) ? REFUSED.get(origin) : errors.getFirst())));
        int total = definitions.size();
        System.out.println("field load " + loaded + "/" + total + " whole " + whole + "/" + total);
        assertThat(REFUSED.keySet())
                .as("what does not load is named with the reason")
                .containsAll(refused.keySet());
    }

    /** The values that stand in the index were filled in by others, with code of their own. */
    @Test
    void substitutedTextsAreWhatOthersMadeOfThem() throws Exception {
        for (FieldDefinition definition : definitions) {
            Workflow workflow = files.get(definition.name()).workflow();
            if (workflow != null) {
                assertThat(JSON.readTree(workflow.definition().text()))
                        .as(definition.origin())
                        .isEqualTo(JSON.readTree(Files.readString(definition.filled())));
            }
            assertThat(files.get(definition.name()).warnings())
                    .as(definition.origin())
                    .noneMatch(line -> line.contains("${"));
        }
    }

    @Test
    void theConfigurationGivesValuesToTokens() {
        assertThat(catalogue.named(FieldProfile.CONFIGURED).definition().text())
                .isEqualToIgnoringWhitespace("{\"StartAt\": \"Begin\", \"States\": {\"Begin\": {\"Type\": \"Pass\","
                        + " \"Comment\": \"said\", \"End\": true}}}");
    }

    /**
     * The resources that tasks run: an activity is there as soon as a worker polls it, and executions start themselves.
     */
    private static void visit(Body body, Consumer<Resource> visitor) {
        for (State state : body.states().values()) {
            switch (state) {
                case State.Task task -> {
                    Resource resource = task.resource();
                    if (!(resource instanceof Resource.Activity) && !(resource instanceof Resource.StartExecution)) {
                        visitor.accept(resource);
                    }
                }
                case State.Map map -> visit(map.processor().body(), visitor);
                case State.Parallel parallel -> parallel.branches().forEach(branch -> visit(branch, visitor));
                default -> {}
            }
        }
    }

    private static String name(Resource resource) {
        return resource instanceof Resource.Action action ? action.type() + ":" + action.api() : resource.uri();
    }
}
