package dev.reprise.simulation;

import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ItemList;
import dev.reprise.execution.Provisions;

/**
 * What an execution has that is told again: a token for each of its tasks, though not the one that was given away; and
 * every data set as it was when it was read.
 */
record SimulatedProvisions(World world, ExecutionId id) implements Provisions {

    @Override
    public String taskToken(EffectId task) {
        return "token of " + Machine.arn(id) + task;
    }

    @Override
    public ItemList items(Effect.ReadItems read, String version) {
        return world.objects.items(version);
    }
}
