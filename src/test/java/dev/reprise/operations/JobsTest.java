package dev.reprise.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.asl.Resource;
import dev.reprise.core.event.HistoryEventType;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.execution.StatesError;
import dev.reprise.history.HistoryQuery;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.StoreUnavailableException;
import dev.reprise.runtime.JobReference;
import dev.reprise.task.Job;
import dev.reprise.task.TaskCall;
import dev.reprise.testing.InMemoryStore;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Tasks whose job somebody else does, and that are polled until it is done: through sleeps, crashes, time-outs and
 * stops.
 */
class JobsTest {

    private static final Instant NOON = VirtualWorkers.NOON;

    private final InMemoryStore store = new InMemoryStore();
    private final VirtualWorkers time = new VirtualWorkers();
    private final Builds builds = new Builds();

    /** A service that builds: in memory, in virtual time. It knows a repeated request by its key. */
    private final class Builds implements Job {

        record Build(String id, Instant done) {}

        final Map<String, Build> byKey = new HashMap<>();
        final Set<String> cancelled = new LinkedHashSet<>();
        final List<Instant> polls = new ArrayList<>();
        int submissions;
        Duration duration = Duration.ofMinutes(10);

        @Nullable
        Duration again;

        @Nullable
        StatesError failure;

        int unreachable;

        @Override
        public Uni<JsonNode> submit(TaskCall call) {
            return Uni.createFrom().item(() -> {
                submissions++;
                Build build = byKey.computeIfAbsent(
                        call.context().idempotencyKey(),
                        key -> new Build("build-" + byKey.size(), time.instant().plus(duration)));
                return JsonNodeFactory.instance.objectNode().put("Id", build.id());
            });
        }

        @Override
        public Uni<Progress> poll(Submission job) {
            return Uni.createFrom().item(() -> {
                polls.add(time.instant());
                if (unreachable > 0) {
                    unreachable--;
                    throw new IllegalStateException("no connection");
                }
                Build build = byKey.get(job.idempotencyKey());
                assertThat(job.response().path("Id").asText()).isEqualTo(build.id());
                if (build.done().isAfter(time.instant())) {
                    return new Progress.Running(again);
                }
                return failure == null
                        ? new Progress.Succeeded(TestEngine.json("{'Status': 'SUCCEEDED'}"))
                        : new Progress.Failed(failure);
            });
        }

        @Override
        public Uni<Void> cancel(Submission job) {
            return Uni.createFrom()
                    .voidItem()
                    .invoke(() -> cancelled.add(job.response().path("Id").asText()));
        }
    }

    private TestEngine engine(String fields, ExecutionStore on) {
        return new TestEngine(
                on,
                ("{'StartAt': 'Build', 'States': {'Build': {'Type': 'Task', 'Resource':"
                                + " 'arn:aws:states:::codebuild:startBuild.sync', 'Parameters': {'ProjectName': 'p'}, %s 'End':"
                                + " true}}}")
                        .formatted(fields),
                builds,
                TestEngine.SETTINGS,
                time);
    }

    private ExecutionDescription start(TestEngine engine) {
        return engine.executions.start("test", "run", TestEngine.json("{}"), invocation());
    }

    private Invocation invocation() {
        return new Invocation("request-" + time.instant(), "", time.instant().plusSeconds(60));
    }

    /** Invokes the function whenever the execution is due, as long as it is by then. */
    private ExecutionDescription until(TestEngine engine, ExecutionDescription first, Instant end) {
        ExecutionDescription execution = first;
        while (execution.wakeAt() != null && !execution.wakeAt().isAfter(end)) {
            if (execution.wakeAt().isAfter(time.instant())) {
                time.moveTo(execution.wakeAt());
            }
            execution = engine.executions.resume(execution.executionArn(), invocation());
        }
        return execution;
    }

    @Test
    void aJobIsPolledUntilItIsDoneAndMeanwhileTheExecutionSleeps() {
        TestEngine engine = engine("", store);

        ExecutionDescription ended = until(engine, start(engine), NOON.plusSeconds(3600));

        assertThat(ended.output()).isEqualTo(TestEngine.json("{'Status': 'SUCCEEDED'}"));
        assertThat(ended.stopDate()).isBetween(NOON.plusSeconds(600), NOON.plusSeconds(750));
        assertThat(builds.submissions).isOne();
        assertThat(builds.polls).hasSizeBetween(10, 40).first().isEqualTo(NOON.plusSeconds(1));
        assertThat(builds.cancelled).isEmpty();
        assertThat(engine.wakeUps).isNotEmpty();
        assertThat(engine.executions
                        .history(ended.executionArn(), HistoryQuery.firstPage(100))
                        .events())
                .extracting(event -> event.type())
                .containsSequence(
                        HistoryEventType.TaskScheduled,
                        HistoryEventType.TaskStarted,
                        HistoryEventType.TaskSubmitted,
                        HistoryEventType.TaskSucceeded);
    }

    @Test
    void aJobMaySayWhenToPollItAgain() {
        builds.again = Duration.ofMinutes(4);
        TestEngine engine = engine("", store);

        until(engine, start(engine), NOON.plusSeconds(3600));

        assertThat(builds.polls)
                .containsExactly(
                        NOON.plusSeconds(1), NOON.plusSeconds(241), NOON.plusSeconds(481), NOON.plusSeconds(721));
    }

    @Test
    void aJobThatFailsFailsItsTask() {
        builds.failure = new StatesError("CodeBuild.Failed", "it does not compile");
        TestEngine engine = engine("", store);

        ExecutionDescription ended = until(engine, start(engine), NOON.plusSeconds(3600));

        assertThat(ended.error()).isEqualTo("CodeBuild.Failed");
        assertThat(builds.cancelled).isEmpty();
    }

    @Test
    void aJobThatCannotBeAskedIsAskedAgainAndFailsItsTaskTheTenthTime() {
        builds.unreachable = 9;
        TestEngine engine = engine("", store);
        builds.again = Duration.ofSeconds(2);

        assertThat(until(engine, start(engine), NOON.plusSeconds(3600)).status())
                .isEqualTo(ExecutionStatus.SUCCEEDED);

        builds.unreachable = 1_000;
        TestEngine other = engine("", new InMemoryStore());
        ExecutionDescription failed = until(other, start(other), time.instant().plusSeconds(3600));
        assertThat(failed.error()).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void aJobWhoseTaskTimesOutIsCancelled() {
        TestEngine engine = engine("'TimeoutSeconds': 30,", store);

        ExecutionDescription ended = until(engine, start(engine), NOON.plusSeconds(3600));

        assertThat(ended.error()).isEqualTo("States.Timeout");
        assertThat(ended.stopDate()).isBetween(NOON.plusSeconds(30), NOON.plusSeconds(32));
        assertThat(builds.cancelled).containsExactly("build-0");
    }

    @Test
    void aJobWhoseExecutionIsStoppedIsCancelled() {
        TestEngine engine = engine("", store);
        ExecutionDescription asleep = until(engine, start(engine), NOON.plusSeconds(60));
        assertThat(asleep.status()).isEqualTo(ExecutionStatus.RUNNING);

        engine.executions.stop(asleep.executionArn(), "Enough", null, invocation());

        assertThat(engine.executions.describe(asleep.executionArn()).status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(builds.cancelled).containsExactly("build-0");
    }

    /**
     * What the sweeper does when a process has died: it has the execution gone on with once the lease is over, and its
     * end told.
     */
    private ExecutionDescription recover(TestEngine engine, String arn) {
        ExecutionDescription execution = engine.executions.describe(arn);
        for (int sweep = 0; sweep < 100 && (execution.status() == ExecutionStatus.RUNNING || sweep < 3); sweep++) {
            time.moveTo(time.instant().plusSeconds(61));
            execution = engine.executions.resume(arn, invocation());
        }
        return execution;
    }

    @Test
    void whereverTheProcessDiesTheJobRunsOnceAndItsEndIsTheTasks() {
        boolean died = true;
        int requests = 0;
        for (int at = 1; died; at++) {
            died = false;
            for (boolean carriedOut : new boolean[] {false, true}) {
                JobsTest test = new JobsTest();
                test.builds.duration = Duration.ofSeconds(15);
                test.builds.again = Duration.ofSeconds(8);
                TestEngine dying = test.engine("", new DyingStore(test.store, at, carriedOut));
                ExecutionDescription ended = null;
                try {
                    ended = test.until(dying, test.start(dying), NOON.plusSeconds(3600));
                } catch (StoreUnavailableException e) {
                    died = true;
                }
                TestEngine healthy = test.engine("", test.store);
                if (ended == null
                        && !healthy.executions
                                .list("test", 1, null)
                                .executions()
                                .isEmpty()) {
                    String arn = healthy.executions
                            .list("test", 1, null)
                            .executions()
                            .get(0)
                            .executionArn();
                    ended = test.recover(healthy, arn);
                }
                if (ended != null) {
                    assertThat(ended.status()).as("died at %s", at).isEqualTo(ExecutionStatus.SUCCEEDED);
                    assertThat(test.builds.byKey).hasSize(1);
                }
            }
            requests = at;
        }
        assertThat(requests).isGreaterThan(20);
    }

    @Test
    void whereverTheProcessDiesAJobThatTimedOutIsCancelled() {
        boolean died = true;
        for (int at = 1; died; at++) {
            died = false;
            for (boolean carriedOut : new boolean[] {false, true}) {
                JobsTest test = new JobsTest();
                test.builds.again = Duration.ofSeconds(20);
                String fields = "'TimeoutSeconds': 30,";
                TestEngine dying = test.engine(fields, new DyingStore(test.store, at, carriedOut));
                try {
                    test.until(dying, test.start(dying), NOON.plusSeconds(3600));
                } catch (StoreUnavailableException e) {
                    died = true;
                }
                TestEngine healthy = test.engine(fields, test.store);
                var found = healthy.executions.list("test", 1, null).executions();
                if (!found.isEmpty()) {
                    ExecutionDescription ended =
                            test.recover(healthy, found.get(0).executionArn());
                    assertThat(ended.error()).as("died at %s", at).isEqualTo("States.Timeout");
                    assertThat(test.builds.cancelled).as("died at %s", at).containsExactly("build-0");
                }
            }
        }
    }

    @Test
    void whatAJobIsKnownByIsKeptWhole() {
        Job.Submission job = new Job.Submission(
                "arn:aws:states:::codebuild:startBuild.sync",
                TestEngine.json("{'Id': 'b', 'n': [1, null]}"),
                "key",
                null);

        assertThat(JobReference.read(JobReference.write(job))).isEqualTo(job);
        assertThat(JobReference.read("arn:aws:states:us-east-1:123456789012:execution:a:b"))
                .isNull();
        assertThatThrownBy(() -> JobReference.read("{")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Job.Progress.Running(Duration.ZERO)).hasMessageContaining("PT0S");
        assertThat(Resource.parse(job.resource()).pattern()).isEqualTo(Resource.Pattern.SYNC);
    }
}
