package dev.reprise.core;

import dev.reprise.execution.ExecutionIdentity;
import java.util.UUID;

/**
 * The names that a distributed Map's run and its children bear, the same in every replay.
 *
 * @param prefix {@code arn:aws:states:REGION:ACCOUNT:}
 * @param label the Map's {@code Label}, or its state's name
 */
record MapRun(String prefix, String stateMachineName, String label, UUID id, long seed) {

    /** @param visit which time its state was entered, from 1 in each scope */
    static MapRun of(Scope owner, int visit, String label, Execution execution) {
        String arn = execution.identity.stateMachineArn();
        int end = arn.indexOf("stateMachine:");
        long seed = Seeds.mix(
                Seeds.of(execution.identity.executionArn()),
                Seeds.of(owner.path.toString()),
                Seeds.of(owner.state.name),
                visit);
        return new MapRun(
                end < 0 ? "" : arn.substring(0, end), execution.identity.stateMachineName(), label, uuid(seed), seed);
    }

    private static UUID uuid(long seed) {
        long high = Seeds.mix(seed, 1);
        long low = Seeds.mix(seed, 2);
        // Version 4, variant 1, as a random UUID has them.
        return new UUID((high & 0xffffffffffff0fffL) | 0x4000L, (low & 0x3fffffffffffffffL) | 0x8000000000000000L);
    }

    /** Such as {@code arn:aws:states:us-east-1:111111111111:mapRun:orders/Lines:2f6c…}. */
    String arn() {
        return prefix + "mapRun:" + stateMachineName + "/" + label + ":" + id;
    }

    String childStateMachineArn() {
        return prefix + "stateMachine:" + stateMachineName + "/" + label;
    }

    /** A child's identity. */
    ExecutionIdentity child(int index, ExecutionIdentity parent) {
        return new ExecutionIdentity(
                childArn(index),
                childName(index),
                childStateMachineArn(),
                stateMachineName + "/" + label,
                parent.roleArn(),
                parent.redriveCount());
    }

    String childName(int index) {
        return uuid(Seeds.mix(seed, 3, index)).toString();
    }

    String childArn(int index) {
        return prefix + "execution:" + stateMachineName + "/" + label + ":" + childName(index);
    }
}
