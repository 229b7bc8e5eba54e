package dev.reprise.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says in JSONata what a definition says in JSONPath. */
@Command(
        name = "convert",
        description = {
            "Writes a definition of JSONPath in JSONata, as far as it is certain to give the same.",
            "A state that holds anything else stays in JSONPath, and is named on standard error."
        },
        footer = {
            "",
            "Example: reprise convert workflows/orders.asl.json > orders.asl.json",
            "Exit code 1 when something was left as it is."
        })
final class ConvertCommand implements Callable<Integer> {

    @Mixin
    DefinitionFile file = new DefinitionFile();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        // Tokens have values only to see that it is valid: what is written keeps them.
        file.workflow();
        ConvertedDefinition conversion = new ConvertedDefinition();
        spec.commandLine().getOut().print(JsonText.pretty(conversion.of((ObjectNode) DefinitionJson.read(file.path))));
        conversion.left().forEach(spec.commandLine().getErr()::println);
        spec.commandLine()
                .getErr()
                .println(conversion.converted() + " states converted, "
                        + conversion.left().size() + " left");
        return conversion.left().isEmpty() ? ExitCode.OK : ExitCode.PROBLEMS;
    }
}
