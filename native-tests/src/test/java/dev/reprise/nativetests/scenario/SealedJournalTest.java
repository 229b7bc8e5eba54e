package dev.reprise.nativetests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.nativetests.lambda.RecordedFunction;
import dev.reprise.nativetests.peers.KmsKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** With a key, the built function stores nothing that can be read, and another process goes on with it. */
class SealedJournalTest {

    private static final String KEY = "arn:aws:kms:eu-central-1:000000000000:key/1234";
    private static final String SECRET = "card-4711-0815";

    @Test
    void whatAnExecutionKnowsIsSealedAndAnotherProcessOpensIt() {
        try (KmsKey kms = new KmsKey(KEY);
                Reprise reprise = Reprise.deploy(
                        "sealed-journal",
                        settings -> settings.with("REPRISE_KEY_ARN", KEY)
                                .with("AWS_ENDPOINT_URL_KMS", kms.endpoint().toString())
                                .with("REPRISE_RUNNER_WAIT_IN_PROCESS", "1s"))) {
            reprise.provide("note", new RecordedFunction(Duration.ZERO, event -> '"' + SECRET + '"'));

            JsonNode suspended = reprise.answer(
                    Reprise.start("before-and-after", "one", "{\"seconds\": 3, \"card\": \"" + SECRET + "\"}"));
            assertThat(suspended.path("status").asText()).isEqualTo("RUNNING");
            assertThat(reprise.stored()).contains("entriesSealed").doesNotContain(SECRET);
            reprise.function().killAll();
            reprise.settle(Duration.ofSeconds(30));

            JsonNode ended = reprise.answer(Reprise.describe("before-and-after", "one"));
            assertThat(ended.path("status").asText()).isEqualTo("SUCCEEDED");
            assertThat(ended.path("output")).hasToString("[\"" + SECRET + "\",\"" + SECRET + "\"]");
            assertThat(reprise.stored()).contains("resultSealed").doesNotContain(SECRET);
            assertThat(kms.operations()).containsExactly("GenerateDataKey", "Decrypt");
        }
    }
}
