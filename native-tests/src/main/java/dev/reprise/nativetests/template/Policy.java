package dev.reprise.nativetests.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What a role may do. Only statements that allow count; of what is asked for both the action and the resource are
 * looked at, as IAM does, where {@code *} stands for anything.
 *
 * @param statements in the order in which they stand
 */
public record Policy(List<Statement> statements) {

    /** What is allowed together. */
    public record Statement(List<String> actions, List<String> resources) {
        public Statement {
            actions = List.copyOf(actions);
            resources = List.copyOf(resources);
        }
    }

    public Policy {
        statements = List.copyOf(statements);
    }

    /** Reads a policy document. */
    public static Policy read(Path file) {
        try {
            return of(new ObjectMapper().readTree(file.toFile()), UnaryOperator.identity());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /**
     * Takes what a document says.
     *
     * @param resolved makes an ARN of what a document says of a resource
     */
    static Policy of(JsonNode document, UnaryOperator<String> resolved) {
        List<Statement> statements = new ArrayList<>();
        for (JsonNode statement : document.path("Statement")) {
            if (!statement.path("Effect").asText().equals("Allow")) {
                throw new IllegalArgumentException("only what is allowed is understood here, not " + statement);
            }
            statements.add(new Statement(
                    texts(statement.path("Action")),
                    texts(statement.path("Resource")).stream().map(resolved).toList()));
        }
        return new Policy(statements);
    }

    /** This and another one. */
    public Policy and(Policy other) {
        List<Statement> both = new ArrayList<>(statements);
        both.addAll(other.statements);
        return new Policy(both);
    }

    /** Whether an action may be done with a resource. */
    public boolean allows(String action, String arn) {
        return statements.stream()
                .anyMatch(statement -> statement.actions.stream().anyMatch(pattern -> matches(pattern, action))
                        && statement.resources.stream().anyMatch(pattern -> matches(pattern, arn)));
    }

    private static boolean matches(String pattern, String text) {
        return Pattern.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"), text);
    }

    private static List<String> texts(JsonNode oneOrSeveral) {
        if (!oneOrSeveral.isArray()) {
            return List.of(oneOrSeveral.asText());
        }
        List<String> all = new ArrayList<>();
        oneOrSeveral.forEach(each -> all.add(each.asText()));
        return all;
    }
}
