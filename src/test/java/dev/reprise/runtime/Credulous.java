package dev.reprise.runtime;

import dev.reprise.core.InterpreterLimits;
import dev.reprise.dataset.NoObjects;
import dev.reprise.journal.Journals;
import dev.reprise.task.MapData;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskThreads;
import java.time.InstantSource;
import java.util.Map;

/** An engine that takes in every fact, whether anybody waits for it or not. */
public final class Credulous {

    private Credulous() {}

    public static Executions executions(
            Workflows workflows,
            Journals journals,
            TaskRunners tasks,
            WakeUps wakeUps,
            InterpreterLimits limits,
            RunnerSettings settings,
            InstantSource clock) {
        return new JournaledExecutions(new Surroundings(
                workflows,
                journals,
                tasks,
                new MapData(new NoObjects(), new TaskThreads(Runnable::run)),
                new TaskThreads(Runnable::run),
                wakeUps,
                limits,
                settings,
                Map.of(),
                (interpreter, fact) -> true,
                Time.of(clock)));
    }
}
