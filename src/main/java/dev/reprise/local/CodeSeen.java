package dev.reprise.local;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.reprise.http.HttpCall;
import java.io.IOException;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which calls are to see code as it is now: those that run it. Who only looks, stops, or answers a task is answered at
 * once, be the code as it may.
 */
public final class CodeSeen implements Predicate<HttpCall> {

    private static final Set<String> FORMS = Set.of("workflow", "start", "resume", "redrive");

    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public boolean test(HttpCall call) {
        String target = call.header("X-Amz-Target");
        if (target != null) {
            String operation = target.substring(target.indexOf('.') + 1);
            return operation.startsWith("Start") || operation.startsWith("Redrive") || operation.equals("TestState");
        }
        return call.method().equals("POST") ? runs(call.body()) : call.path().equals("/");
    }

    private static boolean runs(byte[] event) {
        try (JsonParser parser = JSON.createParser(event)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                if (FORMS.contains(parser.currentName())) {
                    return true;
                }
                parser.nextToken();
                parser.skipChildren();
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }
}
