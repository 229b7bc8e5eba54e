package dev.reprise.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.execution.RequestException;
import dev.reprise.journal.store.StoreUnavailableException;
import dev.reprise.operations.Invocation;
import dev.reprise.trigger.AwsEvents;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessageBatchesTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final List<String> carriedOut = new ArrayList<>();

    @Test
    void oneThatFailsComesAgainAndTheOthersAreCarriedOut() {
        MessageBatches.Failures failures = batch(null, resume("a"), resume("down"), resume("b"));

        assertThat(carriedOut).containsExactly("a", "down", "b");
        assertThat(failures.messageIds()).containsExactly("id of down");
        assertThat(AnswerWriter.write(failures))
                .hasToString("{\"batchItemFailures\":[{\"itemIdentifier\":\"id of down\"}]}");
    }

    @Test
    void oneThatAnErrorEndsComesAgainAndTheOthersAreCarriedOut() {
        assertThat(batch(null, resume("broken"), resume("a")).messageIds()).containsExactly("id of broken");
        assertThat(carriedOut).containsExactly("broken", "a");
    }

    @Test
    void oneThatIsRefusedDoesNotComeAgainAndTheOthersAreCarriedOut() {
        MessageBatches.Failures failures = batch(null, resume("unknown"), resume("a"));

        assertThat(carriedOut).containsExactly("unknown", "a");
        assertThat(failures.messageIds()).isEmpty();
    }

    @Test
    void whenAllFailSoDoesTheInvocation() {
        assertThatThrownBy(() -> batch(null, resume("down"), resume("broken")))
                .isInstanceOf(StoreUnavailableException.class)
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    }

    @Test
    void whatThereIsNoTimeForIsLeftToAnotherInvocation() {
        assertThat(batch(NOW.plusSeconds(4), resume("a"), resume("b")).messageIds())
                .containsExactly("id of b");
        assertThat(carriedOut).containsExactly("a");
    }

    @Test
    void behindOneThatFailsTheMessagesOfItsGroupWaitAndThoseOfOthersDoNot() {
        MessageBatches.Failures failures = batch(
                null,
                message("a", "one"),
                message("down", "one"),
                message("b", "one"),
                message("c", "two"),
                message("d", "one"));

        assertThat(carriedOut).containsExactly("a", "down", "c");
        assertThat(failures.messageIds()).containsExactly("id of down", "id of b", "id of d");
    }

    @Test
    void whatThereIsNoTimeForHoldsUpItsGroupToo() {
        assertThat(batch(NOW.plusSeconds(4), message("a", "one"), message("b", "one"), message("c", "one"))
                        .messageIds())
                .containsExactly("id of b", "id of c");
        assertThat(carriedOut).containsExactly("a");
    }

    private static Request.Message resume(String arn) {
        return message(arn, null);
    }

    private static Request.Message message(String arn, @Nullable String group) {
        String body = "{\"resume\": \"" + arn + "\"}";
        return new Request.Message(
                "id of " + arn,
                group,
                body,
                AwsEvents.ofMessage(JsonNodeFactory.instance.objectNode().put("body", body)));
    }

    private MessageBatches.Failures batch(@Nullable Instant deadline, Request.Message... messages) {
        return new MessageBatches(this::carryOut, InstantSource.fixed(NOW))
                .carryOut(List.of(messages), new Invocation("r-1", "", deadline));
    }

    private void carryOut(Request.Message message, Invocation invocation) {
        String arn = ((Request.Resume) RequestReader.read(message)).executionArn();
        carriedOut.add(arn);
        switch (arn) {
            case "down" -> throw new StoreUnavailableException("reprise", "down", null);
            case "unknown" -> throw new RequestException("ExecutionDoesNotExist", "none");
            case "broken" -> throw new StackOverflowError();
            default -> {}
        }
    }
}
