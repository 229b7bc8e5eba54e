package dev.reprise.asl;

/**
 * Where a state leads.
 *
 * @see <a href="https://states-language.net/#transition">ASL, Transitions</a>
 */
public sealed interface Transition {

    /** {@code "Next": state}. */
    record Next(String state) implements Transition {}

    /** {@code "End": true}. */
    record End() implements Transition {}
}
