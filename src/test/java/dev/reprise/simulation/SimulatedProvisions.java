package dev.reprise.simulation;

import dev.reprise.core.Effect;
import dev.reprise.core.EffectId;
import dev.reprise.core.ItemList;
import dev.reprise.core.Provisions;
import dev.reprise.journal.ExecutionId;

/** What an execution has that is told again: a token for each of its tasks, though not the one that was given away; and every data set as it was when it was read. */
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
