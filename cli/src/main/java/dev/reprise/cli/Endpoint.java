package dev.reprise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which endpoint a command talks to, and how its executions are named. */
final class Endpoint {

    private static final String LOCAL = "http://127.0.0.1:8083";

    private static final int LARGEST_PAGE = 1_000;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "Where the Step Functions API is; AWS_ENDPOINT_URL_SFN, AWS_ENDPOINT_URL, or " + LOCAL + ".")
    @Nullable
    URI endpoint;

    @Option(names = "--output", defaultValue = "TEXT", description = "text or json.")
    OutputFormat output;

    @Mixin
    SigningOptions signing = new SigningOptions();

    private @Nullable StepFunctionsClient client;

    /** ARNs by name; empty until somebody asks for one. */
    private final Map<String, String> stateMachines = new LinkedHashMap<>();

    StepFunctionsClient client() {
        StepFunctionsClient known = client;
        if (known == null) {
            URI uri = uri();
            known = new StepFunctionsClient(uri, signing.signing(uri, System.getenv()));
            client = known;
        }
        return known;
    }

    private URI uri() {
        if (endpoint != null) {
            return checked(endpoint);
        }
        String told = System.getenv("AWS_ENDPOINT_URL_SFN");
        return checked(
                URI.create(told == null ? Objects.requireNonNullElse(System.getenv("AWS_ENDPOINT_URL"), LOCAL) : told));
    }

    /** @throws CommandException when it is no URL of HTTP */
    static URI checked(URI endpoint) {
        String scheme = String.valueOf(endpoint.getScheme()).toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || endpoint.getHost() == null) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "An endpoint is a URL such as https://HOST/ or " + LOCAL + ", not '" + endpoint + "'");
        }
        return endpoint;
    }

    boolean isJson() {
        return output == OutputFormat.JSON;
    }

    /** The ARN of a state machine that is given by its ARN or its name. */
    String stateMachineArn(String given) {
        if (given.startsWith("arn:")) {
            return given;
        }
        if (stateMachines.isEmpty()) {
            client().pages(
                            "ListStateMachines",
                            StepFunctionsClient.object(),
                            "stateMachines",
                            machine -> stateMachines.put(
                                    machine.path("name").asText(),
                                    machine.path("stateMachineArn").asText()));
        }
        String found = stateMachines.get(given);
        if (found == null) {
            throw new CommandException("There is no state machine '" + given + "'. There are: "
                    + String.join(", ", stateMachines.keySet()));
        }
        return found;
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

    /** All events of an execution. */
    ArrayNode history(String executionArn) {
        ArrayNode events = JsonNodeFactory.instance.arrayNode();
        client().pages("GetExecutionHistory", historyRequest(executionArn), "events", events::add);
        return events;
    }

    /** Asks for the first page of its events. */
    static ObjectNode historyRequest(String executionArn) {
        return StepFunctionsClient.object().put("executionArn", executionArn).put("maxResults", LARGEST_PAGE);
    }

    /** JSON that the API holds as text. */
    static JsonNode data(JsonNode text) {
        return text.isTextual() ? JsonText.parse("the answer", text.textValue()) : text;
    }
}
