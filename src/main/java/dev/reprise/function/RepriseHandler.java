package dev.reprise.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.reprise.api.StepFunctions;
import dev.reprise.api.http.StepFunctionsEndpoint;
import dev.reprise.lambda.EventHandler;
import dev.reprise.lambda.RequestHandler;
import dev.reprise.operations.Executions;
import dev.reprise.operations.Sweeper;
import dev.reprise.operations.TaskCallbacks;
import dev.reprise.telemetry.RequestUnderWay;
import dev.reprise.trigger.Triggers;
import dev.reprise.workflow.WorkflowCatalogue;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;

/** The Lambda function, as Quarkus finds it: hands its events to {@link EventHandler}. */
public final class RepriseHandler implements RequestStreamHandler {

    /** Where the runtime, as X-Ray's own SDK, has the header of Lambda's trace while a request is answered. */
    private static final String TRACE_HEADER = "com.amazonaws.xray.traceHeader";

    private final EventHandler events;
    private final RequestUnderWay request;

    @Inject
    RepriseHandler(
            Executions executions,
            WorkflowCatalogue workflows,
            TaskCallbacks callbacks,
            Sweeper sweeper,
            Triggers triggers,
            InstantSource clock,
            RequestUnderWay request,
            TraceWiring traces,
            Provider<StepFunctions> api) {
        this.request = request;
        RequestHandler requests = new RequestHandler(
                executions,
                workflows,
                callbacks,
                sweeper,
                triggers,
                invocation -> new StepFunctionsEndpoint(api.get(), requestId -> invocation),
                clock);
        this.events = new EventHandler(
                (event, invocation) -> {
                    try {
                        return requests.apply(event, invocation);
                    } finally {
                        traces.finish(invocation.deadline());
                    }
                },
                clock);
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        request.begin(context.getAwsRequestId(), System.getProperty(TRACE_HEADER));
        try {
            events.handle(event, answer, context);
        } finally {
            request.end();
        }
    }
}
