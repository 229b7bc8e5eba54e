package dev.reprise.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.dataset.ObjectStore;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.journal.dynamodb.DynamoDbStore;
import dev.reprise.journal.dynamodb.DynamoDbTable;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.local.DynamoDbLocalExtension;
import dev.reprise.operations.ExecutionDescription;
import dev.reprise.runtime.MapData;
import dev.reprise.task.TaskRunners;
import dev.reprise.testing.InMemoryStore;
import dev.reprise.workflow.WorkflowCatalogue;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each workflow in {@code workflows/examples/}, with the sample input beside it. */
@QuarkusTest
class ExampleWorkflowsTest {

    @Inject
    WorkflowCatalogue workflows;

    @Inject
    TaskRunners tasks;

    @Inject
    MapData mapData;

    @Inject
    ObjectStore objects;

    @ParameterizedTest
    @MethodSource("dev.reprise.examples.Example#names")
    void givesTheExpectedOutputOnDynamoDb(String workflow) {
        String table = DynamoDbLocalExtension.newTableName();
        DynamoDbTable.create(DynamoDbLocalExtension.client(), table);
        ExecutionStore store = new DynamoDbStore(DynamoDbLocalExtension.client(), table);
        Example example = Example.named(workflow);

        ExecutionDescription ended =
                new SimulatedFunction(store, workflows, tasks, mapData).run(workflow, "sample", example.input());

        assertThat(ended.status()).as("%s: %s", ended.error(), ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(Example.json(String.valueOf(ended.output()))).isEqualTo(example.output());
    }

    @Test
    void theManifestOfAnExampleNamesAFileWithAPriceForEachOrder() throws IOException {
        Example example = Example.named("orders-from-s3");
        String manifest =
                run("orders-from-s3", example.input()).output().path("manifest").asText();

        String key = object(manifest).at("/ResultFiles/SUCCEEDED/0/Key").asText();
        List<JsonNode> prices =
                text("s3://reprise-examples/" + key).lines().map(Example::json).toList();
        assertThat(prices).hasSize(1_000);
        assertThat(prices.get(0))
                .isEqualTo(Example.json("{\"order\": \"o-1\", \"cents\": 23552, \"currency\": \"EUR\"}"));
        assertThat(prices)
                .extracting(price -> price.path("cents").longValue())
                .satisfies(cents -> assertThat(
                                cents.stream().mapToLong(Long::longValue).sum())
                        .isEqualTo(50_248_959));
    }

    private JsonNode object(String uri) throws IOException {
        return Example.json(text(uri));
    }

    private String text(String uri) throws IOException {
        String[] place = uri.substring("s3://".length()).split("/", 2);
        try (InputStream content = objects.get(place[0], place[1], null).content()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void everyExampleIsValid() {
        assertThat(workflows.all())
                .filteredOn(file -> Example.names().contains(file.name()))
                .hasSameSizeAs(Example.names())
                .allSatisfy(file -> {
                    assertThat(file.errors()).isEmpty();
                    assertThat(file.warnings()).isEmpty();
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        square-numbers | {"numbers": []}                                               | {"squares": [], "total": 0}
        square-numbers | {"numbers": [-3]}                                             | {"squares": [9], "total": 9}
        process-orders | {"orders": []}                                                | {"orders": [], "chargedCents": 0}
        process-orders | {"orders": [{"id": "o-1", "quantity": -1}]}                   | {"orders": [{"order": "o-1", "status": "REJECTED", "reason": "quantity must be at least 1, was -1"}], "chargedCents": 0}
        regions        | {"regions": []}                                               | {"regions": [], "euroCents": 0}
        divide         | {"dividend": 7, "divisors": []}                               | {"dividend": 7, "divisors": [], "quotients": []}
        first-quotes   | {"suppliers": []}                                              | {"quotes": [], "cheapest": null}
        first-quotes   | {"suppliers": [{"name": "A", "cents": 7, "answersAfterSeconds": 0}]} | {"quotes": [{"supplier": "A", "cents": 7}], "cheapest": "A"}
        import-customers | {"customers": []}                                            | {"imported": [], "refused": 0}
        order-batch    | {"orders": []}                                                | {"decision": "SHIP_ALL", "ship": []}
        order-batch    | {"orders": [{"id": "a", "quantity": 1}]}                      | {"decision": "SHIP_ALL", "ship": ["a"]}
        order-batch    | {"orders": [{"id": "a"}, {"id": "b"}, {"id": "c"}, {"id": "d"}]} | {"decision": "SEND_BACK", "notLookedAt": 1}
        ones-and-zeros | {"count": 0}                                                  | 0
        ones-and-zeros | {"count": 1}                                                  | 3
        order-lines    | {"lines": []}                                                 | {"lines": 0, "articles": 0, "done": []}
        branches-forward-errors | {"n": 4}                                             | [10, 100]
        fan-out        | {"customer": "Al", "country": "SE", "kilograms": 0}           | {"customer": "Al", "score": 200, "shippingCents": 780, "payment": "IN_ADVANCE"}
        """)
    void copesWithAnUnusualInput(String workflow, String input, String output) {
        ExecutionDescription ended = run(workflow, Example.json(input));

        assertThat(Example.json(String.valueOf(ended.output())))
                .as("%s: %s", ended.error(), ended.cause())
                .isEqualTo(Example.json(output));
    }

    @ParameterizedTest
    @CsvSource({"true, APPROVED", "false, REFUSED"})
    void anApprovalEndsAsItsTokenCameBack(boolean approved, String status) {
        SimulatedFunction function = new SimulatedFunction(new InMemoryStore(), workflows, tasks, mapData);
        ExecutionDescription waiting =
                function.start("approval", "asked", Example.named("approval").input());
        assertThat(waiting.wakeAt()).isEqualTo(SimulatedFunction.NOON.plusSeconds(300));

        function.callbacks()
                .sendTaskSuccess(
                        token(function.history(waiting.executionArn())),
                        Example.json("{\"approved\": " + approved + "}"));

        assertThat(function.resume(waiting.executionArn()).output())
                .isEqualTo(Example.json("{\"request\": \"a new coffee machine\", \"status\": \"" + status + "\"}"));
    }

    @Test
    void anApprovalWaitsOnWhileItsApproverIsHeardOf() {
        SimulatedFunction function = new SimulatedFunction(new InMemoryStore(), workflows, tasks, mapData);
        ExecutionDescription waiting =
                function.start("approval", "asked", Example.named("approval").input());
        String token = token(function.history(waiting.executionArn()));

        function.setTime(SimulatedFunction.NOON.plusSeconds(200));
        function.callbacks().sendTaskHeartbeat(token);
        function.setTime(SimulatedFunction.NOON.plusSeconds(300));
        ExecutionDescription expired = function.resume(waiting.executionArn());

        assertThat(expired.stopDate()).isEqualTo(SimulatedFunction.NOON.plusSeconds(500));
    }

    /** As the request for the task shows it. */
    private static String token(List<JsonNode> history) {
        return history.stream()
                .map(event -> event.at("/taskScheduledEventDetails/parameters"))
                .filter(JsonNode::isTextual)
                .map(parameters ->
                        Example.json(parameters.textValue()).path("token").textValue())
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        regions    | {"regions": [{"name": "Mars", "currency": "MRD", "shops": [{"name": "Base", "cents": 1}]}]} | UnknownCurrency | There is no rate for 'MRD'
        branches-halt | {"n": -1}                                                                                | java.lang.ArithmeticException | / by zero
        import-customers | {"customers": [{"name": "Al"}, {"name": "Bo", "email": "b@example.com"}]}             | BadList | The specified tolerated failure threshold was exceeded: 1 of 2 failed, the last one (index 0) with NoAddress: Al has no e-mail address
        order-file | {"lines": 0}                                                                                | InvalidRequest  | lines must be a number from 1 to 1000000, was 0
        orders-from-s3 | {"bucket": "reprise-examples", "lines": -1} | InvalidRequest | lines must be a number from 0 to 1000000, was -1
        """)
    void saysWhatIsWrongWithItsInput(String workflow, String input, String error, String cause) {
        ExecutionDescription ended = run(workflow, Example.json(input));

        assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(ended.error()).isEqualTo(error);
        assertThat(ended.cause()).isEqualTo(cause);
    }

    private ExecutionDescription run(String workflow, JsonNode input) {
        return new SimulatedFunction(new InMemoryStore(), workflows, tasks, mapData).run(workflow, "unusual", input);
    }
}
