package dev.reprise.operations;

import dev.reprise.core.Interpreter;
import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.WaitingTasks;
import dev.reprise.journal.store.Head;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What stood in the table of the tasks that others do for an execution, before its lease was taken. Some of it may be
 * over: the owner died, perhaps between the end of a task and forgetting it; or the execution had ended. An answer to
 * that must not seem to count.
 *
 * <p>It is read before the lease is taken, so that nothing is among it which a later owner has opened, however long
 * this one is frozen and overtaken without knowing it.
 *
 * @param head before the lease was taken
 * @param tasks those that were not forgotten
 * @param children executions and jobs that do some of the tasks
 */
public record TasksOfEarlierOwners(Head head, List<EffectId> tasks, Map<EffectId, String> children) {

    /** Longer than it takes to stop some thousands. The resume fails then, and the next goes on. */
    private static final Duration LONGEST_STOPPING = Duration.ofMinutes(1);

    static TasksOfEarlierOwners of(Head head, WaitingTasks waiting) {
        ExecutionId id = head.id();
        boolean any = head.inbox() > 0 && (head.lease() != null || head.ending() != null);
        return any
                ? new TasksOfEarlierOwners(head, waiting.known(id), waiting.children(id))
                : new TasksOfEarlierOwners(head, List.of(), Map.of());
    }

    /**
     * Forgets what is over.
     *
     * @param interpreter brought to where the execution is
     */
    void forget(Interpreter interpreter, NestedExecutions nested, WaitingTasks waiting) {
        boolean isKnownWhatIsOpen = head.ending() != null || !interpreter.hasWork();
        if (tasks.isEmpty() || !isKnownWhatIsOpen) {
            return;
        }
        Set<EffectId> open = interpreter.openEffects().stream().map(Effect::id).collect(Collectors.toSet());
        List<Uni<Void>> stops = new ArrayList<>();
        children.forEach((task, child) -> {
            if (!open.contains(task)) {
                stops.add(nested.stopDoer(
                        head.beginning().executionArn(), head.beginning().startedAt(), task, child));
            }
        });
        nested.someAtOnce(stops).await().atMost(LONGEST_STOPPING);
        waiting.forget(
                head.id(), tasks.stream().filter(task -> !open.contains(task)).toList());
    }
}
