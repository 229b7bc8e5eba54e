package dev.reprise.simulation;

import dev.reprise.core.Effect;
import dev.reprise.core.EffectId;
import dev.reprise.core.ItemList;
import dev.reprise.core.Provisions;
import dev.reprise.journal.ExecutionId;
import org.jspecify.annotations.Nullable;

/** What an execution has that is told again: another token for each of its tasks, though not the one that was given away. */
record SimulatedTokens(ExecutionId id) implements Provisions {

    static SimulatedTokens of(ExecutionId id) {
        return new SimulatedTokens(id);
    }

    @Override
    public String taskToken(EffectId task) {
        return "token of " + Machine.arn(id) + task;
    }

    @Override
    public @Nullable ItemList items(Effect.ReadItems read, String version) {
        return null;
    }
}
