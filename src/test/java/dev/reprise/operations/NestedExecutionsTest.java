package dev.reprise.operations;

import static dev.reprise.operations.NestedFunction.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.journal.dynamodb.DynamoDbStore;
import dev.reprise.journal.dynamodb.DynamoDbTable;
import dev.reprise.journal.store.ForwardingStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.local.DynamoDbLocalExtension;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Tasks that start executions. */
class NestedExecutionsTest {

    private static final String CHILD =
            "{'StartAt': 'Work', 'States': {'Work': {'Type': 'Task', 'Resource': 'task:work', 'End': true}}}";

    private static final String SLOW_CHILD =
            "{'StartAt': 'Sleep', 'States': {'Sleep': {'Type': 'Wait', 'Seconds': 3600, 'End': true}}}";

    private static final String STOPPED_BY_RUN = "The Task state in AWS Step Functions execution"
            + " [arn:aws:states:us-east-1:000000000000:execution:parent:run] which was managing this resource was"
            + " aborted";

    private final NestedFunction function = new NestedFunction().with("child", CHILD);

    /** A workflow of one task that starts an execution. */
    static String starting(String form, String arguments, String fields) {
        return "{'StartAt': 'Run', 'States': {'Run': {'Type': 'Task', 'Resource':"
                + " 'arn:aws:states:::states:startExecution"
                + form + "', 'Parameters': " + arguments + fields + ", 'End': true}}}";
    }

    private ExecutionDescription run(String form, String arguments) {
        return function.with("parent", starting(form, arguments, "")).run("parent", "{'n': 7}");
    }

    private ExecutionDescription child() {
        List<ExecutionDescription> children = function.executionsOf("child");
        assertThat(children).hasSize(1);
        return children.get(0);
    }

    // ---- results

    @Test
    void aTaskIsOverWhenTheExecutionIsThatItStarted() {
        ExecutionDescription parent =
                run(".sync:2", "{'StateMachineArn': 'workflow:child', 'Name': 'one', 'Input.$': '$'}");

        assertThat(parent.output()).isEqualTo(TestEngine.json("""
            {'ExecutionArn': 'arn:aws:states:us-east-1:000000000000:execution:child:one',
             'Name': 'one',
             'RedriveCount': 0,
             'StartDate': %1$d,
             'StateMachineArn': 'arn:aws:states:us-east-1:000000000000:stateMachine:child',
             'StopDate': %1$d,
             'Status': 'SUCCEEDED',
             'RedriveStatus': 'NOT_REDRIVABLE',
             'RedriveStatusReason': 'Execution is SUCCEEDED and cannot be redriven',
             'Input': {'n': 7},
             'InputDetails': {'Included': true},
             'Output': {'n': 7},
             'OutputDetails': {'Included': true}}
            """.formatted(NOON.toEpochMilli())));
        assertThat(function.resumed).containsExactly("child:one", "parent:run");
        assertThat(function.eventTypes(parent.executionArn()))
                .containsExactly(
                        "ExecutionStarted",
                        "TaskStateEntered",
                        "TaskScheduled",
                        "TaskStarted",
                        "TaskSubmitted",
                        "TaskSucceeded",
                        "TaskStateExited",
                        "ExecutionSucceeded");
    }

    @Test
    void syncShowsInputAndOutputAsText() {
        JsonNode output = run(".sync", "{'StateMachineArn': 'workflow:child', 'Input': {'n': 8}}")
                .output();

        assertThat(output.path("Input").textValue()).isEqualTo("{\"n\":8}");
        assertThat(output.path("Output").textValue()).isEqualTo("{\"n\":8}");
        assertThat(output.path("Name").textValue()).hasSize(36);
    }

    @Test
    void anInputThatIsATextIsJson() {
        run(".sync:2", "{'StateMachineArn': 'workflow:child', 'Input': '[1, 2]'}");

        assertThat(child().output()).isEqualTo(TestEngine.json("[1, 2]"));
    }

    @Test
    void withoutAnInputItIsAnEmptyObject() {
        run(".sync:2", "{'StateMachineArn': 'workflow:child', 'Input': null}");

        assertThat(child().output()).isEqualTo(TestEngine.json("{}"));
    }

    @Test
    void aTaskThatDoesNotAwaitTheExecutionIsOverWhenItHasBegun() {
        function.with("parent", starting("", "{'StateMachineArn': 'workflow:child', 'Name': 'one'}", ""));

        ExecutionDescription parent = function.start("parent", "{}");

        assertThat(parent.output()).isEqualTo(TestEngine.json("""
            {'ExecutionArn': 'arn:aws:states:us-east-1:000000000000:execution:child:one',
             'SdkHttpMetadata': {'HttpStatusCode': 200},
             'SdkResponseMetadata': {'RequestId': '%s'},
             'StartDate': %d}
            """.formatted(
                        parent.output().at("/SdkResponseMetadata/RequestId").textValue(), NOON.toEpochMilli())));
        assertThat(child().status()).isEqualTo(ExecutionStatus.RUNNING);
        function.invokeUntilIdle();
        assertThat(child().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void aTaskMayAwaitATokenThatItGivesToTheExecution() {
        function.with(
                "parent",
                starting(
                        ".waitForTaskToken",
                        "{'StateMachineArn': 'workflow:child', 'Input': {'token.$': '$$.Task.Token'}}",
                        ""));
        ExecutionDescription parent = function.run("parent", "{}");
        assertThat(child().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(parent.status()).isEqualTo(ExecutionStatus.RUNNING);

        function.callbacks()
                .sendTaskSuccess(function.calls.get(0).input().path("token").textValue(), TestEngine.json("'done'"));
        function.invokeUntilIdle();

        assertThat(function.describe(parent.executionArn()).output()).isEqualTo(TestEngine.json("'done'"));
    }

    @Test
    void aParentSleepsWhileItWaits() {
        function.with("child", SLOW_CHILD)
                .with("parent", starting(".sync", "{'StateMachineArn': 'workflow:child'}", ""));

        ExecutionDescription parent = function.start("parent", "{}");
        assertThat(parent.wakeAt()).isNull();
        function.invokeUntilIdle();

        assertThat(function.describe(parent.executionArn()).stopDate()).isEqualTo(NOON.plusSeconds(3600));
        assertThat(function.resumed).filteredOn("parent:run"::equals).hasSize(1);
    }

    @Test
    void executionsMayBeNestedThreeDeep() {
        function.with("middle", starting(".sync:2", "{'StateMachineArn': 'workflow:child', 'Input.$': '$'}", ""))
                .with("parent", starting(".sync:2", "{'StateMachineArn': 'workflow:middle', 'Input.$': '$'}", ""));

        ExecutionDescription parent = function.run("parent", "{'n': 7}");

        assertThat(parent.output().at("/Output/Output")).isEqualTo(TestEngine.json("{'n': 7}"));
    }

    @Test
    void executionsMayBeNestedThreeDeepOnDynamoDb() {
        String table = DynamoDbLocalExtension.newTableName();
        DynamoDbTable.create(DynamoDbLocalExtension.client(), table);
        function.restart(new DynamoDbStore(DynamoDbLocalExtension.client(), table));

        executionsMayBeNestedThreeDeep();

        assertThat(child().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    // ---- redrives

    @Test
    void aRedrivenParentStartsAnotherExecution() {
        function.doing(call -> {
            throw new TaskException("Broken", "in two");
        });
        ExecutionDescription failed = run(".sync", "{'StateMachineArn': 'workflow:child'}");
        assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);
        function.doing(TaskCall::input);

        ExecutionDescription redriven = function.redrive(failed.executionArn());

        assertThat(redriven.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(function.executionsOf("child"))
                .extracting(ExecutionDescription::status)
                .containsExactlyInAnyOrder(ExecutionStatus.FAILED, ExecutionStatus.SUCCEEDED);
    }

    /** Whoever has ended the execution is slow to stop what its tasks await; meanwhile somebody else redrives it. */
    @Test
    void whoSettlesAnEndDoesNotStopTheChildOfARedriveThatCameMeanwhile() {
        function.with("child", SLOW_CHILD)
                .with("parent", starting(".sync", "{'StateMachineArn': 'workflow:child'}", ""));
        String parent = function.start("parent", "{}").executionArn();
        function.invokeUntil(NOON.plusSeconds(60));
        List<String> redrives = new ArrayList<>();
        function.restart(new ForwardingStore(function.store) {
            @Override
            protected <T> T request(String name, UnitMeter meter, Supplier<T> request) {
                if (name.equals("readTasks") && isEnded() && redrives.isEmpty()) {
                    redrives.add(parent);
                    function.redriveElsewhere(parent);
                }
                return request.get();
            }

            private boolean isEnded() {
                Head head = function.store.readHead(ExecutionId.ofArn(parent), new UnitMeter());
                return Objects.requireNonNull(head).ending() != null;
            }
        });

        function.stop(parent);

        assertThat(redrives).hasSize(1);
        function.restart(function.store);
        function.invokeUntil(NOON.plusSeconds(120));
        assertThat(function.describe(parent).status()).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(function.executionsOf("child"))
                .extracting(ExecutionDescription::status)
                .containsExactlyInAnyOrder(ExecutionStatus.ABORTED, ExecutionStatus.RUNNING);
    }

    @Test
    void aRedrivenChildIsNobodysAnyMore() {
        function.doing(call -> {
            throw new TaskException("Broken", "in two");
        });
        ExecutionDescription parent = run(".sync", "{'StateMachineArn': 'workflow:child'}");
        function.doing(TaskCall::input);

        ExecutionDescription child = function.redrive(child().executionArn());

        assertThat(child.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(function.describe(parent.executionArn())).isEqualTo(parent);
    }

    // ---- failures

    @Test
    void anExecutionThatFailsFailsTheTask() {
        function.doing(call -> {
            throw new TaskException("Broken", "in two");
        });

        ExecutionDescription parent = run(".sync", "{'StateMachineArn': 'workflow:child', 'Name': 'one'}");

        assertThat(parent.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(parent.error()).isEqualTo("States.TaskFailed");
        assertThat(TestEngine.json(parent.cause())).isEqualTo(TestEngine.json("""
            {'ExecutionArn': 'arn:aws:states:us-east-1:000000000000:execution:child:one',
             'Name': 'one',
             'RedriveCount': 0,
             'StartDate': %1$d,
             'StateMachineArn': 'arn:aws:states:us-east-1:000000000000:stateMachine:child',
             'StopDate': %1$d,
             'Status': 'FAILED',
             'Error': 'Broken',
             'Cause': 'in two',
             'Input': '{}',
             'InputDetails': {'Included': true}}
            """.formatted(NOON.toEpochMilli())));
    }

    @Test
    void aStateMachineThatIsNotHereDoesNotExist() {
        ExecutionDescription parent =
                run(".sync", "{'StateMachineArn': 'arn:aws:states:eu-west-1:111111111111:stateMachine:child'}");

        assertThat(parent.error()).isEqualTo("StepFunctions.StateMachineDoesNotExistException");
        assertThat(parent.cause())
                .startsWith(
                        "State Machine Does Not Exist: 'arn:aws:states:eu-west-1:111111111111:stateMachine:child'. The"
                                + " workflows of this function are named"
                                + " arn:aws:states:us-east-1:000000000000:stateMachine:NAME;")
                .contains("(Service: AWSStepFunctions; Status Code: 400; Error Code: StateMachineDoesNotExist; Request"
                        + " ID: ");
        assertThat(function.executionsOf("child")).isEmpty();
    }

    @Test
    void aWorkflowMayStandForAStateMachineElsewhere() {
        String arn = "arn:aws:states:eu-west-1:111111111111:stateMachine:other";
        function.withStateMachine(arn, "child");

        assertThat(run(".sync", "{'StateMachineArn': '" + arn + "'}").status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(child().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void whatCannotBeStartedFailsTheTask() {
        assertFails("{'StateMachineArn': 'workflow:nobody'}", "StepFunctions.StateMachineDoesNotExistException");
        assertFails("{'StateMachineArn': 'child'}", "StepFunctions.InvalidArnException");
        assertFails("{'StateMachineArn.$': '$.n'}", "StepFunctions.ValidationException");
        assertFails("{'StateMachineArn': 'workflow:child', 'Name': 'a b'}", "StepFunctions.InvalidNameException");
        assertFails(
                "{'StateMachineArn': 'workflow:child', 'Input': '{'}", "StepFunctions.InvalidExecutionInputException");
        assertFails(
                "{'StateMachineArn': 'workflow:child', 'Input': '1e400'}",
                "StepFunctions.InvalidExecutionInputException");
        assertFails(
                "{'StateMachineArn': 'workflow:child', 'Input': ''}", "StepFunctions.InvalidExecutionInputException");
        assertThat(function.executionsOf("child")).isEmpty();
    }

    private static void assertFails(String arguments, String error) {
        NestedExecutionsTest other = new NestedExecutionsTest();
        assertThat(other.run(".sync", arguments).error()).as(arguments).isEqualTo(error);
    }

    @Test
    void aNameIsGivenToOneExecutionOnly() {
        function.with(
                        "parent",
                        starting(
                                ".sync",
                                "{'StateMachineArn': 'workflow:child', 'Name': 'one', 'Input.$': '$'}",
                                ", 'Retry': [{'ErrorEquals': ['States.TaskFailed'], 'MaxAttempts': 1}]"))
                .doing(call -> {
                    throw new TaskException("Broken", null);
                });

        ExecutionDescription parent = function.run("parent", "{}");

        // The first attempt fails with its execution; the second finds the name taken.
        assertThat(parent.error()).isEqualTo("StepFunctions.ExecutionAlreadyExistsException");
        assertThat(parent.cause())
                .startsWith("Execution Already Exists: 'arn:aws:states:us-east-1:000000000000:execution:child:one'"
                        + " (Service: AWSStepFunctions");
        assertThat(child().status()).isEqualTo(ExecutionStatus.FAILED);
    }

    /** What the execution of that name had started before is still there, and has told its end to that one. */
    @Test
    void anExecutionWhoseNameWasAnothersStartsItsOwn() {
        function.with("parent", shortlyKept("{'StateMachineArn': 'workflow:child', 'Input.$': '$'}"));
        assertThat(function.run("parent", "{}").status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        function.sweepAfter(Duration.ofDays(3));
        assertThat(function.executionsOf("parent")).isEmpty();
        assertThat(function.executionsOf("child")).hasSize(1);

        assertThat(function.run("parent", "{}").status()).isEqualTo(ExecutionStatus.SUCCEEDED);

        assertThat(function.executionsOf("child")).hasSize(2);
    }

    @Test
    void itDoesNotWaitForTheEndOfTheOneThatHasTheNameItGives() {
        function.with("parent", shortlyKept("{'StateMachineArn': 'workflow:child', 'Name': 'one', 'Input.$': '$'}"));
        assertThat(function.run("parent", "{}").status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        function.sweepAfter(Duration.ofDays(3));

        ExecutionDescription again = function.run("parent", "{}");

        assertThat(again.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(again.error()).isEqualTo("StepFunctions.ExecutionAlreadyExistsException");
    }

    /** The same as {@link #starting}, and gone a day after its end. */
    private static String shortlyKept(String arguments) {
        return starting(".sync:2", arguments, "").replaceFirst("\\{", "{'Reprise': {'Retention': 'P1D'}, ");
    }

    @Test
    void anExecutionThatIsNotItsOwnIsNotStopped() {
        function.with("child", SLOW_CHILD);
        function.start("child", "{}");

        ExecutionDescription parent = function.with(
                        "parent",
                        starting(
                                ".sync", "{'StateMachineArn': 'workflow:child', 'Name': 'run', 'Input': {'n': 1}}", ""))
                .run("parent", "{}");

        assertThat(parent.error()).isEqualTo("StepFunctions.ExecutionAlreadyExistsException");
        assertThat(child().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    // ---- stops

    @Test
    void whoStopsTheParentStopsTheChildren() {
        function.with("child", SLOW_CHILD)
                .with("middle", starting(".sync", "{'StateMachineArn': 'workflow:child'}", ""))
                .with("parent", starting(".sync", "{'StateMachineArn': 'workflow:middle'}", ""));
        ExecutionDescription parent = function.start("parent", "{}");
        function.invokeUntil(NOON.plusSeconds(60));

        function.stop(parent.executionArn());
        function.invokeUntil(NOON.plusSeconds(61));

        assertThat(function.describe(parent.executionArn()).status()).isEqualTo(ExecutionStatus.ABORTED);
        ExecutionDescription middle = function.executionsOf("middle").get(0);
        assertThat(middle.status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(middle.cause()).isEqualTo(STOPPED_BY_RUN);
        assertThat(child().status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(child().stopDate()).isBeforeOrEqualTo(NOON.plusSeconds(61));
    }

    @Test
    void whoStopsTheParentStopsAllOfManyChildren() {
        String each = "{'StartAt': 'Each', 'States': {'Each': {'Type': 'Map', 'End': true, 'ItemProcessor': %s}}}"
                .formatted(starting(".sync", "{'StateMachineArn': 'workflow:child'}", ""));
        function.with("child", SLOW_CHILD).with("parent", each);
        String parent = function.start(
                        "parent", "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]")
                .executionArn();
        function.invokeUntil(NOON.plusSeconds(60));

        function.stop(parent);
        function.invokeUntil(NOON.plusSeconds(61));

        assertThat(function.executionsOf("child"))
                .hasSize(20)
                .allSatisfy(child -> assertThat(child.status()).isEqualTo(ExecutionStatus.ABORTED));
    }

    @Test
    void aTaskThatTimesOutStopsItsExecution() {
        function.with("child", SLOW_CHILD)
                .with("parent", starting(".sync", "{'StateMachineArn': 'workflow:child'}", ", 'TimeoutSeconds': 60"));

        ExecutionDescription parent = function.run("parent", "{}");

        assertThat(parent.error()).isEqualTo("States.Timeout");
        assertThat(child().status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(child().cause()).isEqualTo(STOPPED_BY_RUN);
        assertThat(child().stopDate()).isEqualTo(NOON.plusSeconds(60));
    }

    @Test
    void aParentThatTimesOutOrFailsStopsItsExecution() {
        String child = starting(".sync", "{'StateMachineArn': 'workflow:child'}", "");
        String fails =
                "{'StartAt': 'Pause', 'States': {'Pause': {'Type': 'Wait', 'Seconds': 60, 'Next': 'Stop'}, 'Stop':"
                        + " {'Type': 'Fail', 'Error': 'No'}}}";
        String both = "{'StartAt': 'Both', 'States': {'Both': {'Type': 'Parallel', 'Branches': [" + child + ", " + fails
                + "], 'End': true}}}";
        for (String parent : List.of(both, child.replaceFirst("\\{", "{'TimeoutSeconds': 60, "))) {
            NestedFunction function =
                    new NestedFunction().with("child", SLOW_CHILD).with("parent", parent);

            assertThat(function.run("parent", "{}").status()).isIn(ExecutionStatus.FAILED, ExecutionStatus.TIMED_OUT);

            ExecutionDescription stopped = function.executionsOf("child").get(0);
            assertThat(stopped.status()).isEqualTo(ExecutionStatus.ABORTED);
            assertThat(stopped.stopDate()).isEqualTo(NOON.plusSeconds(60));
        }
    }

    @Test
    void aBranchThatIsGivenUpStopsItsExecution() {
        String slow = starting(".sync", "{'StateMachineArn': 'workflow:child'}", "");
        String fails =
                "{'StartAt': 'Pause', 'States': {'Pause': {'Type': 'Wait', 'Seconds': 5, 'Next': 'Stop'}, 'Stop':"
                        + " {'Type': 'Fail', 'Error': 'No'}}}";
        function.with("child", SLOW_CHILD)
                .with(
                        "parent",
                        "{'StartAt': 'Both', 'States': {'Both': {'Type': 'Parallel', 'Branches': [" + slow + ", "
                                + fails
                                + "], 'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'Go'}], 'End': true},"
                                + " 'Go': {'Type': 'Wait', 'Seconds': 7200, 'End': true}}}");

        ExecutionDescription parent = function.run("parent", "{}");

        assertThat(parent.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(child().status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(child().stopDate()).isEqualTo(NOON.plusSeconds(5));
    }
}
