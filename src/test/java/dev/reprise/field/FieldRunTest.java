package dev.reprise.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.asl.Resource;
import dev.reprise.asl.State;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskException;
import dev.reprise.task.aws.model.ServiceModels;
import dev.reprise.testing.Answer;
import dev.reprise.testing.WorkflowRun;
import dev.reprise.testing.WorkflowTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Definitions from public repositories, run on the engine to the ends that {@code runs.json} states. What they ask goes
 * through the integrations of the function, as requests to a stub, and what that answers comes back through them.
 */
class FieldRunTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER = FieldDefinition.folder();
    private static final Path CHILDREN = Path.of("src/test/resources/field/children");

    /** So many definitions at least are run to a stated end. */
    private static final int RUN = 60;

    private static Path workflows;
    private static FieldServices services;
    private static Map<String, FieldDefinition> definitions = Map.of();

    @BeforeAll
    static void place() throws Exception {
        services = new FieldServices();
        if (Files.isRegularFile(FOLDER.resolve("index.json"))) {
            workflows = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "field-runs-");
            definitions = FieldDefinition.readAll(FOLDER).stream()
                    .collect(Collectors.toMap(FieldDefinition::name, Function.identity()));
            definitions.values().forEach(definition -> definition.placeIn(workflows));
            try (Stream<Path> children = Files.list(CHILDREN)) {
                for (Path child : children.toList()) {
                    Files.copy(child, workflows.resolve(child.getFileName()));
                }
            }
        }
    }

    @AfterAll
    static void close() {
        services.close();
    }

    @TestFactory
    Stream<DynamicTest> publishedDefinitionsComeToTheirEnds() {
        assumeTrue(
                !definitions.isEmpty(), () -> "No definitions at " + FOLDER + ": say where they are with -Dfield=DIR");
        List<FieldRun> all = FieldRun.readAll();
        List<FieldRun> runs = all.stream()
                .filter(run -> definitions.containsKey(run.definition()) && run.isOf(definitions.get(run.definition())))
                .toList();
        assumeTrue(
                runs.size() == all.size(), () -> "Of the definitions that are run only " + runs.size() + " are here");
        Set<String> called = new TreeSet<>();
        return Stream.concat(
                runs.stream()
                        .map(run -> DynamicTest.dynamicTest(run.toString(), () -> {
                            try (WorkflowRun ended = run(run)) {
                                assertEnd(run, ended);
                                called.addAll(called(ended));
                            }
                        })),
                Stream.of(DynamicTest.dynamicTest(
                        "they are sixty at least, and call by every integration that any of all does",
                        () -> assertCoverage(runs, called))));
    }

    private static void assertCoverage(List<FieldRun> runs, Set<String> called) throws IOException {
        Set<String> all = new TreeSet<>();
        for (FieldDefinition definition : definitions.values()) {
            for (String resource : resources(definition)) {
                // No definition is loaded that names something unknown.
                if (!(Resource.parse(resource) instanceof Resource.Unknown)) {
                    all.add(integration(Resource.parse(resource)));
                }
            }
        }
        long number = runs.stream().map(FieldRun::definition).distinct().count();
        System.out.println("field run " + number + "/" + definitions.size() + " over " + called.size() + "/"
                + all.size() + " integrations");
        assertThat(number).isGreaterThanOrEqualTo(RUN);
        assertThat(called).containsAll(all);
    }

    /** By what a run has called others; an execution that it started counts though nobody was asked for it. */
    private static Set<String> called(WorkflowRun run) {
        Set<String> called = new TreeSet<>();
        run.calls().forEach(call -> called.add(integration(Resource.parse(call.resource()))));
        run.states().values().forEach(state -> {
            if (state instanceof State.Task task
                    && task.resource() instanceof Resource.StartExecution
                    && run.visited().contains(state.name())) {
                called.add(integration(task.resource()));
            }
        });
        return called;
    }

    /** Brings a definition to its end. */
    private static WorkflowRun run(FieldRun run) {
        WorkflowTest test = WorkflowTest.of(file(run.definition()));
        Map<String, List<JsonNode>> requests = new TreeMap<>();
        run.services()
                .forEach(state -> test.state(state.getKey())
                        .computes(call -> ask(run, state.getKey(), state.getValue(), requests, call)));
        run.results().forEach(state -> test.state(state.getKey()).answersInTurnThenRepeats(answers(state.getValue())));
        run.objects().forEach(object -> {
            String[] place = object.getKey().split("/", 2);
            test.object(place[0], place[1], object.getValue().asText());
        });
        run.starts()
                .forEach(machine ->
                        test.stateMachine(machine.getKey(), machine.getValue().asText()));
        WorkflowRun ended = test.run(run.input());
        run.asked()
                .forEach(state -> assertThat(requests.get(state.getKey()))
                        .as("what " + state.getKey() + " asks for")
                        .containsExactlyElementsOf(state.getValue()));
        return ended;
    }

    private static Path file(String definition) {
        return Stream.of(".asl.json", ".asl.yaml")
                .map(ending -> workflows.resolve(definition + ending))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no definition " + definition));
    }

    /** Asks the stub by the function's integration; a task that waits for its token has then what its holder sends. */
    private static JsonNode ask(
            FieldRun run, String state, JsonNode answers, Map<String, List<JsonNode>> requests, TaskCall call) {
        List<JsonNode> asked = requests.computeIfAbsent(state, unused -> new ArrayList<>());
        int before = services.requests();
        try {
            JsonNode result = services.ask(call, () -> {
                // Each request is answered by the next; those that came before this one count too.
                int number = asked.size() + services.requests() - before;
                return FieldRun.answer(answers.isArray() ? answers.get(Math.min(number, answers.size() - 1)) : answers);
            });
            return run.callback(state) == null ? result : sent(run.callback(state));
        } finally {
            for (int number = before; number < services.requests(); number++) {
                asked.add(FieldRun.body(services.request(number)));
            }
        }
    }

    private static JsonNode sent(JsonNode callback) {
        if (callback.has("error")) {
            throw new TaskException(
                    callback.path("error").asText(), callback.path("cause").asText());
        }
        return callback.path("output");
    }

    private static Answer[] answers(JsonNode results) {
        List<Answer> all = new ArrayList<>();
        (results.isArray() ? results : List.of(results))
                .forEach(result -> all.add(
                        result.has("error")
                                ? Answer.error(
                                        result.path("error").asText(),
                                        result.path("cause").asText())
                                : new Answer.Result(result)));
        return all.toArray(Answer[]::new);
    }

    /** What all Task states of a definition name; nothing where it cannot be read, so that nothing loads it either. */
    private static Set<String> resources(FieldDefinition definition) throws IOException {
        try {
            return resources(JSON.readTree(Files.readString(definition.filled())));
        } catch (JsonProcessingException e) {
            return Set.of();
        }
    }

    private static Set<String> resources(JsonNode node) {
        Set<String> found = new TreeSet<>();
        if (node.path("Type").asText().equals("Task")) {
            found.add(node.path("Resource").asText());
        }
        node.forEach(child -> found.addAll(resources(child)));
        return found;
    }

    private static void assertEnd(FieldRun run, WorkflowRun ended) {
        if (run.json().has("error")) {
            ended.assertFailed(run.json().path("error").asText());
        } else {
            JsonNode output = ended.assertSucceeded().output();
            assertThat(output == null ? null : FieldRun.plain(output))
                    .as(ended.timeline())
                    .isEqualTo(run.json().path("output"));
        }
    }

    /** Actions of the SDK are alike but for the protocol: what each does is in its service's table. */
    private static String integration(Resource resource) {
        return switch (resource) {
            case Resource.SdkAction action ->
                "aws-sdk over " + ServiceModels.get(action.service()).protocol()
                        + action.pattern().suffix();
            case Resource.Action action -> action.type() + ":" + action.api();
            case Resource.LambdaFunction function -> "a function's ARN";
            case Resource.Activity activity -> "an activity";
        };
    }
}
