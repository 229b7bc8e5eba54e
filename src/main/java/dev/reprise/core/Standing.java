package dev.reprise.core;

import dev.reprise.execution.Effect;
import dev.reprise.execution.ScopePath;
import org.jspecify.annotations.Nullable;

/**
 * Where one scope of an execution stands.
 *
 * @param state the name of the state that it is in
 * @param awaits what was asked for, and is not answered yet; null when it waits for its items or branches, or goes on
 * @param children what has become of its items or branches; null when it has none
 */
public record Standing(
        ScopePath scope,
        String state,
        @Nullable Effect awaits,
        @Nullable Children children) {

    /**
     * How far a Map or Parallel has come.
     *
     * @param areItems whether they are items of a Map, else branches of a Parallel
     * @param total how many there are
     * @param running how many have begun, and not ended
     */
    public record Children(boolean areItems, int total, int succeeded, int failed, int running) {}
}
