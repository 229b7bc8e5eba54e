package dev.reprise.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.execution.RequestException;
import dev.reprise.journal.Journals;
import dev.reprise.operations.ExecutionFilter;
import dev.reprise.operations.ExecutionView;
import dev.reprise.operations.Invocation;
import dev.reprise.operations.JournaledExecutions;
import dev.reprise.operations.SweepSettings;
import dev.reprise.operations.Sweeper;
import dev.reprise.operations.TaskCallbacks;
import dev.reprise.operations.TestServices;
import dev.reprise.query.Queries;
import dev.reprise.query.QueryLimits;
import dev.reprise.query.check.QueryExpressionChecker;
import dev.reprise.query.jsonata.JsonataQueries;
import dev.reprise.query.jsonpath.JsonPathQueries;
import dev.reprise.runtime.RunnerSettings;
import dev.reprise.task.TaskRunners;
import dev.reprise.testing.InMemoryStore;
import dev.reprise.trigger.RefusedEventException;
import dev.reprise.trigger.TriggerFile;
import dev.reprise.trigger.Triggers;
import dev.reprise.workflow.Substitutions;
import dev.reprise.workflow.WorkflowCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events as AWS sends them, and the executions that come of them. */
class TriggeredEventsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final String QUEUE = "arn:aws:sqs:us-east-1:123456789012:orders";
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:reprise";
    private static final Invocation INVOCATION = new Invocation("r-1", FUNCTION, NOW.plusSeconds(900));
    private static final int PAYLOAD_BYTES = 10_000;

    private final List<String> wokenUp = new ArrayList<>();

    @TempDir
    Path folder;

    private RequestHandler function;
    private JournaledExecutions executions;

    @BeforeEach
    void write() throws IOException {
        workflow("orders", "");
        workflow("refunds", "");
        workflow("pings", ", \"Reprise\": {\"Durability\": \"NONE\"}");
        Files.writeString(folder.resolve("failing.asl.json"), """
            {"StartAt": "F", "Reprise": {"Durability": "NONE"},
             "States": {"F": {"Type": "Fail", "Error": "Declined", "Cause": "no money"}}}\
            """);
        function = function();
    }

    private void workflow(String name, String more) throws IOException {
        Files.writeString(
                folder.resolve(name + ".asl.json"),
                "{\"StartAt\": \"P\", \"States\": {\"P\": {\"Type\": \"Pass\", \"End\": true}}" + more + "}");
    }

    private void triggers(String text) throws IOException {
        Files.writeString(folder.resolve("triggers.json"), text);
    }

    private RequestHandler function() {
        InstantSource clock = InstantSource.fixed(NOW);
        Map<QueryLanguage, Queries> languages = Map.of(
                QueryLanguage.JSONPATH, new JsonPathQueries(),
                QueryLanguage.JSONATA, new JsonataQueries(QueryLimits.DEFAULT));
        WorkflowCatalogue workflows = new WorkflowCatalogue(
                folder, new QueryExpressionChecker(), languages::get, List.of(), Substitutions.none());
        Journals journals = new Journals(new InMemoryStore(), clock, new Random(1));
        executions = new JournaledExecutions(TestServices.of(
                workflows,
                journals,
                new TaskRunners(List.of()),
                (executionArn, at) -> wokenUp.add(executionArn),
                new InterpreterLimits(
                        PAYLOAD_BYTES,
                        InterpreterLimits.DEFAULT.sliceTransitions(),
                        InterpreterLimits.DEFAULT.sliceFuel(),
                        1_000),
                new RunnerSettings(
                        4,
                        Duration.ofSeconds(5),
                        Duration.ofMillis(50),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1),
                        10),
                clock));
        TriggerFile file = new TriggerFile(
                folder, true, workflows, new QueryExpressionChecker(), languages.get(QueryLanguage.JSONATA));
        return new RequestHandler(
                executions,
                workflows,
                new TaskCallbacks(journals, (executionArn, at) -> {}, clock),
                new Sweeper(
                        journals,
                        (executionArn, at) -> {},
                        new SweepSettings(Duration.ofMinutes(1), Duration.ofMinutes(6), 100, 100),
                        clock),
                new Triggers(file, workflows, executions, "wake-ups", clock),
                invocation -> {
                    throw new AssertionError("no request of HTTP");
                },
                clock);
    }

    // ---- SQS

    @Test
    void aMessageStartsAnExecutionThatGoesOnElsewhere() throws IOException {
        triggers("[{\"queue\": \"orders\", \"workflow\": \"orders\"}]");

        assertThat(send(messages(message("m-1", "{\"id\": 4711}"), message("m-2", "[1]"))))
                .hasToString("{\"batchItemFailures\":[]}");

        assertThat(started("orders"))
                .extracting(each -> each.description().name())
                .containsExactlyInAnyOrder("m-1", "m-2");
        assertThat(view("orders", "m-1").input()).hasToString("{\"id\":4711}");
        assertThat(view("orders", "m-1").description().status()).hasToString("RUNNING");
        assertThat(wokenUp)
                .containsExactly(
                        "arn:aws:states:us-east-1:123456789012:execution:orders:m-1",
                        "arn:aws:states:us-east-1:123456789012:execution:orders:m-2");
    }

    @Test
    void aMessageThatComesAgainStartsNothingTwice() throws IOException {
        triggers("""
            [{"queue": "%s", "workflow": "orders", "input": {"sent": "{%% $now() %%}", "whole": "{%% $states.context.Event %%}",
              "random": "{%% $random() %%}"}}]\
            """.formatted(QUEUE));
        ObjectNode first = message("m-1", "{\"id\": 4711}");
        send(messages(first));
        JsonNode input = view("orders", "m-1").input();

        ObjectNode again = first.deepCopy().put("receiptHandle", "another");
        again.withObject("/attributes").put("ApproximateReceiveCount", "2");
        assertThat(send(messages(again))).hasToString("{\"batchItemFailures\":[]}");

        assertThat(started("orders")).hasSize(1);
        assertThat(input.path("sent").textValue()).isEqualTo("2026-11-20T11:59:00.000Z");
        assertThat(input.at("/whole/messageId").textValue()).isEqualTo("m-1");
        resume("orders", "m-1");
        assertThat(send(messages(again))).hasToString("{\"batchItemFailures\":[]}");
        assertThat(view("orders", "m-1").description().status()).hasToString("SUCCEEDED");
        assertThat(view("orders", "m-1").input()).isEqualTo(input);
    }

    @Test
    void anotherInputUnderTheNameOfAnExecutionCountsAsDone() throws IOException {
        triggers("""
            [{"queue": "orders", "workflow": "orders", "name": "{% 'order-' & $states.input.id %}"}]\
            """);
        send(messages(message("m-1", "{\"id\": 4711, \"amount\": 1}")));

        assertThat(send(messages(message("m-2", "{\"id\": 4711, \"amount\": 2}"))))
                .hasToString("{\"batchItemFailures\":[]}");

        assertThat(started("orders")).hasSize(1);
        assertThat(view("orders", "order-4711").input().path("amount").intValue())
                .isEqualTo(1);
    }

    @Test
    void inputAndLabelsAreWhatTheTriggerSays() throws IOException {
        workflow("orders", ", \"Reprise\": {\"Labels\": {\"shop.$\": \"$.shop\", \"order\": \"overridden\"}}");
        triggers("""
            [{"queue": "orders", "workflow": "orders",
              "input": {"shop": "{% $states.input.shop %}", "by": "{% $states.context.Event.messageAttributes.by.stringValue %}"},
              "labels": {"order": "{% $string($states.input.id) %}", "none": "{% $states.input.absent %}"}}]\
            """);
        ObjectNode message = message("m-1", "{\"id\": 4711, \"shop\": \"north\"}");
        message.withObject("/messageAttributes/by").put("stringValue", "Grace");

        send(messages(message));

        assertThat(view("orders", "m-1").input()).hasToString("{\"shop\":\"north\",\"by\":\"Grace\"}");
        assertThat(labels("orders", "m-1")).isEqualTo(Map.of("order", "4711", "shop", "north"));
    }

    @Test
    void oneMessageThatFailsComesAgainAndItsNeighboursAreStarted() throws IOException {
        triggers("[{\"queue\": \"orders\", \"workflow\": \"orders\"}]");

        JsonNode answer = send(messages(
                message("m-1", "no JSON"),
                message("m-2", "{}"),
                message("m-3", "\"" + "x".repeat(PAYLOAD_BYTES) + "\""),
                message("m-4", "{} {}"),
                message("m-5", "")));

        assertThat(answer.findValuesAsText("itemIdentifier")).containsExactly("m-1", "m-3", "m-4", "m-5");
        assertThat(started("orders"))
                .extracting(each -> each.description().name())
                .containsExactly("m-2");
    }

    @Test
    void behindAMessageOfAFifoQueueThatFailsItsGroupWaits() throws IOException {
        triggers("[{\"queue\": \"orders\", \"workflow\": \"orders\"}]");

        JsonNode answer = send(messages(
                inGroup("a", message("m-1", "{}")),
                inGroup("a", message("m-2", "no JSON")),
                inGroup("b", message("m-3", "{}")),
                inGroup("a", message("m-4", "{}"))));

        assertThat(answer.findValuesAsText("itemIdentifier")).containsExactly("m-2", "m-4");
        assertThat(started("orders"))
                .extracting(each -> each.description().name())
                .containsExactlyInAnyOrder("m-1", "m-3");
    }

    @Test
    void whatIsWrongWithAMessageIsSaid() throws IOException {
        triggers("""
            [{"queue": "orders", "workflow": "orders", "input": "{% $states.input.id + 'x' %}"},
             {"queue": "unnameable", "workflow": "orders", "name": "{% $states.input.id %}"},
             {"queue": "nowhere", "workflow": "nowhere"}]\
            """);

        assertThatThrownBy(() -> send(messages(message("m-1", "no JSON"))))
                .isInstanceOf(RefusedEventException.class)
                .hasMessageStartingWith(
                        "the message m-1 of " + QUEUE + ": its body is no JSON: Unrecognized token 'no'")
                .hasMessageEndingWith("A text is sent in quotes of its own: \"\\\"done\\\"\"");
        assertThatThrownBy(() -> send(messages(message("m-1", "{\"id\": 1}"))))
                .hasMessageStartingWith("the message m-1 of " + QUEUE + ": ")
                .hasMessageEndingWith(". Mend the trigger in " + folder.resolve("triggers.json"));
        assertThatThrownBy(() -> send(messages(of("unnameable", message("m-1", "{\"id\": \"a/b\"}")))))
                .hasMessageContaining("must not contain '/': 'a/b'");
        assertThatThrownBy(() -> send(messages(of("unnameable", message("m-1", "{\"id\": []}")))))
                .hasMessageContaining("'name' must give a text or a number, and gave ARRAY");
        assertThatThrownBy(() -> send(messages(of("nowhere", message("m-1", "{}")))))
                .hasMessageContaining("There is no workflow 'nowhere'");
        assertThatThrownBy(() -> send(messages(of("strange", message("m-1", "{\"id\": 1}")))))
                .hasMessageContaining("there is no trigger for it. Write one into " + folder.resolve("triggers.json")
                        + ": [{\"queue\": \"arn:aws:sqs:us-east-1:123456789012:strange\", \"workflow\": \"NAME\"}]")
                .hasMessageContaining("The event asks for nothing");
    }

    @Test
    void nothingOfAFileWithAMistakeStartsAnything() throws IOException {
        triggers("[{\"queue\": \"orders\", \"workflow\": \"orders\"}, {\"queue\": \"q\"}]");

        assertThatThrownBy(() -> send(messages(message("m-1", "{}"))))
                .isInstanceOf(RefusedEventException.class)
                .hasMessageContaining("triggers.json:1:45: /1: These fields are required: [workflow]");
        assertThat(started("orders")).isEmpty();
        assertThat(send("{\"workflows\": {}}").at("/triggers/errors/0").textValue())
                .endsWith("triggers.json:1:45: /1: These fields are required: [workflow]");
    }

    @Test
    void messagesOfReprisesOwnAreCarriedOutWhateverTriggersSay() throws IOException {
        triggers("[{\"queue\": \"*\", \"workflow\": \"orders\"}]");
        send(messages(message("m-1", "{}")));
        String arn = "arn:aws:states:us-east-1:123456789012:execution:orders:m-1";

        send(messages(of("wake-ups", message("m-2", "{\"resume\": \"" + arn + "\"}"))));

        assertThat(view("orders", "m-1").description().status()).hasToString("SUCCEEDED");
        assertThat(started("orders")).hasSize(1);
    }

    @Test
    void aRequestInAMessageOfAQueueWithoutATriggerIsCarriedOut() throws IOException {
        triggers("[{\"queue\": \"refunds\", \"workflow\": \"refunds\"}]");

        send(messages(message("m-1", "{\"start\": {\"workflow\": \"orders\", \"name\": \"n\", \"wait\": false}}")));

        assertThat(started("orders"))
                .extracting(each -> each.description().name())
                .containsExactly("n");
    }

    @Test
    void aWorkflowWithoutAJournalRunsToItsEndAndItsFailureIsTheMessages() throws IOException {
        triggers("""
            [{"queue": "orders", "workflow": "pings"}, {"queue": "doomed", "workflow": "failing"}]\
            """);

        JsonNode answer = send(messages(message("m-1", "{}"), of("doomed", message("m-2", "{}"))));

        assertThat(answer.findValuesAsText("itemIdentifier")).containsExactly("m-2");
        assertThatThrownBy(() -> send(messages(of("doomed", message("m-2", "{}")))))
                .hasMessageContaining("ended as FAILED: no money");
    }

    @Test
    void ofAWorkflowThatHidesSomethingNoAnswerTellsIt() throws IOException {
        workflow("orders", ", \"Reprise\": {\"Redact\": [\"$.card\"]}");
        triggers("""
            [{"queue": "orders", "workflow": "orders"},
             {"queue": "odd", "workflow": "orders", "input": "{% $number($states.input.card) %}"}]\
            """);
        String arn = "arn:aws:states:us-east-1:123456789012:execution:orders:m-1";
        send(messages(message("m-1", "{\"card\": \"4242-4242\"}")));

        assertThat(send("{\"describe\": \"" + arn + "\"}").path("input")).hasToString("{\"card\":\"***\"}");
        resume("orders", "m-1");
        assertThat(send("{\"describe\": \"" + arn + "\"}").path("output")).hasToString("{\"card\":\"***\"}");
        assertThat(send("{\"history\": \"" + arn + "\"}").toString())
                .contains("***")
                .doesNotContain("4242");
        assertThat(send("{\"workflow\": \"orders\", \"input\": {\"card\": \"4242-4242\"}}")
                        .toString())
                .contains("***")
                .doesNotContain("4242");
        for (String body : List.of("{\"card\": \"4242-4242\"}", "4242-4242")) {
            assertThatThrownBy(() -> send(messages(of("odd", message("m-2", body)))))
                    .isInstanceOf(RefusedEventException.class)
                    .message()
                    .doesNotContain("4242");
        }
    }

    // ---- EventBridge

    @Test
    void anEventStartsWhatItsTriggerSays() throws IOException {
        triggers("""
            [{"event": {"source": "shop.*", "detail-type": ["Order Placed", "Order Changed"]}, "workflow": "orders",
              "input": "{% $states.input.detail %}"},
             {"event": {"source": "shop.*"}, "workflow": "refunds"}]\
            """);
        String event = """
            {"version": "0", "id": "6a7e8feb-b491-4cf7-a9f1-bf3703467718", "detail-type": "Order Placed", "source": "shop.web",
             "account": "123456789012", "time": "2026-11-20T11:00:00Z", "region": "us-east-1", "resources": [],
             "detail": {"id": 4711}}\
            """;

        JsonNode answer = send(event);

        assertThat(answer.at("/started/0/executionArn").textValue())
                .endsWith(":execution:orders:6a7e8feb-b491-4cf7-a9f1-bf3703467718");
        assertThat(answer.at("/started/0/status").textValue()).isEqualTo("RUNNING");
        assertThat(send(event)).isEqualTo(answer);
        assertThat(view("orders", "6a7e8feb-b491-4cf7-a9f1-bf3703467718").input())
                .hasToString("{\"id\":4711}");
        send(event.replace("Order Placed", "Order Returned").replace("6a7e", "7a7e"));
        assertThat(started("refunds")).hasSize(1);
        assertThatThrownBy(() -> send(event.replace("shop.web", "bank")))
                .isInstanceOf(RefusedEventException.class)
                .hasMessageContaining(
                        "the event 6a7e8feb-b491-4cf7-a9f1-bf3703467718, 'Order Placed' of 'bank': there is"
                                + " no trigger for it")
                .hasMessageContaining("[{\"event\": {\"source\": \"bank\", \"detail-type\": \"Order Placed\"},");
    }

    @Test
    void aScheduleIsKnownByItsArn() throws IOException {
        triggers("""
            [{"event": {"detail-type": "Scheduled Event", "resource": "*/nightly"}, "workflow": "orders",
              "input": {"at": "{% $states.input.time %}"}}]\
            """);
        String event = """
            {"version": "0", "id": "a-1", "detail-type": "Scheduled Event", "source": "aws.scheduler",
             "account": "123456789012", "time": "2026-11-20T11:00:00Z", "region": "us-east-1",
             "resources": ["arn:aws:scheduler:us-east-1:123456789012:schedule/default/nightly"], "detail": "{}"}\
            """;

        send(event);

        assertThat(view("orders", "a-1").input()).hasToString("{\"at\":\"2026-11-20T11:00:00Z\"}");
        assertThatThrownBy(() -> send(event.replace("nightly", "hourly"))).isInstanceOf(RefusedEventException.class);
    }

    // ---- S3

    @Test
    void anObjectStartsAnExecutionOfItsVersion() throws IOException {
        triggers("""
            [{"bucket": "incoming", "key": "orders/*.csv", "workflow": "orders"}]\
            """);
        String event = object("orders/march+2026/%C3%A4pfel.csv", "0055AED6DCD90281E5");

        JsonNode answer = send(event);
        String name = answer.at("/started/0/name").textValue();

        assertThat(name).matches("-pfel\\.csv-[0-9a-f]{32}");
        assertThat(view("orders", name).input().at("/s3/object/urlDecodedKey").textValue())
                .isEqualTo("orders/march 2026/äpfel.csv");
        assertThat(view("orders", name).input().at("/s3/object/key").textValue())
                .isEqualTo("orders/march+2026/%C3%A4pfel.csv");
        send(event);
        assertThat(started("orders")).hasSize(1);
        send(object("orders/march+2026/%C3%A4pfel.csv", "0055AED6DCD90281E6"));
        assertThat(started("orders")).hasSize(2);
        assertThatThrownBy(() -> send(object("refunds/a.csv", "00")))
                .isInstanceOf(RefusedEventException.class)
                .hasMessageContaining("the object refunds/a.csv in incoming: there is no trigger for it");
    }

    private static String object(String key, String sequencer) {
        return """
            {"Records": [{"eventVersion": "2.1", "eventSource": "aws:s3", "awsRegion": "us-east-1",
              "eventTime": "2026-11-20T11:00:00.000Z", "eventName": "ObjectCreated:Put", "s3": {"s3SchemaVersion": "1.0",
              "bucket": {"name": "incoming", "arn": "arn:aws:s3:::incoming"},
              "object": {"key": "%s", "size": 1, "eTag": "e", "versionId": "v", "sequencer": "%s"}}}]}\
            """.formatted(key, sequencer);
    }

    // ---- SNS

    @Test
    void aNotificationStartsAnExecution() throws IOException {
        triggers("[{\"topic\": \"shop\", \"workflow\": \"orders\"}]");
        String event = """
            {"Records": [{"EventSource": "aws:sns", "EventVersion": "1.0", "EventSubscriptionArn": "arn:aws:sns:…",
              "Sns": {"Type": "Notification", "MessageId": "n-1", "TopicArn": "arn:aws:sns:us-east-1:123456789012:shop",
              "Message": "{\\"id\\": 4711}", "Timestamp": "2026-11-20T11:00:00.000Z", "MessageAttributes": {}}}]}\
            """;

        send(event);
        send(event);

        assertThat(started("orders")).hasSize(1);
        assertThat(view("orders", "n-1").input()).hasToString("{\"id\":4711}");
        assertThatThrownBy(() -> send(event.replace("{\\\"id\\\": 4711}", "hello")))
                .isInstanceOf(RefusedEventException.class)
                .hasMessageStartingWith(
                        "the notification n-1 of arn:aws:sns:us-east-1:123456789012:shop: its body is no JSON");
    }

    @Test
    void whatAnotherServiceSendsIsRefused() {
        assertThatThrownBy(() -> send("{\"Records\": [{\"eventSource\": \"aws:kinesis\", \"kinesis\": {}}]}"))
                .isInstanceOf(RefusedEventException.class)
                .hasMessageStartingWith("The event is of 'aws:kinesis', which starts no workflow: SQS, SNS, S3 and");
    }

    @Test
    void whoWaitsForAnAnswerIsToldWhatIsWrong() {
        assertThatThrownBy(() -> function.carryOut(object("a", "1").getBytes(UTF_8), INVOCATION))
                .isInstanceOfSatisfying(
                        RequestException.class, e -> assertThat(e.error()).isEqualTo("NoTrigger"));
    }

    // ---- what a test says

    private JsonNode send(String event) {
        return function.apply(event.getBytes(UTF_8), INVOCATION);
    }

    private static String messages(ObjectNode... messages) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        ArrayNode records = event.putArray("Records");
        List.of(messages).forEach(records::add);
        return event.toString();
    }

    private static ObjectNode message(String id, String body) {
        try {
            ObjectNode message = (ObjectNode) JSON.readTree("""
                {"receiptHandle": "handle", "attributes": {"ApproximateReceiveCount": "1", "SentTimestamp": "1795175940000",
                 "SenderId": "AIDA", "ApproximateFirstReceiveTimestamp": "1795175941000"}, "messageAttributes": {},
                 "md5OfBody": "md5", "eventSource": "aws:sqs", "eventSourceARN": "%s", "awsRegion": "us-east-1"}\
                """.formatted(QUEUE));
            return message.put("messageId", id).put("body", body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode of(String queue, ObjectNode message) {
        return message.put("eventSourceARN", "arn:aws:sqs:us-east-1:123456789012:" + queue);
    }

    private static ObjectNode inGroup(String group, ObjectNode message) {
        message.withObject("/attributes").put("MessageGroupId", group);
        return message;
    }

    private List<ExecutionView> started(String workflow) {
        return executions
                .list(new ExecutionFilter(workflow, null, null, null, null, Map.of(), null, null), 100, null)
                .executions();
    }

    private ExecutionView view(String workflow, String name) {
        return executions.view("arn:aws:states:us-east-1:123456789012:execution:" + workflow + ":" + name);
    }

    private Map<String, String> labels(String workflow, String name) {
        return view(workflow, name).origin().labels();
    }

    private void resume(String workflow, String name) {
        executions.resume("arn:aws:states:us-east-1:123456789012:execution:" + workflow + ":" + name, INVOCATION);
    }
}
