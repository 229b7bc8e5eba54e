package dev.reprise.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.operations.JournaledExecutions;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The simulation notices when the engine lacks one of its protections. Each line names a schedule in which it shows; should the simulation have changed so that it no longer shows there, those that
 * follow are tried.
 */
class MutationTest {

    /** Many times as many as it takes to come upon it. */
    private static final int MOST_SCHEDULES = 5_000;

    private static final int FOR_WHAT_DOES_NO_HARM = 500;

    /** Journals that cannot be read are what some of this leads to. */
    private static final Logger ENGINE = Logger.getLogger(JournaledExecutions.class.getName());

    @BeforeAll
    static void quiet() {
        ENGINE.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        ENGINE.setLevel(null);
    }

    @ParameterizedTest
    @CsvSource({
        "NO_FENCE,                       907, has two writers",
        "NO_EFFECT_GATING,                 2, was durable",
        "NO_LEASE,                        33, which had it for another",
        "NO_INBOX_COUNTER_ON_SUSPENSION, 4342, it went on until",
        "NO_INBOX_COUNTER_AT_THE_END,    362, are left",
        "NO_SINGLE_START,                 87, has two writers",
        "NO_CONDITION_ON_TASKS,          528, was answered",
        "NO_TRACE_OF_TASKS,            45800, was answered",
        "NO_CHUNKS_FIRST,                 28, cannot be read",
        "NO_OWN_WRITES,                    3, kept the lease",
    })
    void whatIsMissingIsNoticed(Mutation mutation, long seed, String violation) {
        Simulation.Result noticed = LongStream.range(seed, seed + MOST_SCHEDULES)
                .mapToObj(each -> Simulation.run(mutation, each, false))
                .filter(result -> result.violations().stream().anyMatch(each -> each.contains(violation)))
                .findFirst()
                .orElse(null);

        assertThat(noticed).as("%s shows in no schedule", mutation).isNotNull();
        System.out.printf("simulation without a protection: %s shows with seed %d%n", mutation, noticed.seed());
    }

    /** Whoever does not know its own head finds what it wrote there, when it looks again or the sweeper does. That is late, and harmless. */
    @Test
    void aHeadThatItsWriterDoesNotKnowDoesNoHarm() {
        assertThat(Schedules.run(Mutation.NO_OWN_HEADS, 1, FOR_WHAT_DOES_NO_HARM)
                        .failures())
                .isEmpty();
    }
}
