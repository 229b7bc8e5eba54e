package dev.reprise.task.aws.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.StatesError;
import dev.reprise.task.Job;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskException;
import dev.reprise.task.aws.ServiceCalls;
import dev.reprise.task.aws.ServiceErrors;
import dev.reprise.task.aws.client.ServiceRefusedException;
import dev.reprise.task.aws.client.UnreachableServiceException;
import dev.reprise.task.aws.model.Operation;
import dev.reprise.task.aws.model.ServiceModel;
import io.smallrye.mutiny.Uni;
import java.util.Objects;

/** A job of one of AWS's services: begun by one action, described by another, ended by a third. */
final class PolledJob implements Job {

    private final ServiceCalls calls;
    private final Action action;
    private final ServiceErrors errors;
    private final JobKind kind;

    PolledJob(ServiceCalls calls, Action action, ServiceErrors errors) {
        this.calls = calls;
        this.action = action;
        this.errors = errors;
        this.kind = Objects.requireNonNull(action.job());
    }

    @Override
    public Uni<JsonNode> submit(TaskCall call) {
        return action.runner(calls, errors).run(call).map(this::shortened);
    }

    /** What a service answers may be as long as what it was asked; then only what the job is known by is kept. */
    private JsonNode shortened(JsonNode response) {
        if (response.toString().length() <= LONGEST_RESPONSE) {
            return response;
        }
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        kind.request().keep(response, kept);
        if (kind.cancelRequest() != null) {
            kind.cancelRequest().keep(response, kept);
        }
        return kept;
    }

    @Override
    public Uni<Progress> poll(Submission job) {
        ServiceModel model = action.model();
        return calls.call(model, operation(kind.describe()), kind.request().filled(job.response()), job, errors)
                .map(answer -> judge(answer.output()))
                .onFailure(TaskException.class)
                .recoverWithUni(failure -> ended(job, failure));
    }

    private Uni<Progress> ended(Submission job, TaskException failure) {
        StatesError error = failure.error();
        String gone = kind.gone();
        if (gone != null && error.error() != null && error.error().endsWith("." + gone)) {
            return Uni.createFrom().item(new Progress.Succeeded(job.response()));
        }
        // A service that is away for a while, or too busy, does not fail a job that runs on without us.
        boolean away = failure.getCause() instanceof UnreachableServiceException
                || (failure.getCause() instanceof ServiceRefusedException refused && refused.mayPass());
        return Uni.createFrom().failure(away ? new IllegalStateException(failure.getMessage(), failure) : failure);
    }

    private Progress judge(ObjectNode answer) {
        JsonNode job = kind.job().isEmpty() ? answer : answer.at(kind.job());
        if (job.isMissingNode()) {
            return new Progress.Running(null);
        }
        String status = job.at(kind.status()).asText();
        if (kind.succeeded().contains(status)) {
            return kind.judgement().apply(job, answer);
        }
        return kind.failed().contains(status) ? failed(job) : new Progress.Running(null);
    }

    static Progress failed(JsonNode job) {
        return new Progress.Failed(new StatesError("States.TaskFailed", job.toString()));
    }

    @Override
    public Uni<Void> cancel(Submission job) {
        String operation = kind.cancel();
        RequestForm form = kind.cancelRequest();
        if (operation == null || form == null) {
            return Uni.createFrom().voidItem();
        }
        return calls.call(action.model(), operation(operation), form.filled(job.response()), job, errors)
                .replaceWithVoid();
    }

    private Operation operation(String name) {
        return Objects.requireNonNull(action.model().operation(name), name);
    }
}
