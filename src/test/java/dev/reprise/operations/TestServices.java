package dev.reprise.operations;

import dev.reprise.core.InterpreterLimits;
import dev.reprise.dataset.NoObjects;
import dev.reprise.journal.Journals;
import dev.reprise.runtime.MapData;
import dev.reprise.runtime.RunListener;
import dev.reprise.runtime.RunnerSettings;
import dev.reprise.runtime.Time;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskThreads;
import dev.reprise.wakeup.WakeUps;
import dev.reprise.workflow.Workflows;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** What executions of tests share: without threads, without state machines that stand for others. */
public final class TestServices {

    private TestServices() {}

    /** Without a store of objects. */
    public static ExecutionServices of(
            Workflows workflows,
            Journals journals,
            TaskRunners tasks,
            WakeUps wakeUps,
            InterpreterLimits limits,
            RunnerSettings settings,
            InstantSource clock) {
        MapData noObjects = new MapData(new NoObjects(), new TaskThreads(Runnable::run));
        return of(workflows, journals, tasks, noObjects, wakeUps, limits, settings, clock);
    }

    public static ExecutionServices of(
            Workflows workflows,
            Journals journals,
            TaskRunners tasks,
            MapData mapData,
            WakeUps wakeUps,
            InterpreterLimits limits,
            RunnerSettings settings,
            InstantSource clock) {
        return new ExecutionServices(
                workflows,
                journals,
                tasks,
                mapData,
                new TaskThreads(Runnable::run),
                wakeUps,
                limits,
                settings,
                Map::of,
                List.of(),
                Time.of(clock));
    }

    /** The same, whose executions are listened to. */
    public static ExecutionServices telling(ExecutionServices services, List<RunListener> listeners) {
        return new ExecutionServices(
                services.workflows(),
                services.journals(),
                services.tasks(),
                services.mapData(),
                services.threads(),
                services.wakeUps(),
                services.limits(),
                services.settings(),
                services.stateMachines(),
                listeners,
                services.clock());
    }
}
