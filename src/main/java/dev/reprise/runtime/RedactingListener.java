package dev.reprise.runtime;

import dev.reprise.core.Redaction;
import dev.reprise.execution.EffectId;
import org.jspecify.annotations.Nullable;

/** Tells another listener of one execution, without what nobody is to see of it. */
public final class RedactingListener implements RunListener {

    private final RunListener listener;
    private final Redaction redaction;

    public RedactingListener(RunListener listener, Redaction redaction) {
        this.listener = listener;
        this.redaction = redaction;
    }

    @Override
    public void on(RunEvent event) {
        listener.on(redacted(event));
    }

    @Override
    public @Nullable String traceHeader(EffectId task) {
        return listener.traceHeader(task);
    }

    private RunEvent redacted(RunEvent event) {
        return switch (event) {
            case RunEvent.Ended ended ->
                new RunEvent.Ended(
                        ended.executionArn(), ended.startedAt(), ended.at(), redaction.outcome(ended.outcome()));
            case RunEvent.StateFailed failed ->
                new RunEvent.StateFailed(
                        failed.executionArn(),
                        failed.at(),
                        failed.scope(),
                        failed.state(),
                        redaction.error(failed.error()));
            case RunEvent.ItemFailed failed ->
                new RunEvent.ItemFailed(
                        failed.executionArn(), failed.at(), failed.scope(), redaction.error(failed.error()));
            case RunEvent.TaskAnswered answered ->
                new RunEvent.TaskAnswered(
                        answered.executionArn(),
                        answered.at(),
                        answered.task(),
                        answered.error() == null ? null : redaction.error(answered.error()));
            case RunEvent.SpanEnded ended ->
                new RunEvent.SpanEnded(
                        ended.executionArn(),
                        ended.at(),
                        ended.span(),
                        ended.from(),
                        ended.error() == null ? null : redaction.error(ended.error()),
                        ended.isCut());
            case RunEvent.Started unchanged -> unchanged;
            case RunEvent.Resumed unchanged -> unchanged;
            case RunEvent.Suspended unchanged -> unchanged;
            case RunEvent.StateEntered unchanged -> unchanged;
            case RunEvent.StateLeft unchanged -> unchanged;
            case RunEvent.StateRetried unchanged -> unchanged;
            case RunEvent.ItemStarted unchanged -> unchanged;
            case RunEvent.ItemSucceeded unchanged -> unchanged;
            case RunEvent.TaskAsked unchanged -> unchanged;
            case RunEvent.Flushed unchanged -> unchanged;
        };
    }
}
