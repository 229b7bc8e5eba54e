package dev.reprise.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.api.ApiException;
import dev.reprise.api.RequestReader;
import dev.reprise.api.StepFunctions;
import dev.reprise.asl.FiniteJsonFactory;
import dev.reprise.http.HttpAnswer;
import dev.reprise.http.HttpCall;
import dev.reprise.http.HttpEndpoint;
import dev.reprise.journal.store.JournalException;
import dev.reprise.operations.Invocation;
import dev.reprise.process.ExhaustedMemory;
import java.io.IOException;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Answers requests of the Step Functions API: {@code POST /} with {@code X-Amz-Target: AWSStepFunctions.ACTION} and
 * JSON. Signatures are not looked at: who may ask is decided by whoever serves this. Every answer has a
 * {@code x-amzn-RequestId}; what is refused has status 400, what failed here 500.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html">AWS JSON 1.0 protocol</a>
 */
public final class StepFunctionsEndpoint implements HttpEndpoint {

    /** What the header {@code X-Amz-Target} begins with. */
    private static final String TARGET = "AWSStepFunctions.";

    /** The header that names the action. */
    private static final String TARGET_HEADER = "X-Amz-Target";

    private static final Logger LOG = Logger.getLogger(StepFunctionsEndpoint.class);

    private static final String JSON_1_0 = "application/x-amz-json-1.0";

    private static final JsonMapper JSON = JsonMapper.builder(new FiniteJsonFactory())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final StepFunctions api;
    private final Function<String, Invocation> invocations;

    /**
     * An endpoint.
     *
     * @param invocations the invocation in which a request is answered, by the request's id
     */
    public StepFunctionsEndpoint(StepFunctions api, Function<String, Invocation> invocations) {
        this.api = api;
        this.invocations = invocations;
    }

    @Override
    public HttpAnswer answer(HttpCall call) {
        String requestId = UUID.randomUUID().toString();
        HttpAnswer answer;
        try {
            answer = answer(200, body(call, requestId));
        } catch (ApiException e) {
            answer = answer(400, refused(e));
        } catch (JournalException e) {
            LOG.errorf(e, "A request of the Step Functions API failed");
            answer = answer(503, failed("ServiceUnavailableException", String.valueOf(e.getMessage())));
        } catch (RuntimeException | Error e) {
            ExhaustedMemory.haltOn(e);
            LOG.errorf(e, "A request of the Step Functions API failed");
            answer = answer(500, failed("InternalFailure", e.toString()));
        }
        return answer.with("x-amzn-RequestId", requestId);
    }

    private ObjectNode body(HttpCall call, String requestId) {
        String target = call.header(TARGET_HEADER);
        if (!call.method().equals("POST") || target == null || !target.startsWith(TARGET)) {
            throw ApiException.unknownAction();
        }
        return api.answer(
                        RequestReader.read(target.substring(TARGET.length()), parse(call.body())),
                        invocations.apply(requestId))
                .toJson();
    }

    private static JsonNode parse(byte[] body) {
        if (body.length == 0) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw ApiException.unreadable(e.getOriginalMessage());
        } catch (IOException e) {
            throw ApiException.unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static ObjectNode refused(ApiException refused) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("__type", refused.type());
        if (refused.message() != null) {
            json.put("message", refused.message());
        }
        if (refused.detailName() != null) {
            json.put(refused.detailName(), refused.detail());
        }
        return json;
    }

    private static ObjectNode failed(String type, String message) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("__type", "com.amazon.coral.service#" + type)
                .put("message", message);
    }

    private static HttpAnswer answer(int status, ObjectNode json) {
        return HttpAnswer.of(status, JSON_1_0, json.toString().getBytes(UTF_8));
    }
}
