package dev.reprise.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The forms that an event may have: each is known by one field, beside which others may stand. */
final class Forms {

    /** What every refusal of an event ends with. */
    static final String HINT = "{\"help\": {}} shows all requests";

    /** The fields within {@code start}. */
    static final Set<String> START = ordered("workflow", "name", "input", "wait");

    /** What those send who do tasks, with the fields within each; the first is required. */
    static final Map<String, Set<String>> OPERATIONS = operations();

    private static Map<String, Set<String>> operations() {
        Map<String, Set<String>> operations = new LinkedHashMap<>();
        operations.put("sendTaskSuccess", ordered("taskToken", "output"));
        operations.put("sendTaskFailure", ordered("taskToken", "error", "cause"));
        operations.put("sendTaskHeartbeat", ordered("taskToken"));
        operations.put("getActivityTask", ordered("activityArn", "workerName"));
        return Collections.unmodifiableMap(operations);
    }

    /**
     * A form.
     *
     * @param fields what may stand beside its own field
     * @param example an event of it, with all its fields
     */
    private record Form(Set<String> fields, ObjectNode example, String does) {}

    private static final Map<String, Form> FORMS = forms();

    private static Map<String, Form> forms() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        String arn = "<execution ARN>";
        Map<String, Form> forms = new LinkedHashMap<>();
        add(
                forms,
                "starts an execution, and waits as long as it runs",
                example("workflow", json.textNode("orders"))
                        .put("name", "optional")
                        .set("input", json.objectNode()));
        add(
                forms,
                "the same; without 'wait' it is answered at once",
                example(
                        "start",
                        json.objectNode()
                                .put("workflow", "orders")
                                .put("name", "optional")
                                .put("wait", false)
                                .set("input", json.objectNode())));
        add(
                forms,
                "carries one on, if it is due",
                example("resume", json.textNode(arn)).put("at", "optional: when it is due"));
        add(
                forms,
                "tells how it stands; while it runs, where it is and what it waits for",
                example("describe", json.textNode(arn)));
        add(
                forms,
                "tells what it has done, event by event",
                example("history", json.textNode(arn))
                        .put("maxResults", 100)
                        .put("nextToken", "optional")
                        .put("reverseOrder", false)
                        .put("includeExecutionData", true));
        add(
                forms,
                "ends it",
                example("stop", json.textNode(arn)).put("error", "optional").put("cause", "optional"));
        add(forms, "has one that failed go on from there", example("redrive", json.textNode(arn)));
        add(
                forms,
                "lists a workflow's executions, newest first",
                example("list", json.textNode("orders")).put("limit", 20).put("next", "optional"));
        add(forms, "lists the workflows, with what is wrong with them", example("workflows", json.objectNode()));
        add(
                forms,
                "resumes what nobody woke up, deletes what has outlived its retention",
                example("sweep", json.objectNode()));
        add(forms, "shows this", example("help", json.objectNode()));
        addOperation(forms, "sendTaskSuccess", "ends a task that waits for its token");
        addOperation(forms, "sendTaskFailure", "ends it with an error");
        addOperation(forms, "sendTaskHeartbeat", "tells that it is being done");
        addOperation(forms, "getActivityTask", "gives a worker an activity's task");
        return Collections.unmodifiableMap(forms);
    }

    private static ObjectNode example(String field, JsonNode value) {
        return JsonNodeFactory.instance.objectNode().set(field, value);
    }

    /** Its first field is the one that it is known by. */
    private static void add(Map<String, Form> forms, String does, ObjectNode example) {
        List<String> fields = new ArrayList<>();
        example.fieldNames().forEachRemaining(fields::add);
        forms.put(fields.getFirst(), new Form(ordered(fields.subList(1, fields.size())), example, does));
    }

    private static void addOperation(Map<String, Form> forms, String operation, String does) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        OPERATIONS.getOrDefault(operation, Set.of()).forEach(field -> fields.put(field, "<" + field + ">"));
        add(forms, does, example(operation, fields));
    }

    private static Set<String> ordered(String... fields) {
        return ordered(List.of(fields));
    }

    private static Set<String> ordered(List<String> fields) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(fields));
    }

    private Forms() {}

    /** The fields by which they are known. */
    static Set<String> names() {
        return FORMS.keySet();
    }

    /** What may stand beside the field by which a form is known. */
    static Set<String> fieldsBeside(String name) {
        Form form = FORMS.get(name);
        return form == null ? Set.of() : form.fields();
    }

    /** All of them, for who asks. */
    static ObjectNode help() {
        ObjectNode help = JsonNodeFactory.instance.objectNode();
        ArrayNode requests = help.putArray("requests");
        FORMS.values()
                .forEach(form -> requests.addObject().put("does", form.does()).set("event", form.example()));
        return help;
    }
}
