package dev.reprise.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That a simulation can be believed. */
class SimulationItselfTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 181, 3152, 1_000_000_007L})
    void theSameSeedGivesTheSameTrace(long seed) {
        Simulation.Result once = Simulation.run(Engine.WHOLE, seed, true);

        assertThat(Simulation.run(Engine.WHOLE, seed, true)).isEqualTo(once);
        assertThat(once.trace()).hasSizeGreaterThan(10);
        assertThat(Simulation.run(Engine.WHOLE, seed, false).counts()).isEqualTo(once.counts());
    }
}
