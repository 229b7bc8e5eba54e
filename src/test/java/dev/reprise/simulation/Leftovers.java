package dev.reprise.simulation;

import dev.reprise.execution.EffectId;
import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.Journals;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.UnitMeter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What is left of an execution in the table after its retention: nothing, or a head alone and tasks that are over,
 * which go by DynamoDB's time to live. A start that came to nothing may leave its input.
 */
final class Leftovers {

    private Leftovers() {}

    static List<String> in(World world) {
        List<String> left = new ArrayList<>(of(Machine.EXECUTION, world));
        world.witness.courses.keySet().stream()
                .filter(id -> !id.equals(Machine.EXECUTION))
                .forEach(id -> left.addAll(of(id, world)));
        return left;
    }

    private static List<String> of(ExecutionId id, World world) {
        List<String> keys = world.items.readItemKeys(id, "", new UnitMeter()).items().stream()
                .filter(key -> !key.startsWith("WAIT#"))
                .toList();
        List<EffectId> tasks = new Journals(world.items, () -> SimulatedProcess.START, new Random())
                .waitingTasks()
                .known(id);
        if (!tasks.isEmpty()) {
            return List.of("after its retention the tasks " + tasks + " of " + id + " are left");
        }
        Head head = world.items.readHead(id, new UnitMeter());
        Course course = world.witness.courses.get(id);
        boolean began = course != null && course.closedAt != Course.NEVER;
        if (!keys.isEmpty() && began) {
            return List.of("after its retention " + keys + " of " + id + " are left, beside the head " + head);
        }
        return head == null || head.dueAt() == null ? List.of() : List.of("after its retention there is " + head);
    }
}
