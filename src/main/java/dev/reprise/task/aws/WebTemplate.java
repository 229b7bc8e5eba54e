package dev.reprise.task.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.task.RequestProblem;
import dev.reprise.task.RequestTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What shows of a request to an API before it is made. */
final class WebTemplate {

    private WebTemplate() {}

    /** @param fields those that a request may have */
    static List<RequestProblem> problems(RequestTemplate request, Set<String> fields) {
        List<RequestProblem> problems = new ArrayList<>();
        JsonNode json = request.json();
        if (json == null || !json.isObject()) {
            return problems;
        }
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            String name = request.name(field.getKey());
            if (!fields.contains(name)) {
                problems.add(new RequestProblem(
                        "/" + field.getKey(),
                        "The field '" + name + "' is not supported by Step Functions",
                        Nearest.of(name, fields.stream().sorted().toList())));
            } else if (name.equals("Method")
                    && request.isWritten(field.getKey(), field.getValue())
                    && !WebParameters.METHODS.contains(field.getValue().asText())) {
                problems.add(new RequestProblem(
                        "/" + field.getKey(),
                        "must be one of "
                                + WebParameters.METHODS.stream().sorted().toList(),
                        null));
            }
        }
        return problems;
    }
}
