package dev.reprise.nativetests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.nativetests.lambda.Invocation;
import dev.reprise.nativetests.lambda.RecordedFunction;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SuspendAndResumeTest {

    @Test
    void anExecutionThatWaitsGoesOnInAnotherProcess() {
        try (Reprise reprise = Reprise.deploy(
                "suspend-and-resume", settings -> settings.with("REPRISE_RUNNER_WAIT_IN_PROCESS", "1s"))) {
            RecordedFunction note = reprise.provide("note", new RecordedFunction(Duration.ZERO, event -> event));

            JsonNode suspended = reprise.answer(Reprise.start("before-and-after", "one", "{\"seconds\": 3}"));
            assertThat(suspended.path("status").asText()).isEqualTo("RUNNING");
            assertThat(note.calls()).containsExactly("\"before\"");

            reprise.function().killAll();
            reprise.settle(Duration.ofSeconds(30));

            JsonNode ended = reprise.answer(Reprise.describe("before-and-after", "one"));
            assertThat(ended.path("status").asText()).isEqualTo("SUCCEEDED");
            assertThat(ended.path("output")).hasToString("[\"before\",\"after\"]");
            assertThat(note.calls()).containsExactly("\"before\"", "\"after\"");
            assertThat(reprise.function().sandboxes()).hasSize(2);
        }
    }

    @Test
    void aWakeUpThatComesTwiceDoesNothingTwice() {
        try (Reprise reprise = Reprise.deploy(
                "woken-twice",
                settings ->
                        settings.withTimeout(Duration.ofSeconds(10)).with("REPRISE_RUNNER_WAIT_IN_PROCESS", "1s"))) {
            RecordedFunction note =
                    reprise.provide("note", new RecordedFunction(Duration.ofMillis(200), event -> event));
            reprise.answer(Reprise.start("before-and-after", "one", "{\"seconds\": 2}"));
            // Queues deliver at least once. The first wake-up comes by itself, these on top of it, and too early.
            Invocation second = reprise.function().invoke(Reprise.resume("before-and-after", "one"));
            Invocation third = reprise.function().invoke(Reprise.resume("before-and-after", "one"));

            reprise.answerOf(second);
            reprise.answerOf(third);
            // A wake-up that meets another invocation at work asks for one more, for when that one's time is over.
            reprise.settle(Duration.ofSeconds(30));

            JsonNode ended = reprise.answer(Reprise.describe("before-and-after", "one"));
            assertThat(ended.path("status").asText()).isEqualTo("SUCCEEDED");
            assertThat(note.calls()).containsExactly("\"before\"", "\"after\"");
        }
    }
}
