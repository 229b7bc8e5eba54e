package dev.reprise.task.aws.protocol;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.task.aws.model.Member;
import dev.reprise.task.aws.model.Structure;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the REST protocols have in common: members that stand in headers and the status. */
final class RestAnswers {

    private RestAnswers() {}

    static void read(Structure structure, WireAnswer answer, ObjectNode into) {
        for (Member member : structure.members()) {
            switch (member.place()) {
                case HEADER -> {
                    List<String> values = answer.headers().get(member.wireName());
                    if (values != null && !values.isEmpty()) {
                        into.set(member.name(), HeaderText.read(member.shape(), values));
                    }
                }
                case HEADERS -> {
                    ObjectNode found = headers(member.wireName(), answer);
                    if (!found.isEmpty()) {
                        into.set(member.name(), found);
                    }
                }
                case STATUS -> into.set(member.name(), IntNode.valueOf(answer.status()));
                case BODY, PATH, QUERY -> {}
            }
        }
    }

    private static ObjectNode headers(String prefix, WireAnswer answer) {
        ObjectNode found = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, List<String>> header : answer.headers().entrySet()) {
            String name = header.getKey();
            if (name.toLowerCase(Locale.ROOT).startsWith(prefix.toLowerCase(Locale.ROOT))
                    && !header.getValue().isEmpty()) {
                found.put(name.substring(prefix.length()), String.join(",", header.getValue()));
            }
        }
        return found;
    }
}
