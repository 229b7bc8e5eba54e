package dev.reprise.task.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Suggestion;
import dev.reprise.task.RequestProblem;
import dev.reprise.task.RequestTemplate;
import dev.reprise.task.aws.model.Member;
import dev.reprise.task.aws.model.Shape;
import dev.reprise.task.aws.model.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Holds a request's template against the members that a service knows. What is computed is left to the service. */
public final class RequestCheck {

    private final RequestTemplate template;
    private final BiFunction<Structure, String, @Nullable Member> lookUp;
    private final List<RequestProblem> problems = new ArrayList<>();

    /** A check of a request in the names of the service's model. */
    public RequestCheck(RequestTemplate template) {
        this(template, Structure::member);
    }

    /** @param lookUp finds a member by the name that workflows give it */
    RequestCheck(RequestTemplate template, BiFunction<Structure, String, @Nullable Member> lookUp) {
        this.template = template;
        this.lookUp = lookUp;
    }

    /** What is wrong with a request that has these fields, and nothing more is known of them. */
    public List<RequestProblem> problems(List<String> fields) {
        JsonNode json = template.json();
        if (json != null && json.isObject()) {
            for (Map.Entry<String, JsonNode> field : json.properties()) {
                String name = template.name(field.getKey());
                if (!fields.contains(name)) {
                    refuse("", field.getKey(), name, fields);
                }
            }
        }
        return List.copyOf(problems);
    }

    /** What is wrong with a request of that form. */
    public List<RequestProblem> problems(Structure input) {
        JsonNode json = template.json();
        if (json != null && template.isWritten(json)) {
            check(json, input, "");
        }
        return List.copyOf(problems);
    }

    private void check(JsonNode value, Shape shape, String pointer) {
        switch (shape) {
            case Structure structure -> {
                boolean mereText = value.isTextual() && structure.isAttributeValue();
                if (!mereText && expect(value.isObject(), "an object", value, pointer)) {
                    checkMembers(value, structure, pointer);
                }
            }
            case Shape.ListOf list -> {
                if (expect(value.isArray(), "an array", value, pointer)) {
                    for (int i = 0; i < value.size(); i++) {
                        if (template.isWritten(value.get(i))) {
                            check(value.get(i), list.element().shape(), pointer + "/" + i);
                        }
                    }
                }
            }
            case Shape.MapOf map -> {
                if (expect(value.isObject(), "an object", value, pointer)) {
                    for (Map.Entry<String, JsonNode> entry : value.properties()) {
                        if (template.isWritten(entry.getKey(), entry.getValue())) {
                            check(entry.getValue(), map.value().shape(), pointer + "/" + escape(entry.getKey()));
                        }
                    }
                }
            }
            case Shape.Scalar scalar -> {}
            case Shape.Time time -> {}
        }
    }

    private void checkMembers(JsonNode value, Structure structure, String pointer) {
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            String name = template.name(field.getKey());
            Member member = lookUp.apply(structure, name);
            if (member == null) {
                refuse(
                        pointer,
                        field.getKey(),
                        name,
                        structure.members().stream().map(Member::name).toList());
            } else if (template.isWritten(field.getKey(), field.getValue())) {
                check(field.getValue(), member.shape(), pointer + "/" + escape(field.getKey()));
            }
        }
    }

    private void refuse(String pointer, String field, String name, List<String> known) {
        problems.add(new RequestProblem(
                pointer + "/" + escape(field),
                "The field '" + name + "' is not supported by Step Functions",
                Suggestion.among(name, known)));
    }

    private boolean expect(boolean right, String kind, JsonNode value, String pointer) {
        if (!right && !value.isNull()) {
            problems.add(new RequestProblem(pointer, "must be " + kind + ", but is " + value, null));
        }
        return right;
    }

    private static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
