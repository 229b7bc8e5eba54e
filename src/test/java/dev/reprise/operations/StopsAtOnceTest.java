package dev.reprise.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.core.InterpreterLimits;
import dev.reprise.core.Program;
import dev.reprise.journal.Journals;
import dev.reprise.runtime.RunnerSettings;
import dev.reprise.task.TaskRunners;
import dev.reprise.testing.InMemoryStore;
import dev.reprise.workflow.Workflow;
import dev.reprise.workflow.Workflows;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** However many executions and jobs are to be stopped, sixteen are under way at a time. */
class StopsAtOnceTest {

    private static final int AT_ONCE = 16;
    private static final int ALL = 100;

    private final Deque<UniEmitter<? super Void>> underWay = new ArrayDeque<>();
    private final AtomicInteger begun = new AtomicInteger();

    private static NestedExecutions nested() {
        Workflows none = new Workflows() {
            @Override
            public Workflow named(String name) {
                throw new IllegalStateException("There is no workflow here");
            }

            @Override
            public Program compiled(String sha256, Supplier<String> text) {
                throw new IllegalStateException("There is no workflow here");
            }
        };
        return new NestedExecutions(TestServices.of(
                none,
                new Journals(new InMemoryStore(), InstantSource.system(), new Random(1)),
                new TaskRunners(),
                (executionArn, at) -> {},
                InterpreterLimits.DEFAULT,
                RunnerSettings.DEFAULT,
                InstantSource.system()));
    }

    private Uni<Void> stop() {
        return Uni.createFrom().emitter(emitter -> {
            begun.incrementAndGet();
            underWay.add(emitter);
        });
    }

    @Test
    void sixteenAreUnderWayAndAllComeToTheirTurn() {
        List<Uni<Void>> stops = Stream.generate(this::stop).limit(ALL).toList();
        AtomicBoolean done = new AtomicBoolean();
        var unused = nested().someAtOnce(stops).subscribe().with(all -> done.set(true));

        for (int ended = 0; ended < ALL; ended++) {
            assertThat(done).isFalse();
            assertThat(underWay).hasSize(Math.min(AT_ONCE, ALL - ended));
            assertThat(begun).hasValue(Math.min(ALL, ended + AT_ONCE));
            underWay.remove().complete(null);
        }

        assertThat(done).isTrue();
    }

    @Test
    void whereThereIsNothingToStopThatIsDoneAtOnce() {
        AtomicBoolean done = new AtomicBoolean();
        var unused = nested().someAtOnce(List.of()).subscribe().with(all -> done.set(true));

        assertThat(done).isTrue();
    }
}
