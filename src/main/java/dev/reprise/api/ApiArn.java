package dev.reprise.api;

import org.jspecify.annotations.Nullable;

/**
 * An ARN of the service {@code states}. Region and account are those of the function, whatever a request says: the
 * names count.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html">AWS,
 *     Resource types defined by Step Functions</a>
 */
sealed interface ApiArn {

    /**
     * {@code stateMachine:NAME}, or {@code stateMachine:NAME/LABEL} for what a Map Run's children are of.
     *
     * @param qualifier number of a version or name of an alias; null for neither
     */
    record StateMachine(
            String name, @Nullable String label, @Nullable String qualifier) implements ApiArn {

        /** Whether a version is meant. */
        boolean isVersion() {
            return qualifier != null && qualifier.chars().allMatch(Character::isDigit);
        }

        long version() {
            return Long.parseLong(String.valueOf(qualifier));
        }
    }

    /** {@code execution:MACHINE:NAME}, or {@code execution:MACHINE/LABEL:NAME} for a child of a Map Run. */
    record Execution(String machine, @Nullable String label, String name) implements ApiArn {}

    /** {@code express:MACHINE:NAME:UUID}. */
    record Express(String machine, String name) implements ApiArn {}

    /** {@code mapRun:MACHINE/LABEL:UUID}. */
    record MapRun(String machine, String label, String id) implements ApiArn {}

    /** {@code activity:NAME}. */
    record Activity(String name) implements ApiArn {}

    /**
     * What an ARN names.
     *
     * @throws ApiException {@code InvalidArn} when it is none
     */
    static ApiArn parse(String arn) {
        String[] parts = arn.split(":", -1);
        if (!parts[0].equals("arn")) {
            throw ApiException.invalidArn("Invalid ARN prefix: " + arn);
        }
        if (parts.length < 7) {
            throw ApiException.invalidArn("Invalid ARN: " + arn);
        }
        if (!parts[2].equals("states")) {
            throw ApiException.invalidArn("Invalid service: " + parts[2]);
        }
        int names = parts.length - 6;
        return switch (parts[5]) {
            case "stateMachine" -> stateMachine(arn, parts, names);
            case "execution" -> execution(arn, parts, names);
            case "express" -> {
                require(names == 3, arn);
                yield new Express(parts[6], parts[7]);
            }
            case "mapRun" -> mapRun(arn, parts, names);
            case "activity" -> {
                require(names == 1 && !parts[6].isEmpty(), arn);
                yield new Activity(parts[6]);
            }
            default -> throw otherType(parts[5]);
        };
    }

    private static ApiArn stateMachine(String arn, String[] parts, int names) {
        require(names <= 2, arn);
        String qualifier = names == 2 ? parts[7] : null;
        String[] name = parts[6].split("/", 2);
        require(!name[0].isEmpty() && (qualifier == null || !qualifier.isEmpty()), arn);
        require(qualifier == null || qualifier.length() <= 80, arn);
        // No version has so many digits.
        require(
                qualifier == null
                        || qualifier.length() <= 12
                        || !qualifier.chars().allMatch(Character::isDigit),
                arn);
        return new StateMachine(name[0], name.length > 1 ? name[1] : null, qualifier);
    }

    private static ApiArn execution(String arn, String[] parts, int names) {
        require(names == 2, arn);
        String[] machine = parts[6].split("/", 2);
        return new Execution(machine[0], machine.length > 1 ? machine[1] : null, parts[7]);
    }

    private static ApiArn mapRun(String arn, String[] parts, int names) {
        String[] machine = parts[6].split("/", 2);
        require(names == 2 && machine.length == 2, arn);
        return new MapRun(machine[0], machine[1], parts[7]);
    }

    private static void require(boolean holds, String arn) {
        if (!holds) {
            throw ApiException.invalidArn("Invalid ARN: " + arn);
        }
    }

    private static ApiException otherType(String type) {
        return ApiException.invalidArn("Resource type not valid in this context: " + type);
    }

    /** A state machine's, a version's or an alias's. */
    static StateMachine stateMachine(String arn) {
        if (parse(arn) instanceof StateMachine machine) {
            return machine;
        }
        throw otherType(arn.split(":", -1)[5]);
    }

    /** A state machine's, which is no Map Run's. */
    static StateMachine unlabelled(String arn) {
        StateMachine machine = stateMachine(arn);
        if (machine.label() != null) {
            throw ApiException.refused(
                    "API_DOES_NOT_SUPPORT_LABELED_ARNS", "This API does not support labeled ARNs: '" + arn + "'");
        }
        return machine;
    }

    /** A STANDARD execution's. */
    static Execution execution(String arn) {
        if (parse(arn) instanceof Execution execution) {
            return execution;
        }
        throw otherType(arn.split(":", -1)[5]);
    }

    static Activity activity(String arn) {
        if (parse(arn) instanceof Activity activity) {
            return activity;
        }
        throw otherType(arn.split(":", -1)[5]);
    }

    static MapRun mapRun(String arn) {
        if (parse(arn) instanceof MapRun run) {
            return run;
        }
        throw otherType(arn.split(":", -1)[5]);
    }
}
