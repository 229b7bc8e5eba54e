package dev.reprise.task.aws.model;

import org.jspecify.annotations.Nullable;

/** The type of a value in a request or an answer. */
public sealed interface Shape permits Shape.Scalar, Shape.Time, Shape.ListOf, Shape.MapOf, Structure {

    /** A value that has no parts. */
    enum Scalar implements Shape {
        STRING,
        /** A whole number. */
        INTEGER,
        /** A number with a fraction. */
        DECIMAL,
        BOOLEAN,
        /** Bytes. */
        BLOB,
        /** A JSON value that is written into a text. */
        JSON_TEXT,
        /** Any JSON value, passed on as it is. */
        ANYTHING,
        /** A stream of events, which no call here can have. */
        EVENTS
    }

    /**
     * A point in time.
     *
     * @param format how it is written; null for what is usual at its place
     */
    record Time(@Nullable TimeFormat format) implements Shape {}

    /** How a time is written. */
    enum TimeFormat {
        /** Seconds since 1970, with a fraction. */
        UNIX,
        /** {@code 2026-11-28T21:46:00Z}. */
        ISO,
        /** {@code Sat, 28 Nov 2026 21:46:00 GMT}. */
        HTTP
    }

    /**
     * A list.
     *
     * @param elementName the name of an element in XML and forms; null for the usual {@code member}
     * @param flat whether its elements stand without an envelope in XML and forms
     */
    record ListOf(ShapeReference element, @Nullable String elementName, boolean flat) implements Shape {}

    /**
     * An object whose names are data.
     *
     * @param keyName the name of a key in XML and forms; null for the usual {@code key}
     * @param valueName the name of a value in XML and forms; null for the usual {@code value}
     * @param flat whether its entries stand without an envelope in XML and forms
     */
    record MapOf(
            ShapeReference value,
            @Nullable String keyName,
            @Nullable String valueName,
            boolean flat) implements Shape {}
}
