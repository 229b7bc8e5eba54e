package dev.reprise.execution;

/**
 * Which execution: its workflow and its name. Rules for both are those of <a
 * href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html">StartExecution</a>: 1
 * to 80 characters, no white space, no control characters and none of {@code <>{}[]?*"#%\^|~`$&,;:/}.
 *
 * @param workflow the workflow's name
 * @param name the execution's name, unique within its workflow
 */
public record ExecutionId(String workflow, String name) {

    /** What AWS allows for the name of a state machine and of an execution. */
    public static final int MAX_NAME_LENGTH = 80;

    private static final String FORBIDDEN = "<>{}[]?*\"#%\\^|~`$&,;:/";
    private static final int ARN_PARTS = 8;

    public ExecutionId {
        requireName("a workflow", workflow);
        requireName("an execution", name);
    }

    /**
     * Reads {@code arn:aws:states:REGION:ACCOUNT:execution:WORKFLOW:NAME}.
     *
     * @throws IllegalArgumentException when {@code executionArn} is none
     */
    public static ExecutionId ofArn(String executionArn) {
        String[] parts = executionArn.split(":", -1);
        if (parts.length != ARN_PARTS
                || !parts[0].equals("arn")
                || !parts[2].equals("states")
                || !parts[5].equals("execution")) {
            throw new IllegalArgumentException("Not the ARN of an execution: '" + executionArn
                    + "'. It looks like arn:aws:states:us-east-1:123456789012:execution:orders:my-name");
        }
        return new ExecutionId(parts[6], parts[7]);
    }

    /** The partition that holds all its items. */
    public String partition() {
        return "EXEC#" + workflow + '#' + name;
    }

    /** Reads what {@link #partition()} wrote. */
    public static ExecutionId ofPartition(String partition) {
        int second = partition.indexOf('#', 5);
        return new ExecutionId(partition.substring(5, second), partition.substring(second + 1));
    }

    /** Such as {@code orders/my-name}: how messages name it. */
    @Override
    public String toString() {
        return workflow + '/' + name;
    }

    private static void requireName(String what, String name) {
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException("The name of " + what + " has 1 to " + MAX_NAME_LENGTH
                    + " characters, this one has " + name.length() + ": '" + shown(name) + "'");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isISOControl(c)
                    || Character.isWhitespace(c)
                    || Character.isSurrogate(c)
                    || FORBIDDEN.indexOf(c) >= 0
                    || c >= '\ufffe') {
                throw new IllegalArgumentException("The name of " + what + " must not contain "
                        + (FORBIDDEN.indexOf(c) >= 0 ? "'" + c + "'" : String.format("the character U+%04X", (int) c))
                        + ": '" + shown(name) + "'. Letters, digits, '-', '_' and '.' are always allowed");
            }
        }
    }

    private static String shown(String name) {
        String text = name.length() > MAX_NAME_LENGTH ? name.substring(0, MAX_NAME_LENGTH) + "…" : name;
        return Printable.of(text);
    }
}
