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
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

public class TaskDispatchTest {

    private static final int TIMES = 20_000;

    public static final Effect.RunTask TASK = new Effect.RunTask(
            new EffectId(ScopePath.ROOT, 1),
            "A",
            Resource.parse("task:a"),
            TaskPattern.REQUEST_RESPONSE,
            TaskSemantics.AT_LEAST_ONCE_PER_RETRY,
            JsonNodeFactory.instance.objectNode(),
            0,
            Instant.EPOCH,
            null,
            null,
            null,
            TaskPhase.Requested.INSTANCE);

    /** Else the owner finds that nothing runs and that there is no mail, and suspends the execution for ever. */
    @Test
    void whatIsDoneIsInTheMailbox() {
        Time time = Time.of(InstantSource.system());
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            for (int i = 0; i < TIMES; i++) {
                Mailbox mailbox = new Mailbox(time);
                Request request = new TaskDispatch(doneOn(thread), mailbox, new Underway("arn", time), time).ask(TASK);
                while (!request.isDone()) {
                    Thread.onSpinWait();
                }
                assertThat(mailbox.isEmpty()).isFalse();
            }
        }
    }

    private static TaskRequests doneOn(ExecutorService thread) {
        return new TaskRequests() {
            @Override
            public Uni<? extends Reply> request(Effect.RunTask task) {
                return Uni.createFrom()
                        .item(new Reply.Done(JsonNodeFactory.instance.nullNode()))
                        .emitOn(thread);
            }

            @Override
            public Uni<TimeUp> timeUp(Effect.RunTask task, TimerKind bound, Instant inboxReadAt) {
                throw new UnsupportedOperationException("nothing is bounded here");
            }

            @Override
            public Uni<?> forget(List<Ended> ended) {
                return Uni.createFrom().voidItem();
            }
        };
    }
}
