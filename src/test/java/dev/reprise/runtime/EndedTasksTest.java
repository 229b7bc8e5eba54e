package dev.reprise.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.asl.Resource;
import dev.reprise.asl.TaskSemantics;
import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.ScopePath;
import dev.reprise.execution.TaskPattern;
import dev.reprise.execution.TaskPhase;
import dev.reprise.execution.TimerKind;
import dev.reprise.journal.WaitingTasks.TimeUp;
import dev.reprise.journal.store.StoreUnavailableException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Ended tasks are forgotten beside the work: the thread that owns the execution asks for it and waits for none of it.
 */
class EndedTasksTest {

    /** More batches are not under way. */
    private static final int MOST_BATCHES = 4;

    /** Each batch, and how to tell that it is done. */
    private record Batch(List<TaskRequests.Ended> tasks, UniEmitter<? super Object> emitter) {}

    private final List<Batch> batches = new ArrayList<>();
    private final Time time = Time.of(InstantSource.system());
    private final Mailbox mailbox = new Mailbox(time);
    private final EndedTasks ended = new EndedTasks(
            new TaskRequests() {
                @Override
                public Uni<? extends Reply> request(Effect.RunTask task) {
                    throw new UnsupportedOperationException("nothing is asked for here");
                }

                @Override
                public Uni<TimeUp> timeUp(Effect.RunTask task, TimerKind bound, Instant inboxReadAt) {
                    throw new UnsupportedOperationException("nothing is bounded here");
                }

                /** The table does not answer yet. */
                @Override
                public Uni<?> forget(List<Ended> tasks) {
                    return Uni.createFrom().emitter(emitter -> batches.add(new Batch(tasks, emitter)));
                }
            },
            mailbox,
            new Underway("arn", time));

    private static Effect.RunTask task(int step, TaskPattern pattern) {
        return new Effect.RunTask(
                new EffectId(ScopePath.ROOT, step),
                "S",
                Resource.parse("task:a"),
                pattern,
                TaskSemantics.AT_LEAST_ONCE_PER_RETRY,
                JsonNodeFactory.instance.objectNode(),
                0,
                Instant.EPOCH,
                null,
                null,
                null,
                TaskPhase.Requested.INSTANCE);
    }

    private void end(int step) {
        ended.add(task(step, TaskPattern.WAIT_FOR_TASK_TOKEN), true);
        ended.forget();
    }

    @Test
    void nobodyWaitsUntilTheyAreForgotten() {
        end(1);
        end(2);

        assertThat(batches).hasSize(2);
        assertThat(batches.get(0).tasks())
                .extracting(each -> each.task().id().step())
                .containsExactly(1L);
        assertThat(mailbox.isEmpty()).isTrue();
    }

    @Test
    void whenManyEndFewBatchesAreUnderWayAndTheRestGoesInOne() {
        for (int step = 1; step <= 100; step++) {
            end(step);
        }
        assertThat(batches).hasSize(MOST_BATCHES);

        batches.get(0).emitter().complete("done");
        ended.forget();

        assertThat(batches).hasSize(MOST_BATCHES + 1);
        assertThat(batches.get(MOST_BATCHES).tasks()).hasSize(100 - MOST_BATCHES);
    }

    @Test
    void whatIsAnsweredHereIsInNoTable() {
        ended.add(task(1, TaskPattern.REQUEST_RESPONSE), true);
        ended.forget();

        assertThat(batches).isEmpty();
    }

    @Test
    void theOwnerHearsThatTheTableIsOutOfReach() {
        end(1);

        batches.get(0).emitter().fail(new StoreUnavailableException("reprise", "it does not answer", null));

        assertThat(mailbox.isEmpty()).isFalse();
    }
}
