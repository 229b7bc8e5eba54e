package dev.reprise.task.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.task.aws.protocol.WireAnswer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LambdaAnswerTest {

    /** As of every service whose bytes are no text. */
    @Test
    void bytesThatAreNoTextComeInBase64() {
        byte[] picture = {(byte) 0x89, 'P', 'N', 'G'};

        assertThat(LambdaAnswer.of(new WireAnswer(200, Map.of(), picture)).payload())
                .isEqualTo(TextNode.valueOf("iVBORw=="));
    }
}
