package dev.reprise.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The simulation notices when the engine lacks one of its protections. Each line names a schedule in which it shows;
 * should the simulation have changed so that it no longer shows there, those that follow are tried.
 */
class MutationTest {

    /** Many times as many as it takes to come upon it. */
    private static final int MOST_SCHEDULES = 5_000;

    private static final int FOR_WHAT_DOES_NO_HARM = 500;

    /** Journals that cannot be read are what some of this leads to, and tasks that do not stop. */
    private static final Logger ENGINE = Logger.getLogger("dev.reprise");

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
        "NO_FENCE,                            53, has two writers",
        "NO_EFFECT_GATING,                     2, was durable",
        "NO_LEASE,                             1, which had it for another",
        "NO_INBOX_COUNTER_ON_SUSPENSION,       4, did not end",
        "NO_INBOX_COUNTER_AT_THE_END,        251, are left",
        "NO_SINGLE_START,                     85, has two writers",
        "NO_CONDITION_ON_TASKS,               59, was given to two workers",
        "NO_CLAIM_OF_DELETION,               356, cannot be read",
        "NO_CHUNKS_FIRST,                    183, cannot be read",
        "NO_FACT_OF_THE_END,                   1, leads to no end",
        "NO_CLOSED_SCOPES,                     2, nobody waited for it",
        "NO_SUBMISSIONS,                       8, again",
        "NO_KEPT_RESPONSES,                  101, is not known by",
        "NO_VERSION_OF_DATA,                 354, began",
        "NO_BOUNDS_FROM_ASKING,              129, timed out before",
        "NO_BOUND_OF_STRETCHES,               23, transitions without a fact",
        "NO_WATCH_OF_THREADS,                 38, ran on",
        "NO_OWN_WRITES,                       22, kept the lease",
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

    /**
     * Whoever does not know its own head finds what it wrote there, when it looks again or the sweeper does. That is
     * late, and harmless.
     */
    @Test
    void aHeadThatItsWriterDoesNotKnowDoesNoHarm() {
        assertThat(Schedules.run(Mutation.NO_OWN_HEADS, 1, FOR_WHAT_DOES_NO_HARM)
                        .failures())
                .isEmpty();
    }
}
