package dev.reprise.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.RequestException;
import dev.reprise.http.HttpAnswer;
import dev.reprise.http.HttpCall;
import dev.reprise.http.HttpEndpoint;
import dev.reprise.journal.store.StoreUnavailableException;
import dev.reprise.local.server.Refusals;
import dev.reprise.operations.Invocation;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes events as the bodies of POST requests, and gives their answers with the status codes of HTTP. Each request is
 * an invocation of its own, however many there are at once.
 */
public final class EventEndpoint implements HttpEndpoint {

    private static final Set<String> IN_CONFLICT =
            Set.of("ExecutionAlreadyExists", "ExecutionNotRedrivable", "TaskTimedOut");

    private static final Logger LOG = Logger.getLogger("reprise");

    private final Events events;
    private final Supplier<@Nullable String> trouble;

    /** @param trouble what can be seen to be wrong when the table cannot be used; null when nothing can */
    public EventEndpoint(Events events, Supplier<@Nullable String> trouble) {
        this.events = events;
        this.trouble = trouble;
    }

    @Override
    public HttpAnswer answer(HttpCall call) {
        if (!call.method().equals("POST")) {
            return Refusals.of(405, "Events are sent by POST, not by " + call.method())
                    .with("Allow", "POST");
        }
        try {
            return json(200, events.answer(call.body(), Invocation.ofThisProcess(Calls.id(call))));
        } catch (RequestException e) {
            return Refusals.of(status(e.error()), e.error(), e.message());
        } catch (StoreUnavailableException e) {
            return unavailable(e);
        }
    }

    private HttpAnswer unavailable(StoreUnavailableException e) {
        if (Thread.currentThread().isInterrupted()) {
            return Refusals.of(503, "Interrupted");
        }
        String seen = trouble.get();
        String message = seen == null ? String.valueOf(e.getMessage()) : seen;
        LOG.error(message);
        return Refusals.of(503, "StoreUnavailable", message);
    }

    static HttpAnswer json(int status, JsonNode body) {
        return HttpAnswer.text(status, "application/json", body.toPrettyString() + "\n");
    }

    private static int status(String error) {
        if (error.endsWith("DoesNotExist")) {
            return 404;
        }
        if (IN_CONFLICT.contains(error)) {
            return 409;
        }
        return error.equals("InvalidDefinition") ? 422 : 400;
    }
}
