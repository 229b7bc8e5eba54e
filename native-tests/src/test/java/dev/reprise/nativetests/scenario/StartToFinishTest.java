package dev.reprise.nativetests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.nativetests.peers.Witness;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StartToFinishTest {

    @Test
    void aWorkflowFileRunsInOneInvocation() {
        try (Reprise reprise = Reprise.deploy("start-to-finish", settings -> settings)) {
            String event = Reprise.start("square-numbers", "one", "{\"numbers\": [1, 2, 3]}");

            Instant cold = Instant.now();
            JsonNode ended = reprise.answer(event);
            Figures.print("first answer of a new process", cold);

            assertThat(ended.path("executionArn").asText())
                    .isEqualTo("arn:aws:states:eu-central-1:000000000000:execution:square-numbers:one");
            assertThat(ended.path("status").asText()).isEqualTo("SUCCEEDED");
            assertThat(ended.path("output")).hasToString("{\"squares\":[1,4,9],\"total\":14}");

            // The same name and input is the same execution, whoever asks.
            assertThat(reprise.answer(event)).isEqualTo(ended);
            Instant warm = Instant.now();
            reprise.answer(Reprise.start("square-numbers", "two", "{\"numbers\": [1, 2, 3]}"));
            Figures.print("answer of a process that is warm", warm);
            reprise.function().killAll();
            assertThat(reprise.answer(Reprise.describe("square-numbers", "one")))
                    .isEqualTo(ended);
        }
    }

    /** So that the first execution finds its connection open: this request needs no table. */
    @Test
    void aProcessAsksForTheTableByItself() {
        try (Witness witness = new Witness();
                Reprise reprise = Reprise.deploy("early-connection", witness::between)) {
            Instant patience = Instant.now().plusSeconds(60);
            do {
                // Between events the process stands still.
                reprise.answer("{\"workflows\": {}}");
            } while (witness.calls().isEmpty() && Instant.now().isBefore(patience));

            assertThat(witness.calls()).first().satisfies(call -> {
                assertThat(call.action()).isEqualTo("dynamodb:GetItem");
                assertThat(call.body().at("/Key/pk/S").asText()).isEqualTo("connection");
            });
        }
    }
}
