package dev.reprise.operations;

import static dev.reprise.operations.NestedExecutionsTest.starting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.execution.ExecutionStatus;
import dev.reprise.journal.Journals;
import dev.reprise.journal.store.Caller;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.ForwardingStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.StoreUnavailableException;
import dev.reprise.journal.store.UnitMeter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * The process dies at every request to the table, before or after it was carried out, and takes all wake-ups with it:
 * the sweeper finds what is left to be done.
 */
class NestedCrashesTest {

    private static final int MORE_REQUESTS_THAN_THERE_ARE = 200;

    private static final String CHILD =
            "{'StartAt': 'Work', 'States': {'Work': {'Type': 'Task', 'Resource': 'task:work', 'End': true}}}";

    private static final String PARENT =
            starting(".sync:2", "{'StateMachineArn': 'workflow:child', 'Input.$': '$'}", "");

    private static int everywhere(Consumer<NestedFunction> story, Consumer<NestedFunction> end) {
        for (int at = 1; at < MORE_REQUESTS_THAN_THERE_ARE; at++) {
            boolean died = false;
            for (boolean carriedOut : new boolean[] {false, true}) {
                NestedFunction function =
                        new NestedFunction().with("child", CHILD).with("parent", PARENT);
                DyingStore store = new DyingStore(function.store, at, carriedOut);
                function.restart(store);
                try {
                    story.accept(function);
                } catch (StoreUnavailableException e) {
                    assertThat(store.isDead()).isTrue();
                }
                died |= store.isDead();
                function.recover();
                end.accept(function);
            }
            if (!died) {
                return at;
            }
        }
        throw new IllegalStateException("It makes more requests than that");
    }

    @Test
    void theParentHearsOfTheEndOfItsOnlyChild() {
        int requests = everywhere(function -> function.run("parent", "{'n': 7}"), function -> {
            if (function.executionsOf("parent").isEmpty()) {
                return;
            }
            ExecutionDescription parent = function.executionsOf("parent").get(0);
            assertThat(parent.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(parent.output().path("Output")).isEqualTo(TestEngine.json("{'n': 7}"));
            assertThat(function.executionsOf("child")).hasSize(1);
        });

        assertThat(requests).isGreaterThan(20);
    }

    @Test
    void aParentThatIsStoppedStopsItsChild() {
        String sleeping = "{'StartAt': 'Sleep', 'States': {'Sleep': {'Type': 'Wait', 'Seconds': 86400, 'End': true}}}";
        int requests = everywhere(
                function -> {
                    ExecutionDescription parent =
                            function.with("child", sleeping).start("parent", "{}");
                    function.invokeUntil(NestedFunction.NOON.plusSeconds(60));
                    function.stop(parent.executionArn());
                    function.invokeUntil(NestedFunction.NOON.plusSeconds(120));
                },
                function -> {
                    if (function.executionsOf("parent").isEmpty()) {
                        return;
                    }
                    ExecutionDescription parent =
                            function.executionsOf("parent").get(0);
                    if (parent.status() == ExecutionStatus.RUNNING) {
                        // It died before it was told to stop.
                        function.stop(parent.executionArn());
                        function.recover();
                    }
                    assertThat(function.executionsOf("parent").get(0).status()).isEqualTo(ExecutionStatus.ABORTED);
                    assertThat(function.executionsOf("child"))
                            .hasSizeLessThan(2)
                            .allSatisfy(child -> assertThat(child.status()).isEqualTo(ExecutionStatus.ABORTED));
                });

        assertThat(requests).isGreaterThan(20);
    }

    /** A frozen process thaws when its time is over, and its execution has been stopped by others meanwhile. */
    @Test
    void aChildThatIsStartedAfterItsParentsEndIsStopped() {
        NestedFunction function = new NestedFunction().with("child", CHILD).with("parent", PARENT);
        function.restart(new ForwardingStore(function.store) {
            @Override
            public ConditionalWrite<Head> createHead(Head head, Instant now, UnitMeter meter) {
                if (head.id().workflow().equals("child")) {
                    function.restart(function.store);
                    function.stop(function.executionsOf("parent").get(0).executionArn());
                    function.sweepAfter(Duration.ofMinutes(20));
                }
                return super.createHead(head, now, meter);
            }
        });

        ExecutionDescription parent = function.run("parent", "{}");

        assertThat(parent.status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(function.executionsOf("child"))
                .singleElement()
                .extracting(ExecutionDescription::status)
                .isEqualTo(ExecutionStatus.ABORTED);
        assertThat(function.calls).isEmpty();
    }

    /** The same, and the parent goes on meanwhile from where it was stopped: it has started another one. */
    @Test
    void aChildThatIsStartedAfterARedriveOfItsParentIsStopped() {
        NestedFunction function = new NestedFunction().with("child", CHILD).with("parent", PARENT);
        function.restart(new ForwardingStore(function.store) {
            @Override
            public ConditionalWrite<Head> createHead(Head head, Instant now, UnitMeter meter) {
                if (head.id().workflow().equals("child")) {
                    function.restart(function.store);
                    String parent = function.executionsOf("parent").get(0).executionArn();
                    function.stop(parent);
                    function.sweepAfter(Duration.ofMinutes(20));
                    function.redriveElsewhere(parent);
                }
                return super.createHead(head, now, meter);
            }
        });

        ExecutionDescription parent = function.run("parent", "{'n': 7}");

        assertThat(parent.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(function.executionsOf("child"))
                .extracting(ExecutionDescription::status)
                .containsExactlyInAnyOrder(ExecutionStatus.ABORTED, ExecutionStatus.SUCCEEDED);
        assertThat(function.calls).hasSize(1);
    }

    /** Its task has timed out meanwhile, say, and is forgotten. */
    @Test
    void aChildThatIsStartedAfterItsTaskWasGivenUpIsStopped() {
        NestedFunction function = new NestedFunction().with("child", CHILD).with("parent", PARENT);
        function.restart(new ForwardingStore(function.store) {
            @Override
            public ConditionalWrite<Head> createHead(Head head, Instant now, UnitMeter meter) {
                Caller caller = head.beginning().caller();
                if (caller != null) {
                    new Journals(function.store, () -> now, new Random(1))
                            .waitingTasks()
                            .forget(caller.execution(), List.of(caller.task()));
                }
                return super.createHead(head, now, meter);
            }
        });

        function.run("parent", "{}");

        assertThat(function.executionsOf("child"))
                .singleElement()
                .extracting(ExecutionDescription::status)
                .isEqualTo(ExecutionStatus.ABORTED);
        assertThat(function.calls).isEmpty();
    }
}
