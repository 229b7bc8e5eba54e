package dev.reprise.task.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.task.RequestProblem;
import dev.reprise.task.RequestTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What shows of a request to an API before it is made. */
final class WebTemplate {

    private WebTemplate() {}

    /** @param fields those that a request may have */
    static List<RequestProblem> problems(RequestTemplate request, Set<String> fields) {
        List<RequestProblem> problems = new ArrayList<>();
        JsonNode method = request.json() == null ? null : request.json().get("Method");
        if (method != null && request.isWritten("Method", method) && !WebParameters.METHODS.contains(method.asText())) {
            problems.add(new RequestProblem(
                    "/Method",
                    "must be one of " + WebParameters.METHODS.stream().sorted().toList(),
                    null));
        }
        problems.addAll(
                new RequestCheck(request).problems(fields.stream().sorted().toList()));
        return problems;
    }
}
