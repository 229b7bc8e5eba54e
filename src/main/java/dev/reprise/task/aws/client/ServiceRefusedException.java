package dev.reprise.task.aws.client;

import dev.reprise.task.aws.model.ServiceModel;
import dev.reprise.task.aws.protocol.WireAnswer;
import dev.reprise.task.aws.protocol.WireError;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A service answered that it does not do what it was asked for. */
public final class ServiceRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ServiceModel service;
    private final transient WireError error;
    private final transient WireAnswer answer;
    private final int attempts;

    /** @param attempts how often it was asked, this time included */
    ServiceRefusedException(ServiceModel service, WireError error, WireAnswer answer, int attempts) {
        super(error.code() + ": " + error.message(), null, false, false);
        this.service = service;
        this.error = error;
        this.answer = answer;
        this.attempts = attempts;
    }

    /** Which service. */
    public ServiceModel service() {
        return service;
    }

    /** What it said. */
    public WireError error() {
        return error;
    }

    /** Its answer's status. */
    public int status() {
        return answer.status();
    }

    /** Whether it may do the same later: it was asked too often, or something in it failed. */
    public boolean mayPass() {
        return Retries.mayPass(this);
    }

    /** What it calls the request; null when it does not say. */
    public @Nullable String requestId() {
        return error.requestId() != null ? error.requestId() : answer.requestId();
    }

    /** A second name that S3 has for a request; null elsewhere. */
    public @Nullable String extendedRequestId() {
        return answer.header("x-amz-id-2");
    }

    /** What it says for people. */
    public String text() {
        return Objects.requireNonNullElse(error.message(), "null");
    }

    /** How often it was asked. */
    public int attempts() {
        return attempts;
    }
}
