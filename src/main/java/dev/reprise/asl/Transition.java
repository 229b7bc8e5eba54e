package dev.reprise.asl;

/** Where a state leads. */
public sealed interface Transition {

    /** {@code "Next": state}. */
    record Next(String state) implements Transition {}

    /** {@code "End": true}. */
    record End() implements Transition {}
}
