package dev.reprise.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.DefinitionText;
import dev.reprise.core.ExecutionIdentity;
import dev.reprise.runtime.TestPrograms;
import dev.reprise.runtime.Workflow;

/**
 * A state machine and what it is started with.
 *
 * @param confluent whether it comes to the same end in whatever order its tasks are done and its timers fire
 */
record Machine(Workflow workflow, String text, JsonNode input, boolean confluent) {

    static final String NAME = "drawn";
    static final String EXECUTION = "run";

    private static final String ARN = "arn:aws:states:us-east-1:000000000000:";

    static Machine of(String text, JsonNode input, boolean confluent) {
        return new Machine(
                new Workflow(NAME, DefinitionText.of(text), TestPrograms.compile(text)), text, input, confluent);
    }

    static ExecutionIdentity identity() {
        return new ExecutionIdentity(
                ARN + "execution:" + NAME + ":" + EXECUTION,
                EXECUTION,
                ARN + "stateMachine:" + NAME,
                NAME,
                "arn:aws:iam::000000000000:role/reprise");
    }
}
