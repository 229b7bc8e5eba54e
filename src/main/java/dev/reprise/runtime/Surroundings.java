package dev.reprise.runtime;

import dev.reprise.core.InterpreterLimits;
import dev.reprise.journal.Journals;
import dev.reprise.task.MapData;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskThreads;
import java.util.Map;

/**
 * What all executions share.
 *
 * @param stateMachines workflows by the ARNs of the state machines for which they stand when a task starts an execution
 */
record Surroundings(
        Workflows workflows,
        Journals journals,
        TaskRunners tasks,
        MapData mapData,
        TaskThreads threads,
        WakeUps wakeUps,
        InterpreterLimits limits,
        RunnerSettings settings,
        Map<String, String> stateMachines,
        Admission admission,
        Time clock) {}
