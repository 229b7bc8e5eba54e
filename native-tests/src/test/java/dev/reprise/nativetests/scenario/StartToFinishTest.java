package dev.reprise.nativetests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class StartToFinishTest {

    @Test
    void aWorkflowFileRunsInOneInvocation() {
        try (Reprise reprise = Reprise.deploy("start-to-finish", settings -> settings)) {
            String event = Reprise.start("square-numbers", "one", "{\"numbers\": [1, 2, 3]}");

            JsonNode ended = reprise.answer(event);

            assertThat(ended.path("executionArn").asText())
                    .isEqualTo("arn:aws:states:eu-central-1:000000000000:execution:square-numbers:one");
            assertThat(ended.path("status").asText()).isEqualTo("SUCCEEDED");
            assertThat(ended.path("output")).hasToString("{\"squares\":[1,4,9],\"total\":14}");

            // The same name and input is the same execution, whoever asks.
            assertThat(reprise.answer(event)).isEqualTo(ended);
            reprise.function().killAll();
            assertThat(reprise.answer(Reprise.describe("square-numbers", "one")))
                    .isEqualTo(ended);
        }
    }
}
