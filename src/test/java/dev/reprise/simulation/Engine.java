package dev.reprise.simulation;

import dev.reprise.core.InterpreterLimits;
import dev.reprise.dataset.ObjectStore;
import dev.reprise.journal.Journals;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.operations.Executions;
import dev.reprise.operations.JournaledExecutions;
import dev.reprise.operations.TestServices;
import dev.reprise.runtime.MapData;
import dev.reprise.runtime.RunnerSettings;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskSource;
import dev.reprise.wakeup.WakeUps;
import dev.reprise.workflow.Workflows;
import java.time.InstantSource;

/** What a simulated process runs: the engine as it is, or one that lacks something. */
interface Engine {

    /** As it is. */
    Engine WHOLE = new Engine() {};

    /** The table, with its conditions. */
    default ExecutionStore table(ExecutionStore table) {
        return table;
    }

    /** What a process has of the table: requests are repeated until they are answered. */
    default ExecutionStore store(ExecutionStore store) {
        return store;
    }

    /** The objects that data sets are read from. */
    default ObjectStore objects(ObjectStore objects) {
        return objects;
    }

    /** What runs tasks. */
    default TaskSource tasks(TaskSource tasks) {
        return tasks;
    }

    /** What bounds an interpreter. */
    default InterpreterLimits limits(InterpreterLimits limits) {
        return limits;
    }

    /** How a runner behaves. */
    default RunnerSettings settings(RunnerSettings settings) {
        return settings;
    }

    default Executions executions(
            Workflows workflows,
            Journals journals,
            TaskRunners tasks,
            MapData mapData,
            WakeUps wakeUps,
            InterpreterLimits limits,
            RunnerSettings settings,
            InstantSource clock) {
        return new JournaledExecutions(
                TestServices.of(workflows, journals, tasks, mapData, wakeUps, limits, settings, clock));
    }
}
