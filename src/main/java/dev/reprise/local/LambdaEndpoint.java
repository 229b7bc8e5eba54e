package dev.reprise.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.RequestException;
import dev.reprise.http.HttpAnswer;
import dev.reprise.http.HttpCall;
import dev.reprise.http.HttpEndpoint;
import dev.reprise.local.server.Refusals;
import dev.reprise.local.server.Route;
import dev.reprise.operations.Invocation;
import dev.reprise.process.ExhaustedMemory;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Lambda's Invoke, whatever the function's name: {@code aws lambda invoke --endpoint-url http://localhost:8080} works
 * as it does against the deployed function.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">AWS, Invoke</a>
 */
public final class LambdaEndpoint implements HttpEndpoint {

    private static final Logger LOG = Logger.getLogger(LambdaEndpoint.class);

    private static final Pattern PATH = Pattern.compile("/2015-03-31/functions/[^/]+/invocations");

    private final Events events;
    private final Executor later;

    /** @param later where events are carried out whose caller does not wait */
    public LambdaEndpoint(Events events, Executor later) {
        this.events = events;
        this.later = later;
    }

    /** Where it is found. */
    public static Route route(Events events, Executor later) {
        return new Route(call -> PATH.matcher(call.path()).matches(), new LambdaEndpoint(events, later));
    }

    @Override
    public HttpAnswer answer(HttpCall call) {
        if (!call.method().equals("POST")) {
            return Refusals.of(405, "Invoke is a POST, not a " + call.method()).with("Allow", "POST");
        }
        String type = Objects.requireNonNullElse(call.header("X-Amz-Invocation-Type"), "RequestResponse");
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "requestresponse" -> invoke(call);
            case "event" -> {
                later.execute(() -> carryOut(call));
                yield empty(202);
            }
            case "dryrun" -> empty(204);
            default -> Refusals.of(400, "InvalidParameterValueException", "There is no invocation type '" + type + "'");
        };
    }

    private HttpAnswer invoke(HttpCall call) {
        try {
            return EventEndpoint.json(200, events.answer(call.body(), invocation(call)));
        } catch (RequestException e) {
            // As the function itself answers: what it refuses is no failure of the invocation.
            return EventEndpoint.json(200, error("error", e.error(), "message", e.message()));
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            LOG.error("An invocation failed", e);
            return EventEndpoint.json(
                            200,
                            error(
                                    "errorMessage",
                                    String.valueOf(e.getMessage()),
                                    "errorType",
                                    e.getClass().getName()))
                    .with("X-Amz-Function-Error", "Unhandled");
        }
    }

    private void carryOut(HttpCall call) {
        try {
            events.answer(call.body(), invocation(call));
        } catch (RequestException e) {
            LOG.warnf("An event is refused: %s: %s", e.error(), e.message());
        } catch (RuntimeException | Error e) {
            ExhaustedMemory.haltOn(e);
            if (Thread.currentThread().isInterrupted()) {
                LOG.debug("An event was interrupted", e);
            } else {
                LOG.error("An event failed", e);
            }
        }
    }

    private static Invocation invocation(HttpCall call) {
        return Invocation.ofThisProcess(Calls.id(call));
    }

    private static ObjectNode error(String name, String value, String secondName, String secondValue) {
        return JsonNodeFactory.instance.objectNode().put(name, value).put(secondName, secondValue);
    }

    private static HttpAnswer empty(int status) {
        return HttpAnswer.of(status, "application/json", new byte[0]).with("X-Amz-Executed-Version", "$LATEST");
    }
}
