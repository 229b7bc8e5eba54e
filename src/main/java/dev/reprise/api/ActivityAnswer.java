package dev.reprise.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is told of activities. */
public sealed interface ActivityAnswer extends ApiAnswer {

    /** It is made. */
    record Created(String activityArn, Instant creationDate) implements ActivityAnswer {
        @Override
        public ObjectNode toJson() {
            return new AnswerJson()
                    .text("activityArn", activityArn)
                    .time("creationDate", creationDate)
                    .json();
        }
    }

    /** What it is. */
    record Described(
            String activityArn,
            String name,
            Instant creationDate,
            @Nullable JsonNode encryptionConfiguration) implements ActivityAnswer {
        @Override
        public ObjectNode toJson() {
            return new AnswerJson()
                    .text("activityArn", activityArn)
                    .text("name", name)
                    .time("creationDate", creationDate)
                    .json(
                            "encryptionConfiguration",
                            encryptionConfiguration == null
                                    ? new AnswerJson()
                                            .text("type", "AWS_OWNED_KEY")
                                            .json()
                                    : encryptionConfiguration)
                    .json();
        }
    }

    /** One of a list. */
    record Item(String activityArn, String name, Instant creationDate) {
        private ObjectNode toJson() {
            return new AnswerJson()
                    .text("activityArn", activityArn)
                    .text("name", name)
                    .time("creationDate", creationDate)
                    .json();
        }
    }

    /** Which there are. */
    record Listed(List<Item> activities, @Nullable String nextToken) implements ActivityAnswer {
        @Override
        public ObjectNode toJson() {
            return new AnswerJson()
                    .many("activities", activities, Item::toJson)
                    .text("nextToken", nextToken)
                    .json();
        }
    }

    /**
     * What there is to do.
     *
     * @param taskToken null when there is nothing: the answer is empty then
     * @param input null when there is nothing
     */
    record Task(@Nullable String taskToken, @Nullable JsonNode input) implements ActivityAnswer {
        @Override
        public ObjectNode toJson() {
            return new AnswerJson()
                    .text("taskToken", taskToken)
                    .asText("input", input)
                    .json();
        }
    }
}
