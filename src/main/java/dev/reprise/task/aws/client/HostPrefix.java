package dev.reprise.task.aws.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.task.aws.model.Member;
import dev.reprise.task.aws.model.Operation;
import dev.reprise.task.aws.protocol.InvalidRequestException;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What some operations have before the host's name: a text of their own, or members of the request. */
final class HostPrefix {

    private static final Pattern LABEL = Pattern.compile("\\{([^}]+)}");

    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9-]{1,63}");

    private HostPrefix() {}

    /** @throws InvalidRequestException when a member can be no part of a host's name */
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

    /** It must stay one label of the name: what follows a slash would make another host of it. */
    private static String value(Operation operation, JsonNode input, String name) {
        Member member = operation.input().members().stream()
                .filter(each -> each.name().equals(name) || each.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The table has no member for the label {" + name + "}"));
        JsonNode value = input.path(member.name());
        if (value.isMissingNode() || value.isNull()) {
            throw InvalidRequestException.missing(member.name());
        }
        if (!VALUE.matcher(value.asText()).matches()) {
            throw InvalidRequestException.of(
                    member.name(), "must be 1 to 63 letters, digits and hyphens, as it is part of the host's name");
        }
        return value.asText();
    }
}
