package dev.reprise.execution;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which workflow of this function a {@code StateMachineArn} means. Immutable. */
public final class StateMachines {

    private static final String WORKFLOW = "workflow:";

    /** A version or an alias of it may stand behind the name. */
    private static final Pattern ARN = Pattern.compile("(arn:[^:]*:states:[^:]*:[^:]*:stateMachine:([^:]+))(:[^:]+)?");

    private final Map<String, String> mapping;

    /**
     * @param mapping {@code reprise.state-machines}: workflows by the ARNs of the state machines for which they stand
     */
    public StateMachines(Map<String, String> mapping) {
        this.mapping = Map.copyOf(mapping);
    }

    /**
     * The workflow of that name or ARN.
     *
     * @param ofThisFunction ARN of any state machine of this function: the others have its region and account
     * @return null when it is a state machine that is somewhere else
     * @throws IllegalArgumentException when it is no ARN at all
     */
    public @Nullable String workflow(String stateMachineArn, String ofThisFunction) {
        String mapped = mapping.get(stateMachineArn);
        if (mapped != null) {
            return mapped;
        }
        if (stateMachineArn.startsWith(WORKFLOW)) {
            return stateMachineArn.substring(WORKFLOW.length());
        }
        Matcher arn = ARN.matcher(stateMachineArn);
        if (!arn.matches()) {
            throw new IllegalArgumentException(stateMachineArn);
        }
        String name = arn.group(2);
        return arn.group(1).equals(sibling(ofThisFunction, name)) ? name : null;
    }

    /** The ARN of another state machine of the same function. */
    public static String sibling(String stateMachineArn, String workflow) {
        return stateMachineArn.substring(0, stateMachineArn.lastIndexOf(':') + 1) + workflow;
    }
}
