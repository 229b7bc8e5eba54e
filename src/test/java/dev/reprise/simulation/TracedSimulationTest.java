package dev.reprise.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.core.InterpreterLimits;
import dev.reprise.journal.Journals;
import dev.reprise.operations.Executions;
import dev.reprise.operations.JournaledExecutions;
import dev.reprise.operations.TestServices;
import dev.reprise.runtime.MapData;
import dev.reprise.runtime.RunnerSettings;
import dev.reprise.task.TaskRunners;
import dev.reprise.telemetry.trace.SentSpans;
import dev.reprise.wakeup.WakeUps;
import dev.reprise.workflow.Workflows;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Whatever happens to processes, no two of them tell different things of one span. */
class TracedSimulationTest {

    private static final int SCHEDULES = Integer.getInteger("traced", 150);

    /** With these a process may die, or lose its execution, after something was durable and before it was told. */
    private static final Set<Occurrence> LOSSES = EnumSet.of(
            Occurrence.CRASH,
            Occurrence.FENCE,
            Occurrence.FREEZE,
            Occurrence.OVERLAP,
            Occurrence.TAKE_OVER,
            Occurrence.UNAVAILABLE,
            Occurrence.DATA_LOST,
            Occurrence.NO_PROGRESS);

    private static final Logger ENGINE_LOG = Logger.getLogger("dev.reprise");

    /** Every process of it makes traces. */
    private record Traced(SentSpans sent) implements Engine {
        @Override
        public Executions executions(
                Workflows workflows,
                Journals journals,
                TaskRunners tasks,
                MapData mapData,
                WakeUps wakeUps,
                InterpreterLimits limits,
                RunnerSettings settings,
                InstantSource clock) {
            return new JournaledExecutions(TestServices.telling(
                    TestServices.of(workflows, journals, tasks, mapData, wakeUps, limits, settings, clock),
                    List.of(sent.traces())));
        }
    }

    @Test
    void whateverHappensASpanIsToldOnceAndWhereNothingIsLostItsParentToo() {
        ENGINE_LOG.setLevel(Level.OFF);
        int lossless = 0;
        int told = 0;
        try {
            for (long seed = 1; seed <= SCHEDULES; seed++) {
                SentSpans sent = new SentSpans();
                Simulation.Result result = Simulation.run(new Traced(sent), seed, false);
                List<SentSpans.Sent> spans = sent.all();
                told += spans.size();
                assertThat(result.violations()).as("seed " + seed).isEmpty();
                assertThat(SentSpans.twice(spans))
                        .as("told twice, seed " + seed)
                        .isEmpty();
                if (LOSSES.stream().noneMatch(result.counts()::containsKey)) {
                    lossless++;
                    assertThat(SentSpans.orphans(spans))
                            .as("without parent, seed " + seed + ", " + result.counts())
                            .isEmpty();
                }
            }
        } finally {
            ENGINE_LOG.setLevel(null);
        }
        assertThat(lossless).isGreaterThan(SCHEDULES / 20);
        assertThat(told).isGreaterThan(10 * SCHEDULES);
    }
}
