package dev.reprise.runtime;

import dev.reprise.core.Entry;
import dev.reprise.core.Interpreter;

/** Which of the facts that come about are given a place in the journal. */
@FunctionalInterface
interface Admission {

    /** Those that somebody waits for. What comes too late, or twice, leaves no trace. */
    Admission OF_WHAT_IS_AWAITED = Interpreter::expects;

    boolean admits(Interpreter interpreter, Entry fact);
}
