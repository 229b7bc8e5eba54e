package dev.reprise.dataset.s3;

import dev.reprise.dataset.DataSetException;
import dev.reprise.dataset.UnreachableDataException;
import dev.reprise.task.aws.client.ServiceRefusedException;
import dev.reprise.task.aws.client.UnreachableServiceException;
import java.util.Objects;

/**
 * Where something failed, and what is said of it.
 *
 * @param key of an object, or how the keys start that were listed
 */
record S3Place(String bucket, String key) {

    private static final int FORBIDDEN = 403;
    private static final int PRECONDITION_FAILED = 412;

    /** S3 could not be asked, or its answer did not come. */
    DataSetException failed(UnreachableServiceException e) {
        if (e.isNotToBeCalled() || e.isTooLarge()) {
            // No wait would help.
            return new DataSetException(e.getMessage() + ": " + this, e);
        }
        return new UnreachableDataException(
                "S3 cannot be reached for " + this + ": " + e.getMessage()
                        + " (check credentials, region, network and endpoint)",
                e);
    }

    /** In the words in which Step Functions passes S3's on, with the place, and what to do about it. */
    DataSetException failed(ServiceRefusedException e) {
        String said = said(e) + ": " + this;
        if (e.mayPass()) {
            return new UnreachableDataException(said, e);
        }
        return switch (e.status()) {
            case PRECONDITION_FAILED -> new DataSetException("The object has changed since it was read: " + this, e);
            case FORBIDDEN ->
                new DataSetException(
                        said + " (the function's role needs access: see DataBucket in infra/template.yaml)", e);
            default -> new DataSetException(said, e);
        };
    }

    private static String said(ServiceRefusedException e) {
        return Objects.requireNonNullElse(e.error().message(), "S3 refused") + " (Service: S3, Status Code: "
                + e.status() + ", Request ID: " + e.requestId() + ", Extended Request ID: " + e.extendedRequestId()
                + ")";
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key;
    }
}
