package dev.reprise.testing.teststate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.query.Queries;
import dev.reprise.query.QueryLimits;
import dev.reprise.query.jsonata.JsonataQueries;
import dev.reprise.query.jsonpath.JsonPathQueries;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * Calls the API as a client does, and reads its answer. What holds JSON as text is written and read as JSON here,
 * unless it is text already.
 */
public final class Api {

    static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<QueryLanguage, Queries> LANGUAGES = Map.of(
            QueryLanguage.JSONPATH, new JsonPathQueries(),
            QueryLanguage.JSONATA, new JsonataQueries(QueryLimits.DEFAULT));

    private static final Set<String> TEXTS = Set.of("definition", "input", "variables", "context");

    private Api() {}

    /** The answer to a request. */
    public static JsonNode answer(String request) {
        return answer(request, TaskCalls.NONE);
    }

    public static JsonNode answer(String request, TaskCalls tasks) {
        ObjectNode body = (ObjectNode) json(request);
        TEXTS.forEach(name -> toText(body, name));
        if (body.get("mock") instanceof ObjectNode mock) {
            toText(mock, "result");
        }
        ObjectNode answer = new StateTester(LANGUAGES::get, tasks, () -> NOW, InterpreterLimits.DEFAULT)
                .test(TestStateRequest.parse(body))
                .toJson();
        fromText(answer, "output");
        if (answer.get("inspectionData") instanceof ObjectNode data) {
            data.properties().stream().map(Map.Entry::getKey).toList().forEach(name -> fromText(data, name));
        }
        return json(answer.toString());
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static void toText(ObjectNode object, String name) {
        if (object.has(name) && !object.get(name).isTextual()) {
            object.put(name, object.get(name).toString());
        }
    }

    private static void fromText(ObjectNode object, String name) {
        if (object.path(name).isTextual()) {
            object.set(name, json(object.get(name).textValue()));
        }
    }
}
