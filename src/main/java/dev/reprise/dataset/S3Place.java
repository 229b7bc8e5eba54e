package dev.reprise.dataset;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Where something failed, and what is said of it.
 *
 * @param key of an object, or how the keys start that were listed
 */
record S3Place(String bucket, String key) {

    private static final int FORBIDDEN = 403;
    private static final int PRECONDITION_FAILED = 412;
    private static final int SLOW_DOWN = 429;
    private static final int FAULT = 500;

    /** In the words in which Step Functions passes S3's on, with the place, and what to do about it. */
    DataSetException failed(SdkException e) {
        if (!(e instanceof S3Exception refused)) {
            return new UnreachableDataException(
                    "S3 cannot be reached for " + this + ": " + e.getMessage()
                            + " (check credentials, region, network and endpoint)",
                    e);
        }
        if (refused.statusCode() >= FAULT || refused.statusCode() == SLOW_DOWN) {
            return new UnreachableDataException(said(refused) + ": " + this, e);
        }
        return switch (refused.statusCode()) {
            case PRECONDITION_FAILED -> new DataSetException("The object has changed since it was read: " + this, e);
            case FORBIDDEN ->
                new DataSetException(
                        said(refused) + ": " + this
                                + " (the function's role needs access: see DataBucket in infra/template.yaml)",
                        e);
            default -> new DataSetException(said(refused) + ": " + this, e);
        };
    }

    private static String said(S3Exception e) {
        AwsErrorDetails details = e.awsErrorDetails();
        String message = details == null || details.errorMessage() == null ? "S3 refused" : details.errorMessage();
        return message + " (Service: S3, Status Code: " + e.statusCode() + ", Request ID: " + e.requestId()
                + ", Extended Request ID: " + e.extendedRequestId() + ")";
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key;
    }
}
