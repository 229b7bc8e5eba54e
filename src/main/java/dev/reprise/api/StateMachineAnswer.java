package dev.reprise.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.statemachine.Revision;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is told of state machines, their versions and aliases. */
public sealed interface StateMachineAnswer extends ApiAnswer {

    /** It is made. */
    record Created(
            String stateMachineArn,
            Instant creationDate,
            @Nullable String stateMachineVersionArn) implements StateMachineAnswer {
        @Override
        public ObjectNode toJson() {
            return new AnswerJson()
                    .text("stateMachineArn", stateMachineArn)
                    .time("creationDate", creationDate)
                    .text("stateMachineVersionArn", stateMachineVersionArn)
                    .json();
        }
    }

    /** It is changed. */
    record Updated(
            Instant updateDate,
            @Nullable String revisionId,
            @Nullable String stateMachineVersionArn) implements StateMachineAnswer {
        @Override
        public ObjectNode toJson() {
            return new AnswerJson()
                    .time("updateDate", updateDate)
                    .text("revisionId", revisionId)
                    .text("stateMachineVersionArn", stateMachineVersionArn)
                    .json();
        }
    }

    /**
     * What it is.
     *
     * @param date when it was made or, of what an execution runs, changed; by that name
     * @param express null where that is not told
     * @param definition null where the data were not asked for
     * @param references the variables that each of its states reads; null where the data were not asked for
     * @param description of a version; null when there is none
     */
    record Described(
            String stateMachineArn,
            String name,
            @Nullable Boolean express,
            String dateName,
            Instant date,
            Revision revision,
            @Nullable String definition,
            @Nullable Map<String, ? extends Collection<String>> references,
            @Nullable String description)
            implements StateMachineAnswer {
        @Override
        public ObjectNode toJson() {
            AnswerJson answer =
                    new AnswerJson().text("stateMachineArn", stateMachineArn).text("name", name);
            if (express != null) {
                answer.text("status", "ACTIVE").text("type", express ? "EXPRESS" : "STANDARD");
            }
            answer.text("definition", definition == null ? "" : definition)
                    .text("roleArn", revision.roleArn())
                    .time(dateName, date)
                    .json("loggingConfiguration", logging())
                    .json("tracingConfiguration", tracing())
                    .text("revisionId", revision.id())
                    .text("description", description)
                    .json("encryptionConfiguration", encryption());
            if (references != null) {
                ObjectNode json = answer.json().putObject("variableReferences");
                references.forEach((state, names) -> {
                    ArrayNode array = json.putArray(state);
                    names.forEach(array::add);
                });
            }
            return answer.json();
        }

        private JsonNode logging() {
            return revision.logging() == null
                    ? new AnswerJson().json().put("level", "OFF").put("includeExecutionData", false)
                    : revision.logging();
        }

        private JsonNode tracing() {
            return revision.tracing() == null ? new AnswerJson().json().put("enabled", false) : revision.tracing();
        }

        private JsonNode encryption() {
            return revision.encryption() == null
                    ? new AnswerJson().json().put("type", "AWS_OWNED_KEY")
                    : revision.encryption();
        }
    }

    /** One of a list. */
    record Item(String stateMachineArn, String name, boolean express, Instant creationDate) {
        private ObjectNode toJson() {
            return new AnswerJson()
                    .text("stateMachineArn", stateMachineArn)
                    .text("name", name)
                    .text("type", express ? "EXPRESS" : "STANDARD")
                    .time("creationDate", creationDate)
                    .json();
        }
    }

    /** Which there are. */
    record Listed(List<Item> stateMachines, @Nullable String nextToken) implements StateMachineAnswer {
        @Override
        public ObjectNode toJson() {
            return new AnswerJson()
                    .many("stateMachines", stateMachines, Item::toJson)
                    .text("nextToken", nextToken)
                    .json();
        }
    }

    /** A version or an alias with its time, by the name that the answer has for its ARN. */
    record Qualified(String arn, Instant creationDate) {
        private ObjectNode toJson(String name) {
            return new AnswerJson()
                    .text(name, arn)
                    .time("creationDate", creationDate)
                    .json();
        }
    }

    /** A version was published. */
    record Published(Qualified version) implements StateMachineAnswer {
        @Override
        public ObjectNode toJson() {
            return version.toJson("stateMachineVersionArn");
        }
    }

    /** Which versions there are. */
    record Versions(List<Qualified> versions, @Nullable String nextToken) implements StateMachineAnswer {
        @Override
        public ObjectNode toJson() {
            return new AnswerJson()
                    .many("stateMachineVersions", versions, version -> version.toJson("stateMachineVersionArn"))
                    .text("nextToken", nextToken)
                    .json();
        }
    }

    /** An alias was made. */
    record AliasCreated(Qualified alias) implements StateMachineAnswer {
        @Override
        public ObjectNode toJson() {
            return alias.toJson("stateMachineAliasArn");
        }
    }

    /** What an alias is. */
    record AliasDescribed(
            String stateMachineAliasArn,
            String name,
            @Nullable String description,
            List<VersionRequest.Route> routes,
            Instant creationDate,
            Instant updateDate)
            implements StateMachineAnswer {
        @Override
        public ObjectNode toJson() {
            return new AnswerJson()
                    .text("stateMachineAliasArn", stateMachineAliasArn)
                    .text("name", name)
                    .text("description", description)
                    .many(
                            "routingConfiguration",
                            routes,
                            route -> new AnswerJson()
                                    .text("stateMachineVersionArn", route.stateMachineVersionArn())
                                    .whole("weight", route.weight())
                                    .json())
                    .time("creationDate", creationDate)
                    .time("updateDate", updateDate)
                    .json();
        }
    }

    /** Which aliases there are. */
    record Aliases(List<Qualified> aliases, @Nullable String nextToken) implements StateMachineAnswer {
        @Override
        public ObjectNode toJson() {
            return new AnswerJson()
                    .many("stateMachineAliases", aliases, alias -> alias.toJson("stateMachineAliasArn"))
                    .text("nextToken", nextToken)
                    .json();
        }
    }

    /** Which tags a state machine or an activity has. */
    record Tagged(Map<String, String> tags) implements StateMachineAnswer {
        @Override
        public ObjectNode toJson() {
            return new AnswerJson().tags(tags).json();
        }
    }
}
