package dev.reprise.nativetests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.nativetests.lambda.Outcome;
import dev.reprise.nativetests.lambda.RecordedFunction;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each mistake gets an error that says what is wrong, and the process lives on. */
class BadInputTest {

    private static Reprise reprise;

    @BeforeAll
    static void deploy() {
        reprise = Reprise.deploy("bad-input", settings -> settings);
    }

    @AfterAll
    static void undeploy() {
        reprise.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"workflow": "square-nubmers", "input": {}}                | square-nubmers   | square-numbers
        {"workflow": "square-numbers", "name": "a b", "input": {}} | a b              | name
        {"wokflow": "square-numbers"}                              | workflow         | {"help": {}}
        []                                                         | JSON object      | {"help": {}}
        {"workflow": "square-numbers"                              | JSON             | line
        {"workflow": "misspelt-task"}                              | task:chrage-card | charge-card
        {"workflow": "misspelt-state"}                             | 'Frist'          | 'Secnod'
        {"resume": "square-numbers"}                               | square-numbers   | arn:aws:states
        {"describe": "arn:aws:states:eu-central-1:000000000000:execution:divide:nobody"} | nobody | divide
        """)
    void aMistakeIsNamedAndTheProcessLivesOn(String event, String what, String hint) {
        Outcome outcome = reprise.function().invoke(event).await();

        assertThat(outcome).isInstanceOfAny(Outcome.Answered.class, Outcome.Failed.class);
        assertThat(outcome.payload().replace("\\\"", "\"")).contains(what).contains(hint);
        assertThat(reprise.answer(Reprise.start("square-numbers", "after-" + event.hashCode(), "{\"numbers\": [2, 3]}"))
                        .path("status")
                        .asText())
                .isEqualTo("SUCCEEDED");
        assertThat(reprise.function().sandboxes()).hasSize(1);
    }

    @Test
    void anInputOverTheLimitIsRefused() {
        String large = "\"" + "x".repeat(6_100_000) + "\"";

        JsonNode refused = reprise.answer(Reprise.start("square-numbers", "large", large));

        assertThat(refused.path("error").asText() + " " + refused.path("cause").asText()
                        + refused.path("message").asText())
                .contains("6000000");
        assertThat(reprise.function().sandboxes()).hasSize(1);
    }

    @Test
    void aDamagedSegmentIsNamedAndStopsNothingElse() {
        reprise.provide("note", new RecordedFunction(Duration.ZERO, event -> event));
        reprise.answer(Reprise.start("before-and-after", "damaged", "{\"seconds\": 600}"));
        reprise.damageFirstSegment("before-and-after", "damaged");

        Outcome outcome = reprise.function()
                .invoke(Reprise.history("before-and-after", "damaged"))
                .await();

        assertThat(outcome.payload()).contains("before-and-after", "damaged", "segment 1", "backup");
        JsonNode described = reprise.answer(Reprise.describe("before-and-after", "damaged"));
        assertThat(described.path("status").asText()).as("nothing is lost").isEqualTo("RUNNING");
        assertThat(reprise.function().sandboxes()).hasSize(1);
    }

    @Test
    void aMissingTableIsNamed() {
        try (Reprise withoutTable = Reprise.deployWithoutTable("no-table", settings -> settings)) {
            for (int attempt = 1; attempt <= 2; attempt++) {
                Outcome outcome = withoutTable
                        .function()
                        .invoke(Reprise.start("square-numbers", "one", "{\"numbers\": [2]}"))
                        .await();

                assertThat(outcome.payload()).contains("reprise-no-table");
            }
            assertThat(withoutTable.function().sandboxes()).as("processes").hasSize(1);
        }
    }

    @Test
    void aTableOutOfReachIsNamedWithinTheDeadline() {
        try (Reprise cutOff = Reprise.deploy(
                "cut-off", settings -> settings.with("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:9"))) {
            for (int attempt = 1; attempt <= 2; attempt++) {
                Outcome outcome = cutOff.function()
                        .invoke(Reprise.start("square-numbers", "one", "{\"numbers\": [2]}"))
                        .await();

                assertThat(outcome).isInstanceOfAny(Outcome.Answered.class, Outcome.Failed.class);
                assertThat(outcome.payload()).contains("reprise-cut-off");
            }
            assertThat(cutOff.function().sandboxes()).as("processes").hasSize(1);
        }
    }

    /** An executable can lack TLS, and every other scenario would pass: what answers here does not speak it. */
    @Test
    void aTableIsAskedOverTlsWhereItsAddressSaysSo() {
        String address = Surroundings.DYNAMO_DB.endpoint().toString().replace("http:", "https:");
        try (Reprise overTls =
                Reprise.deploy("over-tls", settings -> settings.with("AWS_ENDPOINT_URL_DYNAMODB", address))) {
            Outcome outcome = overTls.function()
                    .invoke(Reprise.start("square-numbers", "one", "{\"numbers\": [2]}"))
                    .await();

            assertThat(outcome.payload()).contains("reprise-over-tls", "SSL message");
        }
    }
}
