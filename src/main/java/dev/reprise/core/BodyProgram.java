package dev.reprise.core;

import java.util.Map;
import java.util.Objects;

/**
 * The compiled states of one body.
 *
 * @param start where a scope begins
 * @param states by name
 * @param fanOuts how many of them are Map or Parallel states
 */
record BodyProgram(Behaviour start, Map<String, Behaviour> states, int fanOuts) {

    Behaviour state(String name) {
        return Objects.requireNonNull(states.get(name), () -> "no state named '" + name + "'");
    }
}
