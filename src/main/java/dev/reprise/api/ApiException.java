package dev.reprise.api;

import org.jspecify.annotations.Nullable;

/** A request that is refused, with the type and in the words of the Step Functions API where they are known. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final String OWN = "com.amazonaws.swf.service.v2.model#";
    private static final String VALIDATION = "com.amazon.coral.validate#";
    private static final String SERVICE = "com.amazon.coral.service#";

    private final String type;
    private final @Nullable String detailName;
    private final @Nullable String detail;

    private ApiException(String type, @Nullable String message, @Nullable String detailName, @Nullable String detail) {
        super(message, null, false, false);
        this.type = type;
        this.detailName = detailName;
        this.detail = detail;
    }

    /** An error of the Step Functions model, such as {@code ExecutionDoesNotExist}. */
    public static ApiException of(String error, String message) {
        return new ApiException(OWN + error, message, null, null);
    }

    /** A request that breaks the model's constraints. */
    public static ApiException violated(String message) {
        return new ApiException(VALIDATION + "ValidationException", message, null, null);
    }

    /** A request that breaks a rule which has a name. */
    public static ApiException refused(String reason, String message) {
        return new ApiException(OWN + "ValidationException", message, "reason", reason);
    }

    /** Something that is named by its ARN is not there. */
    public static ApiException notFound(String resourceArn) {
        return new ApiException(
                OWN + "ResourceNotFound", "Resource not found: '" + resourceArn + "'", "resourceName", resourceArn);
    }

    /** More tags than a resource may have. */
    public static ApiException tooManyTags(String resourceArn, String message) {
        return new ApiException(OWN + "TooManyTags", message, "resourceName", resourceArn);
    }

    /** A value of a type that its member cannot have, or no JSON at all. */
    public static ApiException unreadable(String message) {
        return new ApiException(SERVICE + "SerializationException", message, null, null);
    }

    /** An action that there is not; AWS says no more about it. */
    public static ApiException unknownAction() {
        return new ApiException(SERVICE + "UnknownOperationException", null, null, null);
    }

    static ApiException invalidArn(String problem) {
        return of("InvalidArn", "Invalid Arn: '" + problem + "'");
    }

    static ApiException invalidToken() {
        return of("InvalidToken", "Invalid Token: 'Invalid token'");
    }

    static ApiException invalidName(String name) {
        return of("InvalidName", "Invalid Name: '" + name + "'");
    }

    /** With the namespace that AWS puts before it: {@code com.amazonaws.swf.service.v2.model#InvalidArn}. */
    public String type() {
        return type;
    }

    /** The bare name, such as {@code InvalidArn}. */
    public String name() {
        return type.substring(type.indexOf('#') + 1);
    }

    /** Null when AWS gives none. */
    public @Nullable String message() {
        return getMessage();
    }

    /** The name of the one further member of the error; null when it has none. */
    public @Nullable String detailName() {
        return detailName;
    }

    /** The value of the one further member of the error; null when it has none. */
    public @Nullable String detail() {
        return detail;
    }
}
