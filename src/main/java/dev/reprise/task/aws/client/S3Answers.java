package dev.reprise.task.aws.client;

import dev.reprise.task.aws.model.Operation;
import dev.reprise.task.aws.model.ServiceModel;
import dev.reprise.task.aws.protocol.WireAnswer;
import dev.reprise.task.aws.protocol.WireError;
import dev.reprise.task.aws.protocol.WireProtocol;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How S3 refuses: at times without a body, at times in an answer that looks like a success. */
final class S3Answers {

    /** They begin to answer before they know how it ends. */
    private static final Set<String> LATE = Set.of("CopyObject", "UploadPartCopy", "CompleteMultipartUpload");

    private static final int NOT_FOUND = 404;

    private S3Answers() {}

    /** The error in an answer of status 200; null when there is none. */
    static @Nullable WireError lateError(
            ServiceModel service, Operation operation, WireProtocol protocol, WireAnswer answer) {
        if (!service.name().equals("s3") || !LATE.contains(operation.name())) {
            return null;
        }
        WireError error = protocol.error(answer);
        return error.code() == null ? null : error;
    }

    /** An answer to HEAD has no body that could say what is missing. */
    static WireError named(ServiceModel service, Operation operation, WireAnswer answer, WireError error) {
        if (error.code() != null || !service.name().equals("s3") || answer.status() != NOT_FOUND) {
            return error;
        }
        return switch (operation.name()) {
            case "HeadObject" -> new WireError("NoSuchKey", error.message(), null, error.requestId());
            case "HeadBucket" -> new WireError("NoSuchBucket", error.message(), null, error.requestId());
            default -> error;
        };
    }
}
