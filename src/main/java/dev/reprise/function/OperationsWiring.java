package dev.reprise.function;

import dev.reprise.journal.Journals;
import dev.reprise.operations.ExecutionServices;
import dev.reprise.operations.JournaledExecutions;
import dev.reprise.operations.Sweeper;
import dev.reprise.operations.TaskCallbacks;
import dev.reprise.runtime.MapData;
import dev.reprise.runtime.RunListener;
import dev.reprise.runtime.Time;
import dev.reprise.statemachine.KnownWorkflows;
import dev.reprise.task.MappingFile;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskThreads;
import dev.reprise.telemetry.RequestUnderWay;
import dev.reprise.wakeup.WakeUps;
import io.quarkus.arc.All;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** What can be done with executions, and what all of them share. */
@Singleton
final class OperationsWiring {

    /** @param beans all of this type, whoever made them */
    @Produces
    @Singleton
    ExecutionServices services(
            KnownWorkflows workflows,
            Journals journals,
            TaskRunners tasks,
            MapData mapData,
            TaskThreads threads,
            WakeUps wakeUps,
            RunnerConfiguration runner,
            StateMachineMapping stateMachines,
            MappingFile file,
            @Any @All List<RunListener> beans,
            TelemetryWiring telemetry,
            TraceWiring traces,
            RequestUnderWay request,
            InstantSource clock) {
        List<RunListener> listeners = new ArrayList<>(telemetry.listeners(request));
        listeners.addAll(traces.listeners(request));
        listeners.addAll(beans);
        return new ExecutionServices(
                workflows,
                journals,
                tasks,
                mapData,
                threads,
                wakeUps,
                runner.limits(),
                runner.settings(),
                stateMachines.with(file),
                listeners,
                Time.of(clock));
    }

    @Produces
    @Singleton
    JournaledExecutions executions(ExecutionServices services) {
        return new JournaledExecutions(services);
    }

    @Produces
    @Singleton
    TaskCallbacks taskCallbacks(Journals journals, WakeUps wakeUps, InstantSource clock) {
        return new TaskCallbacks(journals, wakeUps, clock);
    }

    @Produces
    @Singleton
    Sweeper sweeper(
            Journals journals,
            WakeUps wakeUps,
            SweepConfiguration sweep,
            TelemetryWiring telemetry,
            InstantSource clock) {
        return new Sweeper(journals, wakeUps, sweep.settings(), clock, telemetry.reports(clock));
    }
}
