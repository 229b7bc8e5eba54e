package dev.reprise.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.api.ApiFunction.Reply;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.Document;
import dev.reprise.journal.store.DocumentStore;
import dev.reprise.journal.store.ForwardingStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.testing.InMemoryStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Executions, as a client of the API sees them. */
class ExecutionActionsTest {

    private static final String PREFIX = "arn:aws:states:us-east-1:000000000000:";
    private static final String HELLO = PREFIX + "stateMachine:hello";
    private static final String PASS = "{'StartAt': 'P', 'States': {'P': {'Type': 'Pass', 'End': true}}}";
    private static final String WAIT =
            "{'StartAt': 'W', 'States': {'W': {'Type': 'Wait', 'Seconds': 3600, 'End': true}}}";
    private static final String FAIL = "{'StartAt': 'A', 'States': {'A': {'Type': 'Pass', 'Next': 'T'},"
            + " 'T': {'Type': 'Task', 'Resource': 'task:fail', 'End': true}}}";
    private static final String EXPRESS =
            "{'Reprise': {'Durability': 'NONE'}, 'StartAt': 'P', 'States': {'P': {'Type': 'Pass', 'End': true}}}";

    @TempDir
    Path folder;

    private ApiFunction function;

    @BeforeEach
    void start() {
        function = new ApiFunction(folder)
                .file("hello", PASS)
                .file("wait", WAIT)
                .file("fail", FAIL)
                .file("fast", EXPRESS);
    }

    @AfterEach
    void stop() {
        function.close();
    }

    private Reply describe(String arn) {
        return function.ask("DescribeExecution", "{'executionArn': '" + arn + "'}");
    }

    @Test
    void anExecutionRunsBehindItsStartAndIsDescribedWithItsData() throws InterruptedException {
        String arn = function.start(HELLO, "one", "{'order': 17}");

        Reply ended = function.await(arn, "SUCCEEDED");

        assertThat(arn).isEqualTo(PREFIX + "execution:hello:one");
        assertThat(ended.text("stateMachineArn")).isEqualTo(HELLO);
        assertThat(ended.text("input")).isEqualTo("{\"order\":17}");
        assertThat(ended.text("output")).isEqualTo("{\"order\":17}");
        assertThat(ended.body().path("outputDetails").path("included").booleanValue())
                .isTrue();
        assertThat(ended.text("redriveStatus")).isEqualTo("NOT_REDRIVABLE");
        assertThat(ended.body().path("redriveCount").intValue()).isZero();
    }

    @Test
    void withoutItsDataAnExecutionIsDescribedAsWell() throws InterruptedException {
        String arn = function.start(HELLO, "one", "{}");
        function.await(arn, "SUCCEEDED");

        JsonNode described = function.ask(
                        "DescribeExecution", "{'executionArn': '" + arn + "', 'includedData': 'METADATA_ONLY'}")
                .body();

        assertThat(described.has("input")).isFalse();
        assertThat(described.has("output")).isFalse();
        assertThat(described.path("inputDetails").path("included").booleanValue())
                .isFalse();
    }

    @Test
    void theSameNameAndInputAreAnsweredForWhileItRunsOnly() throws InterruptedException {
        String wait = HELLO.replace("hello", "wait");
        String arn = function.start(wait, "one", "{}");

        assertThat(function.start(wait, "one", "{}")).isEqualTo(arn);
        assertThat(function.ask("StartExecution", "{'stateMachineArn': '" + wait + "', 'name': 'one', 'input': '[]'}")
                        .message())
                .isEqualTo("Execution Already Exists: '" + arn + "'");

        function.ask("StopExecution", "{'executionArn': '" + arn + "'}");
        function.await(arn, "ABORTED");
        assertThat(function.ask("StartExecution", "{'stateMachineArn': '" + wait + "', 'name': 'one', 'input': '{}'}")
                        .error())
                .isEqualTo("ExecutionAlreadyExists");
    }

    @Test
    void inAFunctionThatEndsWithItsAnswerAnotherInvocationCarriesOn(@TempDir Path other) throws InterruptedException {
        try (ApiFunction cloud = new ApiFunction(other, new InMemoryStore(), false).file("fail", FAIL)) {
            String arn = cloud.start(HELLO.replace("hello", "fail"), "one", "{}");
            cloud.await(arn, "FAILED");
            cloud.failing = false;

            assertThat(cloud.ask("RedriveExecution", "{'executionArn': '" + arn + "'}")
                            .status())
                    .isEqualTo(200);
            cloud.await(arn, "SUCCEEDED");
        }
    }

    @Test
    void whatIsNotThereIsNamedByItsArn() {
        String arn = PREFIX + "execution:hello:absent";

        for (String action : List.of(
                "DescribeExecution",
                "StopExecution",
                "GetExecutionHistory",
                "RedriveExecution",
                "ListMapRuns",
                "DescribeStateMachineForExecution")) {
            Reply reply = function.ask(action, "{'executionArn': '" + arn + "'}");
            assertThat(reply.body().path("__type").asText())
                    .as(action)
                    .isEqualTo("com.amazonaws.swf.service.v2.model#ExecutionDoesNotExist");
            assertThat(reply.message()).isEqualTo("Execution Does Not Exist: '" + arn + "'");
        }
    }

    @Test
    void aStoppedExecutionTellsWhy() throws InterruptedException {
        String arn = function.start(HELLO.replace("hello", "wait"), "one", "{}");

        Reply stopped = function.ask(
                "StopExecution", "{'executionArn': '" + arn + "', 'error': 'Enough', 'cause': 'it is late'}");

        assertThat(stopped.body().path("stopDate").isNumber()).isTrue();
        Reply ended = function.await(arn, "ABORTED");
        assertThat(ended.text("error")).isEqualTo("Enough");
        assertThat(ended.text("cause")).isEqualTo("it is late");
        assertThat(ended.text("redriveStatus")).isEqualTo("REDRIVABLE");
    }

    @Test
    void aRedriveGoesOnAndItsTokenKeepsItFromBeingRepeated() throws InterruptedException {
        String arn = function.start(HELLO.replace("hello", "fail"), "one", "{}");
        function.await(arn, "FAILED");

        String request = "{'executionArn': '" + arn + "', 'clientToken': 'once'}";
        Reply first = function.ask("RedriveExecution", request);
        Reply again = function.ask("RedriveExecution", request);

        assertThat(first.body().path("redriveDate").isNumber()).isTrue();
        assertThat(again.body()).isEqualTo(first.body());
        function.await(arn, "FAILED");
        function.failing = false;
        function.ask("RedriveExecution", "{'executionArn': '" + arn + "', 'clientToken': 'twice'}");
        Reply ended = function.await(arn, "SUCCEEDED");
        assertThat(ended.body().path("redriveCount").intValue()).isEqualTo(2);
        assertThat(function.ask("RedriveExecution", "{'executionArn': '" + arn + "'}")
                        .error())
                .isEqualTo("ExecutionNotRedrivable");
    }

    @ParameterizedTest
    @EnumSource
    void aRepeatedRedriveIsMadeOnceWhereverTheFirstDied(Death death, @TempDir Path other) throws InterruptedException {
        Dying store = new Dying();
        try (ApiFunction dying = new ApiFunction(other, store, true).file("fail", FAIL)) {
            String arn = dying.start(HELLO.replace("hello", "fail"), "one", "{}");
            dying.await(arn, "FAILED");
            String request = "{'executionArn': '" + arn + "', 'clientToken': 'once'}";

            store.death = death;
            dying.ask("RedriveExecution", request);
            dying.await(arn, death == Death.AFTER_THE_REDRIVE ? "RUNNING" : "FAILED");
            Reply again = dying.ask("RedriveExecution", request);

            assertThat(again.body().path("redriveDate").isNumber()).isTrue();
            assertThat(dying.ask("DescribeExecution", "{'executionArn': '" + arn + "'}")
                            .body()
                            .path("redriveCount")
                            .intValue())
                    .isEqualTo(1);
        }
    }

    private enum Death {
        AT_THE_TOKEN,
        AFTER_THE_REDRIVE
    }

    /** A store at which a redrive dies once. */
    private static final class Dying extends ForwardingStore {

        private volatile @Nullable Death death;

        Dying() {
            super(new InMemoryStore());
        }

        private void dieOf(Death of) {
            if (death == of) {
                death = null;
                throw new IllegalStateException("died");
            }
        }

        @Override
        public ConditionalWrite<Head> replaceClosed(Head closed, Head by, UnitMeter meter) {
            ConditionalWrite<Head> done = super.replaceClosed(closed, by, meter);
            if (by.redrives() > closed.redrives()) {
                dieOf(Death.AFTER_THE_REDRIVE);
            }
            return done;
        }

        @Override
        public DocumentStore documents() {
            DocumentStore documents = super.documents();
            return new DocumentStore() {
                @Override
                public @Nullable Document read(String partition, String key, UnitMeter meter) {
                    return documents.read(partition, key, meter);
                }

                @Override
                public ConditionalWrite<Document> put(Document document, UnitMeter meter) {
                    dieOf(Death.AT_THE_TOKEN);
                    return documents.put(document, meter);
                }

                @Override
                public ConditionalWrite<Document> delete(Document document, UnitMeter meter) {
                    return documents.delete(document, meter);
                }

                @Override
                public Page<Document> list(
                        String partition, String after, boolean backwards, int limit, UnitMeter meter) {
                    return documents.list(partition, after, backwards, limit, meter);
                }
            };
        }
    }

    @Test
    void aHistoryIsPagedBothWays() throws InterruptedException {
        String arn = function.start(HELLO.replace("hello", "fail"), "one", "{'secret': 1}");
        function.await(arn, "FAILED");

        List<String> forward = types(arn, 2, false);
        List<String> backward = types(arn, 2, true);

        assertThat(forward)
                .startsWith("ExecutionStarted", "PassStateEntered", "PassStateExited")
                .endsWith("ExecutionFailed");
        Collections.reverse(backward);
        assertThat(backward).isEqualTo(forward);
    }

    private List<String> types(String arn, int maxResults, boolean reverse) {
        List<String> types = new ArrayList<>();
        String token = "";
        do {
            JsonNode page = function.ask(
                            "GetExecutionHistory",
                            "{'executionArn': '" + arn + "', 'maxResults': " + maxResults + ", 'reverseOrder': "
                                    + reverse + (token.isEmpty() ? "" : ", 'nextToken': '" + token + "'") + "}")
                    .body();
            assertThat(page.path("events").size()).isLessThanOrEqualTo(maxResults);
            page.path("events").forEach(event -> types.add(event.path("type").asText()));
            token = page.path("nextToken").asText();
        } while (!token.isEmpty());
        return types;
    }

    @Test
    void aHistoryTellsNoDataToThoseWhoWantNone() throws InterruptedException {
        String arn = function.start(HELLO, "one", "{'secret': 1}");
        function.await(arn, "SUCCEEDED");
        String request = "{'executionArn': '" + arn + "', 'includeExecutionData': ";

        assertThat(function.ask("GetExecutionHistory", request + "false}")
                        .body()
                        .toString())
                .contains("PassStateEntered")
                .doesNotContain("secret");
        assertThat(function.ask("GetExecutionHistory", request + "true}").body().toString())
                .contains("secret");
    }

    @Test
    void aTokenThatIsNoneIsRefused() throws InterruptedException {
        String arn = function.start(HELLO, "one", "{}");
        function.await(arn, "SUCCEEDED");

        assertThat(function.ask("GetExecutionHistory", "{'executionArn': '" + arn + "', 'nextToken': 'x'}")
                        .message())
                .isEqualTo("Invalid Token: 'Invalid token'");
        assertThat(function.ask("ListExecutions", "{'stateMachineArn': '" + HELLO + "', 'nextToken': 'x'}")
                        .error())
                .isEqualTo("InvalidToken");
        assertThat(function.ask("ListStateMachines", "{'nextToken': 'x'}").error())
                .isEqualTo("InvalidToken");
    }

    @Test
    void executionsAreListedNewestFirstInPages() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            function.await(function.start(HELLO, "run-" + i, "{}"), "SUCCEEDED");
        }

        List<String> names = new ArrayList<>();
        List<Double> starts = new ArrayList<>();
        String token = "";
        do {
            JsonNode page = function.ask(
                            "ListExecutions",
                            "{'stateMachineArn': '" + HELLO + "', 'maxResults': 2"
                                    + (token.isEmpty() ? "" : ", 'nextToken': '" + token + "'") + "}")
                    .body();
            page.path("executions").forEach(item -> {
                names.add(item.path("name").asText());
                starts.add(item.path("startDate").asDouble());
            });
            token = page.path("nextToken").asText();
        } while (!token.isEmpty());

        // Two of them may have started in the same millisecond.
        assertThat(starts).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(names).containsExactlyInAnyOrder("run-4", "run-3", "run-2", "run-1", "run-0");
    }

    @Test
    void executionsAreFilteredByStatusAndRedrives() throws InterruptedException {
        String fail = HELLO.replace("hello", "fail");
        function.await(function.start(fail, "failed", "{}"), "FAILED");
        String redriven = function.start(fail, "redriven", "{}");
        function.await(redriven, "FAILED");
        function.failing = false;
        function.ask("RedriveExecution", "{'executionArn': '" + redriven + "'}");
        function.await(redriven, "SUCCEEDED");

        assertThat(listed(fail, "'statusFilter': 'FAILED'")).containsExactly("failed");
        assertThat(listed(fail, "'statusFilter': 'SUCCEEDED'")).containsExactly("redriven");
        assertThat(listed(fail, "'redriveFilter': 'REDRIVEN'")).containsExactly("redriven");
        assertThat(listed(fail, "'redriveFilter': 'NOT_REDRIVEN'")).containsExactly("failed");
    }

    private List<String> listed(String stateMachineArn, String filter) {
        List<String> names = new ArrayList<>();
        function.ask("ListExecutions", "{'stateMachineArn': '" + stateMachineArn + "', " + filter + "}")
                .body()
                .path("executions")
                .forEach(item -> names.add(item.path("name").asText()));
        return names;
    }

    @Test
    void oneOfExpressRunsToItsEndBeforeItsAnswer() {
        Reply ran = function.ask(
                "StartSyncExecution",
                "{'stateMachineArn': '" + HELLO.replace("hello", "fast")
                        + "', 'name': 'one', 'input': '[1]', 'traceHeader': 'Root=1'}");

        assertThat(ran.status()).isEqualTo(200);
        assertThat(ran.text("executionArn")).startsWith(PREFIX + "express:fast:one:");
        assertThat(ran.text("status")).isEqualTo("SUCCEEDED");
        assertThat(ran.text("output")).isEqualTo("[1]");
        assertThat(ran.text("traceHeader")).isEqualTo("Root=1");
        assertThat(ran.body()
                        .path("billingDetails")
                        .path("billedDurationInMilliseconds")
                        .intValue())
                .isPositive();
    }

    @Test
    void executionsOfExpressLeaveNothingToBeAskedFor() {
        String fast = HELLO.replace("hello", "fast");
        String arn = function.start(fast, "one", "{}");

        for (String action : List.of("DescribeExecution", "GetExecutionHistory", "StopExecution")) {
            assertThat(function.ask(action, "{'executionArn': '" + arn + "'}").message())
                    .isEqualTo("Invalid Arn: 'Resource type not valid in this context: express'");
        }
        assertThat(function.ask("ListExecutions", "{'stateMachineArn': '" + fast + "'}")
                        .error())
                .isEqualTo("StateMachineTypeNotSupported");
        assertThat(function.ask("StartSyncExecution", "{'stateMachineArn': '" + HELLO + "'}")
                        .error())
                .isEqualTo("StateMachineTypeNotSupported");
    }

    @Test
    void whatAnExecutionRunsIsTold() throws InterruptedException {
        String arn = function.start(HELLO, "one", "{}");
        function.await(arn, "SUCCEEDED");
        function.file("hello", WAIT);

        Reply runs = function.ask("DescribeStateMachineForExecution", "{'executionArn': '" + arn + "'}");

        assertThat(runs.text("definition")).isEqualTo(PASS.replace('\'', '"'));
        assertThat(runs.text("name")).isEqualTo("hello");
        assertThat(runs.body().has("type")).isFalse();
        assertThat(describe(arn).text("status")).isEqualTo("SUCCEEDED");
    }

    @Test
    void aLabelledArnIsRefused() {
        Reply reply = function.ask("StartExecution", "{'stateMachineArn': '" + HELLO + "/Lines'}");

        assertThat(reply.error()).isEqualTo("ValidationException");
        assertThat(reply.text("reason")).isEqualTo("API_DOES_NOT_SUPPORT_LABELED_ARNS");
    }
}
