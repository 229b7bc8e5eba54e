package ${package};

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reprise.testing.WorkflowSamples;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each workflow is valid, and with its sample input gives what is written beside it. */
@QuarkusTest
class SamplesTest {

    @Inject
    WorkflowSamples samples;

    @Test
    void hold() {
        assertEquals(List.of(), samples.problems());
    }
}
