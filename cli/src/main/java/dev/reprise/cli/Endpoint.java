package dev.reprise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which endpoint a command talks to, and how its executions are named. */
final class Endpoint {

    private static final String LOCAL = "http://127.0.0.1:8083";

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "Where the Step Functions API is; AWS_ENDPOINT_URL_SFN, or http://127.0.0.1:8083.")
    @Nullable
    URI endpoint;

    @Option(names = "--output", defaultValue = "TEXT", description = "text or json.")
    OutputFormat output;

    private @Nullable StepFunctionsClient client;

    StepFunctionsClient client() {
        StepFunctionsClient known = client;
        if (known == null) {
            known = new StepFunctionsClient(uri());
            client = known;
        }
        return known;
    }

    private URI uri() {
        if (endpoint != null) {
            return endpoint;
        }
        String told = System.getenv("AWS_ENDPOINT_URL_SFN");
        return URI.create(told == null ? Objects.requireNonNullElse(System.getenv("AWS_ENDPOINT_URL"), LOCAL) : told);
    }

    boolean isJson() {
        return output == OutputFormat.JSON;
    }

    /** The ARN of a state machine that is given by its ARN or its name. */
    String stateMachineArn(String given) {
        if (given.startsWith("arn:")) {
            return given;
        }
        String[] found = {""};
        StringBuilder names = new StringBuilder();
        client().pages("ListStateMachines", StepFunctionsClient.object(), "stateMachines", machine -> {
            String name = machine.path("name").asText();
            names.append(names.isEmpty() ? "" : ", ").append(name);
            if (name.equals(given)) {
                found[0] = machine.path("stateMachineArn").asText();
            }
        });
        if (found[0].isEmpty()) {
            throw new CommandException("There is no state machine '" + given + "'. There are: " + names);
        }
        return found[0];
    }

    /** The ARN of an execution that is given by its ARN, or as {@code WORKFLOW/NAME}. */
    String executionArn(String given) {
        int slash = given.indexOf('/');
        if (given.startsWith("arn:") || slash < 0) {
            if (!given.startsWith("arn:")) {
                throw new CommandException(
                        ExitCode.USAGE, "An execution is named by its ARN, or as WORKFLOW/NAME, not '" + given + "'");
            }
            return given;
        }
        return stateMachineArn(given.substring(0, slash)).replaceFirst(":stateMachine:", ":execution:") + ":"
                + given.substring(slash + 1);
    }

    /** JSON that the API holds as text. */
    static JsonNode data(JsonNode text) {
        return text.isTextual() ? JsonText.parse("the answer", text.textValue()) : text;
    }
}
