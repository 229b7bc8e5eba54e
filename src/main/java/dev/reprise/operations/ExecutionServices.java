package dev.reprise.operations;

import dev.reprise.core.InterpreterLimits;
import dev.reprise.journal.Journals;
import dev.reprise.runtime.MapData;
import dev.reprise.runtime.RunListener;
import dev.reprise.runtime.RunnerSettings;
import dev.reprise.runtime.Time;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskThreads;
import dev.reprise.wakeup.WakeUps;
import dev.reprise.workflow.Workflows;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What all executions of this function share.
 *
 * @param threads where requests are made on behalf of a task
 * @param stateMachines workflows by the ARNs of the state machines for which they stand when a task starts an
 *     execution; asked for each time, for they may change
 * @param listeners are told what executions do
 */
public record ExecutionServices(
        Workflows workflows,
        Journals journals,
        TaskRunners tasks,
        MapData mapData,
        TaskThreads threads,
        WakeUps wakeUps,
        InterpreterLimits limits,
        RunnerSettings settings,
        Supplier<Map<String, String>> stateMachines,
        List<RunListener> listeners,
        Time clock) {
    public ExecutionServices {
        listeners = List.copyOf(listeners);
    }

    /** Who wakes up what nobody runs. */
    IdleExecutions idleExecutions() {
        return new IdleExecutions(wakeUps, clock);
    }
}
