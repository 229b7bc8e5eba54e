package dev.reprise.task.aws.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.asl.parser.Definitions;
import dev.reprise.query.check.QueryExpressionChecker;
import dev.reprise.task.aws.SdkActions;
import dev.reprise.task.aws.model.ServiceModel;
import dev.reprise.task.aws.model.ServiceModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/integrations.md} has its tables from the code. */
class IntegrationsDocumentTest {

    private static final Path DOCUMENT = Path.of("docs", "integrations.md");
    private static final String BEGIN = "<!-- tables: written by IntegrationsDocumentTest -->\n";
    private static final String END = "<!-- end of tables -->\n";

    @Test
    void theTablesAreThoseOfTheCode() throws IOException {
        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        String whole = document.substring(0, begin) + tables() + document.substring(document.indexOf(END));
        Path written = Path.of("target", "integrations.md");
        Files.writeString(written, whole);

        assertThat(document)
                .as("the code has other integrations than %s tells; %s is how it should be", DOCUMENT, written)
                .isEqualTo(whole);
    }

    private static String tables() {
        StringBuilder text = new StringBuilder();
        text.append("| integration | action | at once | `.sync` | `.waitForTaskToken` |\n");
        text.append("| --- | --- | --- | --- | --- |\n");
        OptimisedIntegrations.all()
                .forEach((name, service) -> service.actions()
                        .forEach((action, what) -> text.append("| `%s` | `%s` | yes | %s | %s |\n"
                                .formatted(
                                        name,
                                        action,
                                        what.job() == null ? "" : "yes",
                                        waitsForToken(name + ":" + action) ? "yes" : ""))));
        text.append("\n| service | errors begin with | protocol | actions |\n");
        text.append("| --- | --- | --- | ---: |\n");
        for (ServiceModels.Listed listed : ServiceModels.all()) {
            ServiceModel service = ServiceModels.get(listed.name());
            text.append("| `%s` | `%s.` | %s | %d |\n"
                    .formatted(
                            listed.name(),
                            listed.prefix(),
                            listed.protocol().text(),
                            service.operations().stream()
                                    .filter(operation -> SdkActions.refusal(service, operation) == null)
                                    .count()));
        }
        return text.toString();
    }

    /** As the language has it. */
    private static boolean waitsForToken(String action) {
        String definition = """
            {"StartAt": "S", "States": {"S": {"Type": "Task", "End": true, "Arguments": "{%% $states.input %%}",
             "QueryLanguage": "JSONata", "Resource": "arn:aws:states:::%s.waitForTaskToken"}}}\
            """.formatted(action);
        return Definitions.parse("t", definition, new QueryExpressionChecker()).machine() != null;
    }
}
