package dev.reprise.nativetests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.nativetests.lambda.FunctionSettings;
import dev.reprise.nativetests.lambda.Outcome;
import dev.reprise.nativetests.peers.AwsCall;
import dev.reprise.nativetests.template.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A whole day of the function: a message starts a workflow that reads a file, calls a function no faster than it bears,
 * writes to a table, asks people by a queue, writes its results and has a job done elsewhere. Its process is killed
 * twice, each time when a service has done what it was asked and the answer is on its way.
 */
class OrderRunTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ARN = "arn:aws:states:%s:%s:execution:%s:%s"
            .formatted(FunctionSettings.REGION, FunctionSettings.ACCOUNT, OrderRun.WORKFLOW, OrderRun.EXECUTION);

    /** What the root asks for after the wait and the reading of the file: three writes of results, and the job. */
    private static final Set<String> RESULTS = Set.of("/:3", "/:4", "/:5");

    private static final String CLOSING = "/:6";

    private static OrderRun run;
    private static JsonNode ended;

    /**
     * What the journal held when the process had been killed for the first time, and how many calls there were by then.
     */
    private static Set<String> durableAtFirst;

    private static int callsAtFirst;

    @BeforeAll
    static void workOff() throws Exception {
        run = new OrderRun();
        run.warmUp();
        assertThat(run.problems()).isEmpty();
        run.killUpon(call -> call.is("dynamodb:PutItem", "table/" + OrderRun.LEDGER), 8);
        run.killUpon(call -> call.is("glue:GetJobRun", "job/" + OrderRun.CLOSING_JOB), 2);

        assertThat(run.reprise.answer(OrderRun.event())).hasToString("{\"batchItemFailures\":[]}");
        run.awaitDeath();
        durableAtFirst = new TreeSet<>(run.journal().succeeded());
        callsAtFirst = run.witness.calls().size();
        run.repeat();
        // SQS delivers at least once.
        run.reprise.answer(OrderRun.event());
        run.settle();

        List<JsonNode> asked = run.takeApprovals(OrderFile.dear().size());
        assertThat(run.describe().path("status").asText()).isEqualTo("RUNNING");
        for (JsonNode question : asked.subList(1, asked.size())) {
            run.approve(question.path("token").asText());
        }
        run.settle();
        // It sleeps; whoever takes up the last answer is another process.
        run.reprise.function().killAll();
        run.approve(asked.getFirst().path("token").asText());
        run.awaitDeath();
        run.repeat();
        run.settle();
        ended = run.describe();
    }

    @AfterAll
    static void close() {
        run.close();
    }

    @Test
    void theOutputIsThatOfARunThatNobodyDisturbed() throws Exception {
        assertThat(ended.path("status").asText()).as(ended.toString()).isEqualTo("SUCCEEDED");
        assertThat(ended.at("/output/closing").asText()).isEqualTo("SUCCEEDED");
        assertThat(ended.at("/output/closedBy").asText()).isEqualTo("jr_1");
        assertThat(run.ledger())
                .containsExactlyElementsOf(OrderFile.orders().stream()
                        .map(order -> order.id() + " " + order.cents())
                        .toList());
        JsonNode manifest = JSON.readTree(
                run.s3.get(OrderRun.BUCKET, ended.at("/output/results").asText()));
        List<JsonNode> results = new ArrayList<>();
        for (JsonNode file : manifest.at("/ResultFiles/SUCCEEDED")) {
            for (String line : run.s3
                    .get(OrderRun.BUCKET, file.path("Key").asText())
                    .lines()
                    .toList()) {
                results.add(JSON.readTree(line));
            }
        }
        assertThat(results)
                .containsExactlyElementsOf(
                        OrderFile.orders().stream().map(OrderFile.Order::result).toList());
        assertThat(manifest.at("/ResultFiles/FAILED")).isEmpty();
        assertThat(manifest.at("/ResultFiles/PENDING")).isEmpty();
    }

    @Test
    void theProcessDiedTwiceInTheMidst() {
        assertThat(run.reprise.function().invocations())
                .filteredOn(invocation -> invocation.outcome().orElseThrow() instanceof Outcome.Died)
                .hasSize(2);
        assertThat(durableAtFirst).isNotEmpty().hasSizeLessThan(2 * OrderFile.ORDERS);
        assertThat(run.reprise.function().sandboxes()).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void noCallThatWasDurableIsMadeAgain() {
        List<AwsCall> later =
                run.witness.calls().subList(callsAtFirst, run.witness.calls().size());
        Set<String> again = new HashSet<>();
        for (AwsCall call : later) {
            if (task(call) != null) {
                assertThat(again.add(task(call)))
                        .as("twice after the kill: " + call)
                        .isTrue();
            }
        }
        Set<String> all = new TreeSet<>(tasks());
        assertThat(again).doesNotContainAnyElementsOf(durableAtFirst);
        all.removeAll(durableAtFirst);
        assertThat(again).containsExactlyInAnyOrderElementsOf(all);
        assertThat(run.witness.calls("sqs:SendMessage", ":" + OrderRun.APPROVALS))
                .hasSameSizeAs(OrderFile.dear());
        assertThat(run.witness.calls("glue:StartJobRun", OrderRun.CLOSING_JOB)).hasSize(1);
        assertThat(run.witness.calls("glue:GetJobRun", OrderRun.CLOSING_JOB)).hasSize(3);
        assertThat(run.witness.calls("s3:PutObject", "/SUCCEEDED_0.jsonl")).hasSize(1);
    }

    /** The name of the task that makes a call; null for calls of the engine itself. */
    private static String task(AwsCall call) {
        if (call.is("lambda:InvokeFunction", ":" + OrderRun.PRICE_FUNCTION)) {
            return item(call.body().path("order"), 1);
        } else if (call.is("dynamodb:PutItem", "table/" + OrderRun.LEDGER)) {
            return item(call.body().at("/Item/order/S"), 2);
        } else if (call.is("sqs:SendMessage", ":" + OrderRun.APPROVALS)) {
            try {
                return item(
                        JSON.readTree(call.body().path("MessageBody").asText()).path("order"), 3);
            } catch (JsonProcessingException e) {
                throw new AssertionError(call.toString(), e);
            }
        }
        return call.is("glue:StartJobRun", OrderRun.CLOSING_JOB) ? CLOSING : null;
    }

    private static String item(JsonNode order, int step) {
        return "/Orders[%d]:%d".formatted(Integer.parseInt(order.asText().substring(2)) - 1, step);
    }

    /** All tasks of the workflow. */
    private static Set<String> tasks() {
        Set<String> tasks = new TreeSet<>(Set.of(CLOSING));
        for (OrderFile.Order order : OrderFile.orders()) {
            for (int step = 1; step <= (order.isDear() ? 3 : 2); step++) {
                tasks.add("/Orders[%d]:%d".formatted(order.number() - 1, step));
            }
        }
        return tasks;
    }

    @Test
    void theJournalHasOneResultOfEachTask() {
        assertThat(run.journal().succeeded()).containsAll(tasks());
    }

    @Test
    void callsKeepToTheirRate() {
        List<AwsCall> calls = run
                .witness
                .calls()
                .subList(callsAtFirst, run.witness.calls().size())
                .stream()
                .filter(call -> call.is("lambda:InvokeFunction", ":" + OrderRun.PRICE_FUNCTION))
                .toList();
        assertThat(calls).hasSizeGreaterThan(10);
        Duration took = Duration.between(calls.getFirst().at(), calls.getLast().at());
        Duration least = Duration.ofMillis((long) ((calls.size() - 1) * 1000 / OrderRun.PRICES_PER_SECOND));
        // The first may come late, as it opens a connection.
        assertThat(took).isGreaterThan(least.minusMillis(500));
    }

    @Test
    void everyLineOfTheLogIsJsonAndNamesItsExecution() {
        for (FunctionLog log : run.logs()) {
            for (JsonNode line : log.lines()) {
                boolean ofAnExecution =
                        line.has("event") || line.has("_aws") || line.toString().contains(ARN);
                if (ofAnExecution && !line.has("Overdue")) {
                    assertThat(line.path("executionArn").asText())
                            .as(line.toString())
                            .isEqualTo(ARN);
                    assertThat(line.path(line.has("_aws") ? "Workflow" : "workflow")
                                    .asText())
                            .as(line.toString())
                            .isEqualTo(OrderRun.WORKFLOW);
                }
                if (!line.has("_aws")) {
                    assertThat(line.has("timestamp") && line.has("level"))
                            .as(line.toString())
                            .isTrue();
                }
            }
        }
    }

    @Test
    void metricsCountWhatHappenedAndNoReplay() {
        for (FunctionLog log : run.logs()) {
            assertThat(log.metricsBesideEvents())
                    .allSatisfy(pair -> assertThat(pair.getKey()).isEqualTo(pair.getValue()));
        }
        // A process that is killed takes with it what it had counted since its last line.
        FunctionLog.METRICS.forEach((event, metric) -> assertThat(counted(metric) + lost(event))
                .as(metric)
                .isEqualTo((int) told(event).count()));
        assertThat(counted("ExecutionsSucceeded")).isEqualTo(1);
        assertThat(told("ExecutionStarted")).hasSize(1);
        assertThat(told("ExecutionSucceeded")).hasSize(1);
        Set<String> succeeded = new TreeSet<>(tasks());
        succeeded.addAll(RESULTS);
        assertThat(told("TaskSucceeded").map(line -> line.path("task").asText()).distinct())
                .containsExactlyInAnyOrderElementsOf(succeeded);
        JsonNode last = run.logs().stream()
                .flatMap(FunctionLog::metrics)
                .filter(line -> line.has("ExecutionsSucceeded"))
                .findFirst()
                .orElseThrow();
        assertThat(last.path("TasksSucceeded").asInt()).as(last.toString()).isEqualTo(1);
        assertThat(last.has("TasksScheduled") || last.has("ItemsSucceeded"))
                .as(last.toString())
                .isFalse();
        assertThat(last.at("/ExecutionTime/0").asInt()).isGreaterThan(5_000);
    }

    private static Stream<JsonNode> told(String event) {
        return run.logs().stream().flatMap(log -> log.events(event));
    }

    private static int lost(String event) {
        return run.logs().stream().mapToInt(log -> log.uncounted(event)).sum();
    }

    private static int counted(String metric) {
        return run.logs().stream()
                .flatMap(FunctionLog::metrics)
                .mapToInt(line -> line.path(metric).asInt())
                .sum();
    }

    @Test
    void theTemplateAndThePolicyOfTheWorkflowAllowAllThatIsCalled() {
        Policy policy = Surroundings.TEMPLATE
                .rolePolicy(
                        Set.of("UsesDataBucket", "CallsTaskFunctions"),
                        Map.of(
                                "FunctionName",
                                "reprise",
                                "AWS::Partition",
                                "aws",
                                "AWS::Region",
                                FunctionSettings.REGION,
                                "AWS::AccountId",
                                FunctionSettings.ACCOUNT,
                                "Table.Arn",
                                AwsCall.arn("dynamodb", "table/reprise-" + OrderRun.WORKFLOW),
                                "WakeUps.Arn",
                                AwsCall.arn("sqs", "wake-ups"),
                                "DataBucket",
                                OrderRun.BUCKET,
                                "TaskFunctions",
                                FunctionSettings.arnOf(OrderRun.PRICE_FUNCTION)))
                .and(Policy.read(OrderRun.FOLDER.resolve("policy.json")));

        for (AwsCall call : run.witness.calls()) {
            assertThat(call.resources())
                    .as(call.action())
                    .isNotEmpty()
                    .allMatch(resource -> policy.allows(call.action(), resource));
        }
        assertThat(run.witness.calls().stream().map(AwsCall::action).distinct())
                .contains("dynamodb:Query", "dynamodb:UpdateItem", "dynamodb:PutItem", "lambda:InvokeFunction")
                .contains("sqs:SendMessage", "s3:PutObject", "glue:StartJobRun", "glue:GetJobRun");
    }
}
