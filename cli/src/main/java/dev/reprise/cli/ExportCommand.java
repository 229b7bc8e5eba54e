package dev.reprise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.workflow.Workflow;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a definition as Step Functions takes it. */
@Command(
        name = "export",
        description = {
            "Writes a definition as Step Functions takes it: tokens replaced, YAML as JSON, Reprise blocks translated"
                    + " as far",
            "as ASL can say them. What it cannot say is named on standard error."
        },
        footer = {
            "",
            "Example: reprise export workflows/orders.asl.json -r"
                    + " task:charge=arn:aws:lambda:us-east-1:1:function:charge",
            "Exit code 1 when something could not be said."
        })
final class ExportCommand implements Callable<Integer> {

    @Mixin
    DefinitionFile file = new DefinitionFile();

    @Option(
            names = {"-r", "--resource"},
            paramLabel = "FROM=TO",
            description = "What stands for a resource of this function, such as task:charge, on AWS.")
    Map<String, String> resources = new LinkedHashMap<>();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        Workflow workflow = file.workflow();
        PlainAsl plain = new PlainAsl(resources);
        JsonNode definition = plain.of(DefinitionJson.read(workflow));
        spec.commandLine().getOut().print(JsonText.pretty(definition));
        plain.lost().forEach(spec.commandLine().getErr()::println);
        return plain.lost().isEmpty() ? ExitCode.OK : ExitCode.PROBLEMS;
    }
}
