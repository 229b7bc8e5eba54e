package dev.reprise.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.task.Job;
import org.jspecify.annotations.Nullable;

/**
 * A job as the table knows it, so that it can be cancelled whoever asked for it has died: a text of JSON, where an
 * execution that does a task stands with its ARN.
 */
public final class JobReference {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JobReference() {}

    public static String write(Job.Submission job) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("resource", job.resource());
        out.set("response", job.response());
        out.put("idempotencyKey", job.idempotencyKey());
        if (job.credentials() != null) {
            out.set("credentials", job.credentials());
        }
        return out.toString();
    }

    /** Null when the text is none that {@link #write} gave, but an execution's ARN. */
    public static Job.@Nullable Submission read(String text) {
        if (!text.startsWith("{")) {
            return null;
        }
        try {
            JsonNode in = MAPPER.readTree(text);
            return new Job.Submission(
                    in.path("resource").asText(),
                    in.path("response"),
                    in.path("idempotencyKey").asText(),
                    in.get("credentials"));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not a job: " + text, e);
        }
    }
}
