package dev.reprise.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens, the engine keeps its promises: tried in as many simulations as {@code -Dschedules} says, with the
 * seeds from {@code -Dseed} on. See {@code docs/simulation.md}.
 */
class SimulationTest {

    private static final long SEED = Long.getLong("seed", 1);
    private static final Engine ENGINE = engine(System.getProperty("mutation"));
    private static final int SCHEDULES = Integer.getInteger("schedules", 5_000);

    /** With fewer, what is rare may not happen at all. */
    private static final int ENOUGH_FOR_EVERYTHING = 5_000;

    /** Failures whose trace is printed. */
    private static final int SHOWN = 3;

    private static Schedules.Report report = new Schedules.Report(List.of(), Map.of());

    /** Tasks that do not stop are part of it. */
    private static final Logger ENGINE_LOG = Logger.getLogger("dev.reprise");

    @AfterAll
    static void loud() {
        ENGINE_LOG.setLevel(null);
    }

    @BeforeAll
    static void run() {
        ENGINE_LOG.setLevel(Level.OFF);
        report = Schedules.run(ENGINE, SEED, SCHEDULES);
        report.failures().stream().limit(SHOWN).forEach(SimulationTest::show);
        System.out.printf(
                "simulation %d schedules %d failures%n",
                SCHEDULES, report.failures().size());
    }

    /** {@code -Dmutation} names one that lacks something, for whoever wants to see how that shows. */
    private static Engine engine(@Nullable String mutation) {
        return mutation == null ? Engine.WHOLE : Mutation.valueOf(mutation);
    }

    private static void show(Simulation.Result failure) {
        Simulation.run(ENGINE, failure.seed(), true).trace().forEach(System.out::println);
        failure.violations().forEach(System.out::println);
        System.out.printf("Replay it with ./mvnw -q -Psimulation test -Dschedules=1 -Dseed=%d%n%n", failure.seed());
    }

    @Test
    void whateverHappensThePromisesAreKept() {
        assertThat(report.failures()).isEmpty();
    }

    @Test
    void everyKindOfTroubleIsMet() {
        assumeTrue(SCHEDULES >= ENOUGH_FOR_EVERYTHING, "too few schedules");

        assertThat(report.counts().keySet()).containsExactlyInAnyOrder(Occurrence.values());
    }
}
