package dev.reprise.task.aws.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.task.Job.Progress;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * How a job is looked after that an action begins.
 *
 * @param describe the operation that tells how it is
 * @param request of that operation, with pointers into what the action gave
 * @param job where the job stands in the operation's answer; empty for the whole answer
 * @param status where its status stands in the job
 * @param succeeded the statuses of a job that is done
 * @param failed those of one that failed
 * @param gone the error that says that there is no such job any more, and so that it is done; null when none does
 * @param cancel the operation that ends it; null when there is none
 * @param cancelRequest of that operation; null when there is none
 * @param judgement what a job is that is done, by the job and the whole answer
 */
record JobKind(
        String describe,
        RequestForm request,
        String job,
        String status,
        Set<String> succeeded,
        Set<String> failed,
        @Nullable String gone,
        @Nullable String cancel,
        @Nullable RequestForm cancelRequest,
        BiFunction<JsonNode, ObjectNode, Progress> judgement) {

    JobKind {
        succeeded = Set.copyOf(succeeded);
        failed = Set.copyOf(failed);
    }

    static JobKind described(String operation, String request) {
        return new JobKind(
                operation,
                RequestForm.of(request),
                "",
                "/Status",
                Set.of(),
                Set.of(),
                null,
                null,
                null,
                (job, answer) -> new Progress.Succeeded(job));
    }

    JobKind at(String jobPointer, String statusPointer) {
        return new JobKind(
                describe,
                request,
                jobPointer,
                statusPointer,
                succeeded,
                failed,
                gone,
                cancel,
                cancelRequest,
                judgement);
    }

    JobKind succeedingIn(String... statuses) {
        return new JobKind(
                describe, request, job, status, Set.of(statuses), failed, gone, cancel, cancelRequest, judgement);
    }

    JobKind failingIn(String... statuses) {
        return new JobKind(
                describe, request, job, status, succeeded, Set.of(statuses), gone, cancel, cancelRequest, judgement);
    }

    JobKind doneWhenGone(String error) {
        return new JobKind(describe, request, job, status, succeeded, failed, error, cancel, cancelRequest, judgement);
    }

    JobKind cancelledBy(String operation, String form) {
        return new JobKind(
                describe, request, job, status, succeeded, failed, gone, operation, RequestForm.of(form), judgement);
    }

    /** The result is the whole answer, and not only the job in it. */
    JobKind givingTheAnswer() {
        return judgedBy((found, answer) -> new Progress.Succeeded(answer));
    }

    JobKind judgedBy(BiFunction<JsonNode, ObjectNode, Progress> other) {
        return new JobKind(describe, request, job, status, succeeded, failed, gone, cancel, cancelRequest, other);
    }
}
