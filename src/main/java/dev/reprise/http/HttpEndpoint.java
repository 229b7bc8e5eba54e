package dev.reprise.http;

/** Answers requests of HTTP. Is called by many threads at once; a call may block as long as its answer takes. */
@FunctionalInterface
public interface HttpEndpoint {

    /** The answer, also to a request that is wrong in any way: this throws nothing that a caller could have caused. */
    HttpAnswer answer(HttpCall call);
}
