package dev.reprise.simulation;

import dev.reprise.core.EffectId;
import dev.reprise.journal.ExecutionId;
import dev.reprise.journal.Head;
import dev.reprise.journal.Journals;
import dev.reprise.journal.UnitMeter;
import java.util.List;
import java.util.Random;

/**
 * What is left of an execution in the table after its retention: nothing, or a head alone and tasks that are over, which go by DynamoDB's time to live. A start that came to nothing may leave its input.
 */
final class Leftovers {

    private Leftovers() {}

    static List<String> in(World world) {
        ExecutionId id = new ExecutionId(Machine.NAME, Machine.EXECUTION);
        List<String> keys = world.items.readItemKeys(id, "", new UnitMeter()).items().stream()
                .filter(key -> !key.startsWith("WAIT#"))
                .toList();
        List<EffectId> tasks = new Journals(world.items, () -> SimulatedProcess.START, new Random())
                .waitingTasks()
                .known(id);
        if (!tasks.isEmpty()) {
            return List.of("after its retention the tasks " + tasks + " are left");
        }
        Head head = world.items.readHead(id, new UnitMeter());
        boolean began = world.witness.closedAt != Long.MAX_VALUE;
        if (!keys.isEmpty() && began) {
            return List.of("after its retention " + keys + " are left, beside the head " + head);
        }
        return head == null || head.dueAt() == null ? List.of() : List.of("after its retention there is " + head);
    }
}
