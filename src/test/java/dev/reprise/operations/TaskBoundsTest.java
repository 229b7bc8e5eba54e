package dev.reprise.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.dataset.NoObjects;
import dev.reprise.execution.Arns;
import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.Outcome;
import dev.reprise.runtime.TestPrograms;
import dev.reprise.runtime.VirtualRunner;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How long a task may last and keep silent, in virtual time. */
class TaskBoundsTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void aTaskThatLastsTooLongTimesOut() {
        Silence silence = new Silence(false);
        VirtualRunner runner = runner("'TimeoutSeconds': 600", silence);

        assertThat(error(runner)).isEqualTo("States.Timeout");
        assertThat(lasted(runner)).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void aTaskThatIsSilentForTooLongTimesOut() {
        Silence silence = new Silence(false);
        VirtualRunner runner = runner("'TimeoutSeconds': 600, 'HeartbeatSeconds': 5", silence);

        assertThat(error(runner)).isEqualTo("States.Timeout");
        assertThat(lasted(runner)).isEqualTo(Duration.ofSeconds(5));
        assertThat(silence.asked).hasSize(1);
    }

    @Test
    void aTaskThatWasTakenOnIsWaitedForButNotAskedForAgain() {
        Silence silence = new Silence(true);
        VirtualRunner runner = runner("'TimeoutSeconds': 600", silence);

        assertThat(error(runner)).isEqualTo("States.Timeout");
        assertThat(lasted(runner)).isEqualTo(Duration.ofMinutes(10));
        assertThat(silence.asked).hasSize(1);
    }

    private static VirtualRunner runner(String bounds, Silence silence) {
        String definition = TestEngine.json(
                        "{'StartAt': 'A', 'States': {'A': {'Type': 'Task', 'Resource': 'task:a', %s, 'End': true}}}"
                                .formatted(bounds))
                .toString();
        return new VirtualRunner(
                Arns.identity("", "test", "run"),
                definition,
                TestPrograms.compile(definition),
                InterpreterLimits.DEFAULT,
                silence,
                new NoObjects(),
                NOON);
    }

    private static @Nullable String error(VirtualRunner runner) {
        return runner.run(TestEngine.json("{}")) instanceof Outcome.Failed failed
                ? failed.error().error()
                : null;
    }

    private static Duration lasted(VirtualRunner runner) {
        List<HistoryEvent> history = runner.history();
        return Duration.between(NOON, history.get(history.size() - 1).timestamp());
    }

    /** No task ever answers. */
    private static final class Silence implements VirtualRunner.World {

        final List<EffectId> asked = new ArrayList<>();
        private boolean takesOn;

        Silence(boolean takesOn) {
            this.takesOn = takesOn;
        }

        @Override
        public Uni<JsonNode> run(Effect.RunTask task) {
            asked.add(task.id());
            return Uni.createFrom().nothing();
        }

        @Override
        public @Nullable Entry happensAt(Instant now) {
            if (!takesOn) {
                return null;
            }
            takesOn = false;
            return new Entry.TaskSubmitted(asked.get(0), now, null);
        }

        @Override
        public String taskToken(EffectId task) {
            return "token";
        }
    }
}
