package dev.reprise.task.aws.protocol;

/** A value that no request of this operation can hold. */
public final class InvalidRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String place;
    private final String problem;

    /** @param problem what is wrong with the value, as the end of a sentence: {@code must be an array} */
    InvalidRequestException(String problem) {
        this("", problem);
    }

    private InvalidRequestException(String place, String problem) {
        this("The field '" + place + "' " + problem, place, problem);
    }

    private InvalidRequestException(String message, String place, String problem) {
        super(message, null, false, false);
        this.place = place;
        this.problem = problem;
    }

    /** The same of a value that stands in the named one. */
    InvalidRequestException in(String name) {
        return new InvalidRequestException(place.isEmpty() ? name : name + "/" + place, problem);
    }

    /** Of a field that the operation does not have. */
    static InvalidRequestException unknown(String name) {
        return new InvalidRequestException(name, "is not supported by Step Functions");
    }

    /**
     * Of a field whose value cannot be sent.
     *
     * @param problem what is wrong with it, as the end of a sentence: {@code must be an array}
     */
    public static InvalidRequestException of(String name, String problem) {
        return new InvalidRequestException(name, problem);
    }

    /**
     * Of a request that cannot be sent, whatever field that is due to.
     *
     * @param message a whole sentence
     */
    public static InvalidRequestException ofWhole(String message) {
        return new InvalidRequestException(message, "", message);
    }

    /** Of a field that cannot be left out. */
    public static InvalidRequestException missing(String name) {
        return new InvalidRequestException(name, "is required but was missing");
    }
}
