package dev.reprise.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.DefinitionText;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.runtime.TestPrograms;
import dev.reprise.workflow.Workflow;

/**
 * A state machine and what it is started with.
 *
 * @param input what the client starts it with; a child's is what the task gives that starts it
 * @param confluent whether it comes to the same end in whatever order its tasks are done and its timers fire
 * @param retold whether its tasks give the same when they are asked for again after a redrive, in scopes of the same
 *     name
 * @param reads whether it has a Map over a data set
 */
record Machine(Workflow workflow, String text, JsonNode input, boolean confluent, boolean retold, boolean reads) {

    /** The workflow whose execution the client asks for. */
    static final String NAME = "drawn";

    /** The workflow whose executions tasks of the other one start. */
    static final String CHILD = "child";

    /** What the client asks for. */
    static final ExecutionId EXECUTION = new ExecutionId(NAME, "run");

    private static final String ARN = "arn:aws:states:us-east-1:000000000000:";

    static Machine of(String name, String text, JsonNode input, boolean confluent, boolean retold, boolean reads) {
        Workflow workflow = new Workflow(name, DefinitionText.of(text), TestPrograms.compile(text));
        return new Machine(workflow, text, input, confluent, retold, reads);
    }

    static String stateMachineArn(String workflow) {
        return ARN + "stateMachine:" + workflow;
    }

    static ExecutionIdentity identity(ExecutionId id) {
        return new ExecutionIdentity(
                ARN + "execution:" + id.workflow() + ":" + id.name(),
                id.name(),
                stateMachineArn(id.workflow()),
                id.workflow(),
                "arn:aws:iam::000000000000:role/reprise");
    }

    static String arn(ExecutionId id) {
        return identity(id).executionArn();
    }
}
