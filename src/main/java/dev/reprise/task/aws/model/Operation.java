package dev.reprise.task.aws.model;

import org.jspecify.annotations.Nullable;

/**
 * What a service can be asked for.
 *
 * @param name as the service calls it, such as {@code PutItem}
 * @param action as workflows call it, such as {@code putItem}
 * @param method of HTTP
 * @param uri path and query, with {@code {Label}} and {@code {Label+}} where members stand
 * @param root the element of the request's body in XML; null when the payload names it
 * @param namespace of that element; null for the service's
 * @param wrapper the element around the answer's members in the query protocol; null when there is none
 * @param hostPrefix stands before the host's name, with {@code {Label}} where members stand; null when there is none
 * @param needsChecksum whether the service refuses a request without a checksum
 * @param checksumMember the member that names the checksum's algorithm, as the model calls it; null when there is none
 */
public record Operation(
        String name,
        String action,
        ShapeReference inputType,
        ShapeReference outputType,
        String method,
        String uri,
        @Nullable String root,
        @Nullable String namespace,
        @Nullable String wrapper,
        @Nullable String hostPrefix,
        boolean needsChecksum,
        @Nullable String checksumMember,
        Authentication authentication) {

    /** The members of a request. */
    public Structure input() {
        return structure(inputType);
    }

    /** The members of an answer. */
    public Structure output() {
        return structure(outputType);
    }

    private static Structure structure(ShapeReference type) {
        return type.shape() instanceof Structure structure ? structure : Structure.EMPTY;
    }

    /** Whether a request or an answer is a stream of events, which nothing here can send or take. */
    public boolean streamsEvents() {
        return hasEvents(input()) || hasEvents(output());
    }

    private static boolean hasEvents(Structure structure) {
        return structure.members().stream().anyMatch(member -> member.shape() == Shape.Scalar.EVENTS);
    }
}
