package dev.reprise.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.testing.WorkflowSamples;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/**
 * All that is in {@code workflows/}, the examples and whatever you have added: each workflow is valid, and those with a
 * sample input beside them, {@code NAME.input.json}, succeed with it, and give what {@code NAME.output.json} says.
 */
@QuarkusTest
class WorkflowSamplesHoldTest {

    @Inject
    WorkflowSamples workflows;

    @Test
    void doWhatTheirSamplesSay() {
        assertThat(workflows.problems()).isEmpty();
    }
}
