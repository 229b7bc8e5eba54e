package dev.reprise.task.aws.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.task.aws.model.Member;
import dev.reprise.task.aws.model.Operation;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What some operations have before the host's name: a text of their own, or members of the request. */
final class HostPrefix {

    private static final Pattern LABEL = Pattern.compile("\\{([^}]+)}");

    private HostPrefix() {}

    static URI added(Operation operation, JsonNode input, URI host) {
        String prefix = operation.hostPrefix();
        if (prefix == null) {
            return host;
        }
        Matcher label = LABEL.matcher(prefix);
        String filled = label.replaceAll(found -> Matcher.quoteReplacement(value(operation, input, found.group(1))));
        String path = host.getRawPath() == null ? "" : host.getRawPath();
        return URI.create(host.getScheme() + "://" + filled + host.getRawAuthority() + path);
    }

    private static String value(Operation operation, JsonNode input, String name) {
        for (Member member : operation.input().members()) {
            if (member.name().equals(name) || member.wireName().equals(name)) {
                return input.path(member.name()).asText();
            }
        }
        return "";
    }
}
