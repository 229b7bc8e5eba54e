package dev.reprise.nativetests.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.nativetests.lambda.FunctionSettings;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The template's outputs are commands that work as they stand. */
class TemplateCommandsTest {

    private static final Pattern INVOKE = Pattern.compile("aws lambda invoke (--\\S+( [^-'\\s]\\S*)? )*"
            + "--cli-binary-format raw-in-base64-out --payload '([^']+)' /dev/stdout");

    private static final Map<String, String> OUTPUTS = Surroundings.TEMPLATE.outputs();

    @Test
    void eachIsACallForVersion2OfTheCommandLine() {
        assertThat(List.of("Start", "Describe")).allSatisfy(name -> {
            assertThat(OUTPUTS.get(name)).matches(INVOKE);
            assertThat(OUTPUTS.get(name)).contains("--region ${AWS::Region}", "--function-name ${Function}");
        });
        // It is not waited for: what is sent again after a minute would be another start.
        assertThat(OUTPUTS.get("Start")).contains("--invocation-type Event");
    }

    @Test
    void theyStartAnExecutionOnceAndTellOfIt() {
        assumeTrue(
                Files.exists(Surroundings.PACKAGE.taskRoot().resolve("workflows/hello.asl.json")),
                "only the zip of a project of one's own has the workflow 'hello'");
        try (Reprise reprise = Reprise.deploy("template-commands", settings -> settings)) {
            JsonNode first = reprise.answer(payload("Start"));
            assertThat(first.path("status").asText()).isEqualTo("SUCCEEDED");
            assertThat(first.path("output")).hasToString("{\"greeting\":\"Hello, Grace\"}");

            // As the command line sends it again, and as Lambda does with an event.
            assertThat(reprise.answer(payload("Start"))).isEqualTo(first);
            assertThat(reprise.answer(payload("Describe"))).isEqualTo(first);
            assertThat(reprise.answer("{\"list\": \"hello\"}").path("executions"))
                    .hasSize(1);
        }
    }

    private static String payload(String output) {
        Matcher command = INVOKE.matcher(OUTPUTS.get(output));
        assertThat(command.matches()).isTrue();
        return command.group(3)
                .replace("${AWS::Partition}", "aws")
                .replace("${AWS::Region}", FunctionSettings.REGION)
                .replace("${AWS::AccountId}", FunctionSettings.ACCOUNT);
    }
}
