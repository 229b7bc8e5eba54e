package dev.reprise.nativetests.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.nativetests.dynamodb.Journal;
import dev.reprise.nativetests.lambda.FunctionSettings;
import dev.reprise.nativetests.lambda.Invocation;
import dev.reprise.nativetests.lambda.Outcome;
import dev.reprise.nativetests.lambda.RecordedFunction;
import dev.reprise.nativetests.peers.AwsCall;
import dev.reprise.nativetests.peers.GlueJobs;
import dev.reprise.nativetests.peers.Witness;
import dev.reprise.nativetests.s3.S3Mock;
import dev.reprise.nativetests.sqs.ElasticMq;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.sqs.model.Message;

/** The function with the workflow {@code order-run}, every service that it calls, and a witness before each of them. */
final class OrderRun implements AutoCloseable {

    static final String WORKFLOW = "order-run";
    static final String EXECUTION = "order-file-1";
    static final String BUCKET = "orders-of-the-day";
    static final String FILE = "2026-11-29.csv";
    static final String LEDGER = "ledger";
    static final String APPROVALS = "approvals";
    static final String CLOSING_JOB = "close-the-day";
    static final String PRICE_FUNCTION = "prices";
    static final double PRICES_PER_SECOND = 10;
    static final Path FOLDER = Path.of("src/test/resources/order-run").toAbsolutePath();

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WORKFLOWS = "{\"workflows\": {}}";
    private static final int POLLS = 3;
    /** Far more than it needs: whatever dies here is killed by the test. */
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    final Witness witness = new Witness();
    final S3Mock s3 = new S3Mock(Path.of(System.getProperty("s3mock")));
    final ElasticMq queues = new ElasticMq();
    final Reprise reprise;

    private final GlueJobs glue = new GlueJobs(POLLS);
    private final String approvals = queues.queue(APPROVALS);
    private final Set<Invocation> repeated = new HashSet<>();

    OrderRun() {
        Surroundings.DYNAMO_DB
                .client()
                .createTable(table -> table.tableName(LEDGER)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(AttributeDefinition.builder()
                                .attributeName("order")
                                .attributeType(ScalarAttributeType.S)
                                .build())
                        .keySchema(KeySchemaElement.builder()
                                .attributeName("order")
                                .keyType(KeyType.HASH)
                                .build()));
        reprise = Reprise.deploy(WORKFLOW, this::configured);
        reprise.queue().leaveOthersTo(queues.endpoint());
        reprise.provide(PRICE_FUNCTION, new RecordedFunction(Duration.ofMillis(5), OrderFile::price));
        s3.makeBucket(BUCKET);
        s3.put(BUCKET, FILE, OrderFile.csv());
    }

    private FunctionSettings configured(FunctionSettings settings) {
        return witness.between(
                        settings.with("AWS_ENDPOINT_URL_S3", s3.endpoint().toString())
                                .with("AWS_ENDPOINT_URL_GLUE", glue.endpoint().toString()))
                .with("REPRISE_WORKFLOWS", FOLDER.resolve("workflows").toString())
                .withTimeout(TIMEOUT)
                .with("REPRISE_RUNNER_WAIT_IN_PROCESS", "1s")
                .with("REPRISE_TELEMETRY_LOG_LEVEL", "ALL")
                .with("REPRISE_SUBSTITUTIONS", """
                    {"order-run": {"SideBySide": 12, "PricesPerSecond": %s, "DearFrom": %d, "Ledger": "%s"},
                     "Bucket": "%s", "Approvals": "%s", "ClosingJob": "%s", "PriceFunction": "%s"}\
                    """.formatted(
                                PRICES_PER_SECOND,
                                OrderFile.DEAR_FROM,
                                LEDGER,
                                BUCKET,
                                approvals,
                                CLOSING_JOB,
                                PRICE_FUNCTION));
    }

    /** The message that tells of the file, as Lambda's poller gives it to the function. */
    static String event() {
        return """
            {"Records": [{"messageId": "%s", "receiptHandle": "r-1", "body": "{\\"file\\": \\"%s\\"}",
              "attributes": {"ApproximateReceiveCount": "1", "SentTimestamp": "1764374400000"}, "messageAttributes": {},
              "eventSource": "aws:sqs", "eventSourceARN": "%s", "awsRegion": "%s"}]}\
            """.formatted(EXECUTION, FILE, AwsCall.arn("sqs", "order-files"), FunctionSettings.REGION);
    }

    /** Has two processes start, so that the times that pass from here on are those of the workflow. */
    void warmUp() {
        List<Invocation> both =
                List.of(reprise.function().invoke(WORKFLOWS), reprise.function().invoke(WORKFLOWS));
        both.forEach(reprise::answerOf);
    }

    /** What the function says is wrong with the workflow. */
    JsonNode problems() {
        for (JsonNode workflow : reprise.answer(WORKFLOWS).path("workflows")) {
            if (workflow.path("name").asText().equals(WORKFLOW)) {
                return workflow.path("errors");
            }
        }
        throw new AssertionError("the function does not know of " + WORKFLOW);
    }

    /** Has the process die once so many calls of a kind have been answered, the last one unheard. */
    void killUpon(Predicate<AwsCall> which, int number) {
        witness.uponAnswer(which, number, () -> reprise.function().killAll());
    }

    /** Waits until a process has died, and until nothing that it had asked for is under way. */
    void awaitDeath() {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (dead().isEmpty()) {
            if (System.nanoTime() > until) {
                throw new AssertionError(
                        "nothing has died: " + reprise.function().invocations() + reprise.printed());
            }
            LockSupport.parkNanos(2_000_000);
        }
        witness.awaitQuiet(PATIENCE);
    }

    /** Delivers again what died, as Lambda does. */
    void repeat() {
        for (Invocation died : dead()) {
            repeated.add(died);
            reprise.function().deliver(died.event(), died.requestId());
        }
    }

    private List<Invocation> dead() {
        return reprise.function().invocations().stream()
                .filter(invocation -> !repeated.contains(invocation)
                        && invocation
                                .outcome()
                                .filter(new Outcome.Died(137)::equals)
                                .isPresent())
                .toList();
    }

    void settle() {
        reprise.settle(PATIENCE);
    }

    Journal journal() {
        return reprise.journal(WORKFLOW, EXECUTION);
    }

    JsonNode describe() {
        return reprise.answer(Reprise.describe(WORKFLOW, EXECUTION));
    }

    /** Takes what whoever approves is asked, until so many orders have been asked about. */
    List<JsonNode> takeApprovals(int orders) throws JsonProcessingException {
        List<JsonNode> asked = new ArrayList<>();
        while (asked.stream().map(each -> each.path("order")).distinct().count() < orders) {
            List<Message> messages = queues.take(approvals);
            if (messages.isEmpty()) {
                throw new AssertionError("nobody is asked about more than " + asked + "\n" + reprise.printed());
            }
            for (Message message : messages) {
                asked.add(JSON.readTree(message.body()));
            }
        }
        return asked;
    }

    void approve(String token) {
        var event = JSON.createObjectNode();
        event.putObject("sendTaskSuccess").put("taskToken", token).put("output", "{\"by\": \"Grace\"}");
        JsonNode answer = reprise.answer(event.toString());
        if (!answer.isEmpty()) {
            throw new AssertionError("the answer was not taken: " + answer);
        }
    }

    /** What stands in the ledger: the cents of each order. */
    List<String> ledger() {
        return Surroundings.DYNAMO_DB.client().scanPaginator(scan -> scan.tableName(LEDGER)).items().stream()
                .map(item -> item.get("order").s() + " "
                        + item.getOrDefault("cents", AttributeValue.fromN("0")).n())
                .sorted()
                .toList();
    }

    List<FunctionLog> logs() {
        return reprise.function().sandboxes().stream()
                .map(sandbox -> FunctionLog.read(sandbox.printed()))
                .toList();
    }

    @Override
    public void close() {
        reprise.close();
        witness.close();
        glue.close();
        queues.close();
        s3.close();
    }
}
