package dev.reprise.local.server;

import dev.reprise.http.HttpAnswer;
import dev.reprise.http.HttpCall;
import dev.reprise.http.HttpEndpoint;
import dev.reprise.process.ExhaustedMemory;
import java.util.List;
import org.jboss.logging.Logger;

/** Gives each call to the first endpoint that takes it. Thread-safe. */
public final class Routes implements HttpEndpoint {

    private static final Logger LOG = Logger.getLogger(Routes.class);

    private final List<Route> routes;

    /** @param routes asked in this order */
    public Routes(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    @Override
    public HttpAnswer answer(HttpCall call) {
        for (Route route : routes) {
            if (route.takes().test(call)) {
                return answerOf(route.endpoint(), call);
            }
        }
        return Refusals.of(404, "There is nothing at " + call.path() + ". GET / tells what is here");
    }

    /** An endpoint that fails is a mistake in it: the caller gets an answer all the same, and the log has the trace. */
    private static HttpAnswer answerOf(HttpEndpoint endpoint, HttpCall call) {
        try {
            return endpoint.answer(call);
        } catch (RuntimeException | Error e) {
            ExhaustedMemory.haltOn(e);
            if (Thread.currentThread().isInterrupted()) {
                LOG.debugf(e, "%s %s was interrupted", call.method(), call.path());
            } else {
                LOG.errorf(e, "%s %s failed", call.method(), call.path());
            }
            return Refusals.of(500, "The request failed: " + e + ". The log has more");
        }
    }
}
