package dev.reprise.operations;

import java.util.concurrent.Executor;

/** Who carries on what a request began, once the request has its answer. */
public sealed interface Background {

    /**
     * This process, which lives on.
     *
     * @param executor gives each execution a thread, whatever their number
     */
    record InProcess(Executor executor) implements Background {}

    /**
     * Another invocation, which is woken up: this one ends with its answer, and nothing runs on after it. What leaves
     * no journal nobody could carry on: it is carried to its end before the answer.
     */
    record AnotherInvocation() implements Background {}
}
