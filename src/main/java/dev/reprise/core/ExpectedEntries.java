package dev.reprise.core;

import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.Outcome;

/**
 * Which facts an execution waits for as it stands: those that begin, end or redrive it, and those about its open
 * effects.
 */
record ExpectedEntries(Execution execution) {

    boolean expects(Entry entry) {
        if (entry instanceof Entry.Redriven redriven) {
            return execution.root != null
                    && redriven.count() > execution.redrives
                    && !(execution.outcome instanceof Outcome.Succeeded);
        }
        if (execution.outcome != null) {
            return false;
        }
        return switch (entry) {
            case Entry.Started started -> execution.root == null;
            case Entry.Stopped stopped -> execution.root != null;
            case Entry.GivenUp givenUp -> execution.root != null;
            case Entry.Interrupted interrupted -> expects(interrupted.end());
            case Entry.Redriven redriven -> false;
            case Entry.OfEffect ofEffect -> expects(ofEffect);
        };
    }

    private boolean expects(Entry.OfEffect entry) {
        if (isExecutionTimeout(entry)) {
            return true;
        }
        Scope scope = execution.find(entry.effect().scope());
        if (scope == null
                || scope.pending == null
                || scope.step != entry.effect().step()) {
            return false;
        }
        return switch (scope.pending) {
            case Effect.RunTask task ->
                switch (entry) {
                    case Entry.TaskSubmitted submitted -> task.phase().submission() == null;
                    case Entry.TaskStarted started ->
                        task.phase().beginning() == null
                                && (task.isStartRecorded() || task.phase().submission() == null);
                    case Entry.TaskHeard heard -> task.heartbeat() != null;
                    case Entry.TaskSucceeded succeeded -> true;
                    case Entry.TaskFailed failed -> true;
                    case Entry.TimerFired fired -> fired.kind().endsTask();
                    case Entry.ItemsRead read -> false;
                };
            case Effect.StartTimer timer -> entry instanceof Entry.TimerFired fired && fired.kind() == timer.kind();
            case Effect.ReadItems read -> entry instanceof Entry.ItemsRead || entry instanceof Entry.TaskFailed;
            case Effect.WriteResults write -> entry instanceof Entry.TaskSucceeded || entry instanceof Entry.TaskFailed;
            case Effect.Abandon abandon -> false;
            case Effect.End end -> false;
        };
    }

    boolean isExecutionTimeout(Entry.OfEffect entry) {
        return execution.timeout != null
                && entry.effect().equals(EffectId.EXECUTION)
                && entry instanceof Entry.TimerFired;
    }
}
