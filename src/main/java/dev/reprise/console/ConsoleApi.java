package dev.reprise.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.RequestException;
import dev.reprise.http.HttpAnswer;
import dev.reprise.http.HttpCall;
import dev.reprise.operations.ExecutionCost;
import dev.reprise.process.ExhaustedMemory;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What the console asks that the Step Functions API has no action for. {@code docs/console.md} describes it.
 *
 * <p>What is refused is answered as that API refuses: {@code {"__type": …, "message": …}}.
 */
public final class ConsoleApi {

    private static final Logger LOG = Logger.getLogger(ConsoleApi.class);

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Changes changes;
    private final @Nullable WorkflowFiles files;
    private final @Nullable WorkflowTests tests;
    private final Costs costs;
    private final @Nullable ExecutionFacts facts;

    /** Who knows what an execution has cost. */
    public interface Costs {

        /**
         * What it has cost so far.
         *
         * @throws RequestException when there is no such execution, or its history cannot be told
         */
        ExecutionCost of(String executionArn);
    }

    /**
     * The API of one endpoint.
     *
     * @param files where workflow files may be written, in dev mode; null elsewhere
     * @param facts where there is the table, in dev mode; null elsewhere
     */
    public ConsoleApi(Changes changes, @Nullable WorkflowFiles files, Costs costs, @Nullable ExecutionFacts facts) {
        this.changes = changes;
        this.files = files;
        this.tests = files == null ? null : new WorkflowTests(files);
        this.costs = costs;
        this.facts = facts;
    }

    /** @param path what stands after {@code /console/api/} */
    HttpAnswer answer(String path, HttpCall call) {
        try {
            return switch (path) {
                case "info" -> only("GET", call, this::info);
                case "changes" -> only("GET", call, this::changes);
                case "sample" -> only("GET", call, () -> sample(parameter(call, "workflow")));
                case "workflow" ->
                    call.method().equals("GET")
                            ? read(parameter(call, "workflow"))
                            : only("PUT", call, () -> write(call));
                case "tests" -> only("POST", call, () -> test(parameter(call, "workflow")));
                case "cost" -> only("GET", call, () -> cost(parameter(call, "execution")));
                case "journal" ->
                    only("GET", call, () -> told(facts().journal(execution(call), parameter(call, "from"))));
                case "entry" ->
                    only(
                            "GET",
                            call,
                            () -> told(facts().entry(
                                            execution(call), parameter(call, "segment"), parameter(call, "position"))));
                case "logs" -> only("GET", call, () -> told(facts().logs(execution(call))));
                case "replay" -> only("POST", call, () -> replay(call));
                default -> refused(404, "NotFound", "The console's API has no '" + path + "'");
            };
        } catch (RequestException e) {
            return refused(400, e.error(), e.message());
        } catch (IOException | RuntimeException | Error e) {
            ExhaustedMemory.haltOn(e);
            LOG.errorf(e, "A request of the console failed: %s", path);
            return refused(500, "InternalFailure", e.toString());
        }
    }

    private interface Answering {
        HttpAnswer answer() throws IOException;
    }

    private static HttpAnswer only(String method, HttpCall call, Answering answering) throws IOException {
        return call.method().equals(method)
                ? answering.answer()
                : refused(405, "MethodNotAllowed", "This is asked by " + method).with("Allow", method);
    }

    private HttpAnswer info() {
        return told(JsonNodeFactory.instance
                .objectNode()
                .put("savesFiles", files != null)
                .put("seesFacts", facts != null));
    }

    private ExecutionFacts facts() {
        if (facts == null) {
            throw new RequestException("NotInDevMode", "Facts of executions are told in dev mode only");
        }
        return facts;
    }

    private static String execution(HttpCall call) {
        String executionArn = parameter(call, "execution");
        if (executionArn == null) {
            throw new RequestException("ValidationException", "Say which one: ?execution=ARN");
        }
        return executionArn;
    }

    private HttpAnswer replay(HttpCall call) throws IOException {
        ExecutionFacts from = facts();
        JsonNode request;
        try {
            request = JSON.readTree(call.body());
        } catch (JsonProcessingException e) {
            return refused(400, "SerializationException", "The request is no JSON: " + e.getOriginalMessage());
        }
        JsonNode executionArn = request.path("executionArn");
        JsonNode definition = request.path("definition");
        if (!executionArn.isTextual() || !definition.isTextual()) {
            return refused(
                    400, "ValidationException", "A request has an 'executionArn' and a 'definition', both texts");
        }
        return told(from.replay(executionArn.textValue(), definition.textValue()));
    }

    private HttpAnswer changes() {
        if (!changes.hasRoom()) {
            return refused(503, "TooManyStreams", "At most " + Changes.STREAMS + " pages are told of changes at once");
        }
        return new HttpAnswer(200, Map.of("Content-Type", "text/event-stream"), new HttpAnswer.Stream(changes::tell));
    }

    private HttpAnswer sample(@Nullable String workflow) throws IOException {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        String sample = files == null || workflow == null ? null : files.sample(workflow);
        return told(sample == null ? answer : answer.put("input", sample));
    }

    private HttpAnswer read(@Nullable String workflow) throws IOException {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        Path file = files == null || workflow == null ? null : files.json(workflow);
        return told(
                file == null ? answer : answer.put("file", file.toString()).put("definition", Files.readString(file)));
    }

    private HttpAnswer write(HttpCall call) throws IOException {
        if (files == null) {
            return refused(403, "NotInDevMode", "Workflow files are written in dev mode only; use UpdateStateMachine");
        }
        String type = call.header("Content-Type");
        if (type == null || !type.startsWith("application/json")) {
            return refused(415, "UnsupportedMediaType", "Send 'Content-Type: application/json'");
        }
        JsonNode request;
        try {
            request = JSON.readTree(call.body());
        } catch (JsonProcessingException e) {
            return refused(400, "SerializationException", "The request is no JSON: " + e.getOriginalMessage());
        }
        JsonNode workflow = request.path("workflow");
        JsonNode definition = request.path("definition");
        if (!workflow.isTextual() || !definition.isTextual()) {
            return refused(400, "ValidationException", "A request has a 'workflow' and a 'definition', both texts");
        }
        try {
            Path file = files.write(workflow.textValue(), definition.textValue());
            return told(JsonNodeFactory.instance.objectNode().put("file", file.toString()));
        } catch (WorkflowFiles.RefusedException e) {
            return refused(400, "ValidationException", String.valueOf(e.getMessage()));
        }
    }

    private HttpAnswer test(@Nullable String workflow) {
        try {
            return told(
                    tests == null || workflow == null ? JsonNodeFactory.instance.objectNode() : tests.run(workflow));
        } catch (WorkflowFiles.RefusedException e) {
            return refused(400, "ValidationException", String.valueOf(e.getMessage()));
        }
    }

    private HttpAnswer cost(@Nullable String executionArn) {
        ExecutionCost cost = costs.of(executionArn == null ? "" : executionArn);
        return told(JsonNodeFactory.instance
                .objectNode()
                .put("transitions", cost.told().transitions())
                .put("readUnits", cost.consumed().read())
                .put("writeUnits", cost.consumed().write())
                .put("here", cost.here())
                .put("standard", cost.told().standard()));
    }

    /** The first parameter of that name in the query; null when there is none. */
    static @Nullable String parameter(HttpCall call, String name) {
        for (String pair : call.query().split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    private static HttpAnswer told(ObjectNode answer) {
        return HttpAnswer.text(200, "application/json", answer.toString());
    }

    static HttpAnswer refused(int status, String type, String message) {
        ObjectNode answer =
                JsonNodeFactory.instance.objectNode().put("__type", type).put("message", message);
        return HttpAnswer.text(status, "application/json", answer.toString());
    }
}
