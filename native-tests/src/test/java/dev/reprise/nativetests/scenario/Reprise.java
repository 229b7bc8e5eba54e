package dev.reprise.nativetests.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.nativetests.dynamodb.Journal;
import dev.reprise.nativetests.lambda.DeployedFunction;
import dev.reprise.nativetests.lambda.FunctionSettings;
import dev.reprise.nativetests.lambda.Invocation;
import dev.reprise.nativetests.lambda.InvokeApi;
import dev.reprise.nativetests.lambda.Outcome;
import dev.reprise.nativetests.lambda.RecordedFunction;
import dev.reprise.nativetests.lambda.Sandbox;
import dev.reprise.nativetests.sqs.WakeUpQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The built function, deployed with a table and a queue of its own, as a scenario speaks to it. */
final class Reprise implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HANDLER = "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest";

    private final InvokeApi lambda;
    private final WakeUpQueue queue;
    private final DeployedFunction function;
    private final String table;

    private Reprise(String scenario, UnaryOperator<FunctionSettings> change) {
        table = "reprise-" + scenario;
        lambda = new InvokeApi();
        queue = new WakeUpQueue(this::receive);
        var settings = FunctionSettings.of("reprise", HANDLER);
        for (var variable : Surroundings.TEMPLATE
                .environment(Map.of("Table", table, "WakeUps", queue.url()))
                .entrySet()) {
            settings = settings.with(variable.getKey(), variable.getValue());
        }
        settings = settings.with(
                        "AWS_ENDPOINT_URL_DYNAMODB",
                        Surroundings.DYNAMO_DB.endpoint().toString())
                .with("AWS_ENDPOINT_URL_LAMBDA", lambda.endpoint().toString())
                .with("AWS_ENDPOINT_URL_SQS", queue.endpoint().toString());
        function = new DeployedFunction(Surroundings.PACKAGE, change.apply(settings), Surroundings.logsOf(scenario));
        lambda.add(function);
    }

    /**
     * Deploys the function with an empty table.
     *
     * @param scenario a name for the table and the logs
     * @param change what this scenario configures otherwise
     */
    static Reprise deploy(String scenario, UnaryOperator<FunctionSettings> change) {
        var reprise = new Reprise(scenario, change);
        Surroundings.DYNAMO_DB.client().createTable(Surroundings.TEMPLATE.table(reprise.table));
        return reprise;
    }

    /** Deploys the function but no table. */
    static Reprise deployWithoutTable(String scenario, UnaryOperator<FunctionSettings> change) {
        return new Reprise(scenario, change);
    }

    /** The event that starts an execution. */
    static String start(String workflow, String name, String input) {
        return "{\"workflow\": \"%s\", \"name\": \"%s\", \"input\": %s}".formatted(workflow, name, input);
    }

    /** The event that resumes an execution. */
    static String resume(String workflow, String name) {
        return "{\"resume\": \"%s\"}".formatted(arn(workflow, name));
    }

    /** The event that asks how an execution stands. */
    static String describe(String workflow, String name) {
        return "{\"describe\": \"%s\"}".formatted(arn(workflow, name));
    }

    /** The event that asks for what an execution has done. */
    static String history(String workflow, String name) {
        return "{\"history\": \"%s\"}".formatted(arn(workflow, name));
    }

    private static String arn(String workflow, String name) {
        return "arn:aws:states:%s:%s:execution:%s:%s"
                .formatted(FunctionSettings.REGION, FunctionSettings.ACCOUNT, workflow, name);
    }

    /** Makes a function callable for the workflows' tasks. */
    RecordedFunction provide(String name, RecordedFunction elsewhere) {
        lambda.add(name, elsewhere);
        return elsewhere;
    }

    /** The function itself, to deliver events to and to kill. */
    DeployedFunction function() {
        return function;
    }

    /** The wake-ups that the function has sent. */
    WakeUpQueue queue() {
        return queue;
    }

    /** What the table holds of an execution. */
    Journal journal(String workflow, String name) {
        return Journal.read(Surroundings.DYNAMO_DB.client(), table, workflow, name);
    }

    /** All items of the table, as DynamoDB tells them: of bytes their hexadecimal digits. */
    String stored() {
        return Surroundings.DYNAMO_DB
                .client()
                .scan(request -> request.tableName(table))
                .items()
                .toString();
    }

    /** Overwrites the first segment of an execution's journal with something else. */
    void damageFirstSegment(String workflow, String name) {
        Surroundings.DYNAMO_DB
                .client()
                .updateItem(request -> request.tableName(table)
                        .key(Map.of(
                                "pk", AttributeValue.fromS("EXEC#" + workflow + "#" + name),
                                "sk", AttributeValue.fromS("SEG#000000000001")))
                        .updateExpression("SET entries = :damage")
                        .expressionAttributeValues(
                                Map.of(":damage", AttributeValue.fromS("{\"succeeded\":\"/:1\",\"at"))));
    }

    /** Sends an event, waits, and expects an answer: an error would be the test's. */
    JsonNode answer(String event) {
        return answerOf(function.invoke(event));
    }

    /** Waits for an answer to this invocation. */
    JsonNode answerOf(Invocation invocation) {
        Outcome outcome = invocation.await();
        if (!(outcome instanceof Outcome.Answered(String payload))) {
            throw new AssertionError(invocation + "\n" + printed());
        }
        try {
            return JSON.readTree(payload);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + payload, e);
        }
    }

    /** Waits until nothing runs any more and no wake-up is on its way. */
    void settle(Duration patience) {
        Instant until = Instant.now().plus(patience);
        while (!queue.isEmpty()
                || function.invocations().stream()
                        .anyMatch(invocation -> invocation.outcome().isEmpty())) {
            if (Instant.now().isAfter(until)) {
                throw new AssertionError(
                        "not at rest after " + patience + ": " + function.invocations() + "\n" + printed());
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    /** What all processes have printed. */
    String printed() {
        StringBuilder all = new StringBuilder();
        for (Sandbox sandbox : function.sandboxes()) {
            all.append(sandbox.printed());
        }
        return all.toString();
    }

    @Override
    public void close() {
        queue.close();
        function.close();
        lambda.close();
    }

    private void receive(String event) {
        function.invoke(event);
    }
}
