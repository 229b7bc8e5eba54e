package dev.reprise.journal.kms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.journal.seal.KeyService;
import dev.reprise.journal.store.StoreUnavailableException;
import dev.reprise.task.StubService;
import dev.reprise.task.StubService.Answer;
import dev.reprise.task.aws.client.AwsAccess;
import dev.reprise.task.aws.client.AwsClient;
import dev.reprise.task.aws.client.Connections;
import dev.reprise.task.aws.client.Endpoints;
import java.io.IOException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** What KMS is asked, and what becomes of its answers. */
class KmsKeysTest {

    private static final String ARN = "arn:aws:kms:eu-west-1:111111111111:key/1234";
    private static final Map<String, String> CONTEXT = Map.of("reprise:table", "orders");

    /** Some of them are text in UTF-8, others are not. */
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);

    private static final byte[] WRAPPED = {(byte) 0xff, 0, 'a', (byte) 0x80};

    private final StubService kms;
    private final KmsKeys keys;

    KmsKeysTest() throws IOException {
        kms = new StubService();
        AwsClient client = new AwsClient(
                new Endpoints(() -> "eu-west-1", service -> kms.endpoint(), List.of()),
                () -> AwsBasicCredentials.create("a", "b"),
                AwsAccess.allowed(),
                new Connections(1_000_000),
                Clock.systemUTC());
        keys = new KmsKeys(() -> client, "orders", Clock.systemUTC());
    }

    @AfterEach
    void close() {
        kms.close();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private JsonNode request() throws IOException {
        return new ObjectMapper().readTree(kms.received().getLast().body());
    }

    @Test
    void aKeyIsGenerated() throws IOException {
        kms.answers(Answer.json("{\"KeyId\": \"" + ARN + "\", \"Plaintext\": \"" + base64(KEY)
                + "\", \"CiphertextBlob\": \"" + base64(WRAPPED) + "\"}"));

        KeyService.NewKey made = keys.make(ARN, CONTEXT);

        assertThat(made.plain().getEncoded()).isEqualTo(KEY);
        assertThat(made.wrapped()).isEqualTo(base64(WRAPPED));
        assertThat(kms.received().getLast().header("X-Amz-Target")).isEqualTo("TrentService.GenerateDataKey");
        assertThat(request())
                .isEqualTo(new ObjectMapper()
                        .readTree("{\"KeyId\": \"" + ARN
                                + "\", \"EncryptionContext\": {\"reprise:table\": \"orders\"},"
                                + " \"KeySpec\": \"AES_256\"}"));
    }

    @Test
    void aKeyIsDecrypted() throws IOException {
        kms.answers(Answer.json("{\"KeyId\": \"" + ARN + "\", \"Plaintext\": \"" + base64(KEY) + "\"}"));

        assertThat(keys.open(ARN, base64(WRAPPED), CONTEXT).getEncoded()).isEqualTo(KEY);

        assertThat(kms.received().getLast().header("X-Amz-Target")).isEqualTo("TrentService.Decrypt");
        assertThat(request())
                .isEqualTo(new ObjectMapper()
                        .readTree("{\"KeyId\": \"" + ARN
                                + "\", \"EncryptionContext\": {\"reprise:table\": \"orders\"}, \"CiphertextBlob\": \""
                                + base64(WRAPPED) + "\"}"));
    }

    @Test
    void aRefusalNamesTheTableTheKeyAndWhatToDo() {
        kms.answers(Answer.error(400, "DisabledException", "the key is disabled"));

        assertThatThrownBy(() -> keys.open(ARN, base64(WRAPPED), CONTEXT))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContainingAll(
                        "Table 'orders' cannot be used",
                        ARN,
                        "the key is disabled",
                        "kms:GenerateDataKey",
                        "kms:Decrypt");
    }

    @Test
    void anAnswerWithoutAKeyIsRefused() {
        kms.answers(Answer.json("{}"));
        assertThatThrownBy(() -> keys.open(ARN, base64(WRAPPED), CONTEXT))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("its answer has no Plaintext");
    }
}
