package dev.reprise.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.asl.FiniteJsonFactory;
import dev.reprise.execution.Printable;
import dev.reprise.execution.RequestException;
import dev.reprise.history.HistoryQuery;
import dev.reprise.history.PageToken;
import dev.reprise.trigger.AwsEvent;
import dev.reprise.trigger.AwsEvents;
import dev.reprise.trigger.RefusedEventException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an event. What is not one of the {@link Forms} is refused with the one thing that is wrong. */
final class RequestReader {

    private static final int DEFAULT_LIMIT = 20;
    private static final int LARGEST_LIMIT = 100;

    private static final JsonMapper JSON = JsonMapper.builder(new FiniteJsonFactory())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private RequestReader() {}

    /**
     * Reads what came.
     *
     * @throws RequestException when the event is none that this function knows
     * @throws RefusedEventException when it is of a service that starts nothing
     */
    static Request read(byte[] event) {
        JsonNode root = parse(event);
        if (HttpEvents.isOne(root)) {
            return new Request.Http(HttpEvents.read(root), !HttpEvents.isOfFunctionUrl(root));
        }
        if (AwsEvents.isOfBus(root)) {
            return new Request.Events(List.of(AwsEvents.ofBus(root)));
        }
        JsonNode records = root.path("Records");
        if (!records.isArray()) {
            return form(root);
        }
        String service = AwsEvents.service(records.path(0));
        return service.isEmpty() || service.equals("aws:sqs") ? messages(records) : events(records);
    }

    private static JsonNode parse(byte[] event) {
        try {
            JsonNode root = JSON.readTree(event);
            if (root == null || root.isMissingNode()) {
                throw refused("The event is empty");
            }
            return root;
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw refused("The event is not valid JSON" + where + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("Reading bytes that are in memory did I/O", e);
        }
    }

    /**
     * What a queue hands over. Each message is read by itself, so that one which is not valid is no other's matter.
     */
    private static Request messages(JsonNode records) {
        List<Request.Message> messages = new ArrayList<>();
        for (JsonNode message : records) {
            JsonNode body = message.path("body");
            if (!body.isTextual()) {
                throw refused("The event has 'Records', but they are not messages of a queue: one has no 'body'");
            }
            messages.add(new Request.Message(
                    message.path("messageId").asText(),
                    message.path("attributes").path("MessageGroupId").textValue(),
                    body.textValue(),
                    AwsEvents.ofMessage(message)));
        }
        return new Request.Messages(messages);
    }

    private static Request events(JsonNode records) {
        List<AwsEvent> events = new ArrayList<>();
        for (JsonNode record : records) {
            AwsEvent event = AwsEvents.ofRecord(record);
            if (event == null) {
                throw new RefusedEventException(
                        "InvalidEvent",
                        "The event is of '" + Printable.of(AwsEvents.service(record))
                                + "', which starts no workflow: SQS, SNS, S3 and EventBridge do. Send it through one of"
                                + " these, by a pipe of EventBridge for instance");
            }
            events.add(event);
        }
        return new Request.Events(events);
    }

    /** @throws RequestException when a message asks for nothing that this function knows */
    static Request read(Request.Message message) {
        return form(parse(message.body().getBytes(StandardCharsets.UTF_8)));
    }

    private static Request form(JsonNode event) {
        if (!event.isObject()) {
            throw refused("The event is not a JSON object");
        }
        List<String> named = Forms.names().stream().filter(event::has).toList();
        if (named.size() != 1) {
            throw refused(
                    named.isEmpty()
                            ? "The event asks for nothing: it has none of the fields "
                                    + String.join(", ", Forms.names())
                            : "The event has both '" + named.get(0) + "' and '" + named.get(1) + "'");
        }
        String form = named.get(0);
        refuseUnknownFields(event, form, Forms.fieldsBeside(form));
        switch (form) {
            case "sweep" -> {
                requireEmpty(event.path(form), form);
                return new Request.Sweep();
            }
            case "workflows" -> {
                requireEmpty(event.path(form), form);
                return new Request.ListWorkflows();
            }
            case "help" -> {
                requireEmpty(event.path(form), form);
                return new Request.Help();
            }
            case "start" -> {
                return start(event.path(form));
            }
            default -> {}
        }
        if (Forms.OPERATIONS.containsKey(form)) {
            return TaskRequestReader.read(form, event.path(form));
        }
        String subject = text(event, form);
        if (subject == null) {
            throw refused("'" + form + "' must be a text");
        }
        return switch (form) {
            case "workflow" -> new Request.Start(subject, text(event, "name"), input(event), true);
            case "resume" -> new Request.Resume(subject, instant(event, "at"));
            case "describe" -> new Request.Describe(subject);
            case "history" -> new Request.History(subject, historyQuery(event));
            case "stop" -> new Request.Stop(subject, text(event, "error"), text(event, "cause"));
            case "redrive" -> new Request.Redrive(subject);
            case "list" ->
                new Request.ListExecutions(
                        subject, count(event, "limit", DEFAULT_LIMIT, LARGEST_LIMIT), text(event, "next"));
            default ->
                throw new IllegalStateException(
                        "The form '" + form + "' is listed, but RequestReader does not read it");
        };
    }

    private static void requireEmpty(JsonNode options, String form) {
        if (!options.isObject() || !options.isEmpty()) {
            throw refused("'" + form + "' must be an empty object");
        }
    }

    private static Request start(JsonNode fields) {
        if (!fields.isObject()) {
            throw refused("'start' must be an object");
        }
        refuseUnknownFields(fields, "start", Forms.START);
        String workflow = text(fields, "workflow");
        if (workflow == null) {
            throw refused("'workflow' is required");
        }
        return new Request.Start(workflow, text(fields, "name"), input(fields), flag(fields, "wait", true));
    }

    /** A field that is misspelt must not be passed over: without its input, an execution would do something else. */
    private static void refuseUnknownFields(JsonNode event, String form, Set<String> known) {
        for (Iterator<String> fields = event.fieldNames(); fields.hasNext(); ) {
            String field = fields.next();
            if (!field.equals(form) && !known.contains(field)) {
                throw refused("The event has the field '" + field + "', which does not go with '" + form + "'"
                        + (known.isEmpty() ? "" : ": that takes " + String.join(", ", known)));
            }
        }
    }

    private static JsonNode input(JsonNode event) {
        JsonNode input = event.get("input");
        return input == null ? JsonNodeFactory.instance.objectNode() : input;
    }

    private static @Nullable String text(JsonNode event, String field) {
        JsonNode value = event.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw refused("'" + field + "' must be a text");
        }
        return value.textValue();
    }

    private static @Nullable Instant instant(JsonNode event, String field) {
        String text = text(event, field);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw refused("'" + field + "' must be a time such as 2026-11-20T12:00:00Z");
        }
    }

    private static HistoryQuery historyQuery(JsonNode event) {
        String token = text(event, "nextToken");
        try {
            return new HistoryQuery(
                    count(event, "maxResults", HistoryQuery.DEFAULT_MAX_RESULTS, HistoryQuery.LARGEST_MAX_RESULTS),
                    flag(event, "reverseOrder", false),
                    flag(event, "includeExecutionData", true),
                    token == null ? null : PageToken.parse(token));
        } catch (IllegalArgumentException e) {
            throw new RequestException("InvalidToken", e.getMessage() + ". " + Forms.HINT);
        }
    }

    private static int count(JsonNode event, String field, int byDefault, int largest) {
        JsonNode count = event.get(field);
        if (count == null || count.isNull()) {
            return byDefault;
        }
        if (!count.isInt() || count.intValue() < 1 || count.intValue() > largest) {
            throw refused("'" + field + "' must be a whole number from 1 to " + largest);
        }
        return count.intValue();
    }

    private static boolean flag(JsonNode event, String field, boolean byDefault) {
        JsonNode flag = event.get(field);
        if (flag == null || flag.isNull()) {
            return byDefault;
        }
        if (!flag.isBoolean()) {
            throw refused("'" + field + "' must be true or false");
        }
        return flag.booleanValue();
    }

    private static RequestException refused(String problem) {
        return new RequestException("InvalidEvent", problem + ". " + Forms.HINT);
    }
}
