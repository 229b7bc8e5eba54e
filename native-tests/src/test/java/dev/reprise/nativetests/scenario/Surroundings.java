package dev.reprise.nativetests.scenario;

import dev.reprise.nativetests.dynamodb.DynamoDbLocal;
import dev.reprise.nativetests.lambda.FunctionPackage;
import dev.reprise.nativetests.template.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What all scenarios share: one DynamoDB Local, the unpacked function with these tests' own workflows, the template.
 */
final class Surroundings {

    private static final Path FOLDER = Path.of(System.getProperty("sandboxes"));

    /** Ends with this process. */
    static final DynamoDbLocal DYNAMO_DB = DynamoDbLocal.start(
            Path.of(System.getProperty("dynamodb-local.classpath")), FOLDER.resolve("dynamodb.log"));

    static final Template TEMPLATE = Template.read(Path.of(System.getProperty("template")));

    static final FunctionPackage PACKAGE = unpack();

    private Surroundings() {}

    /** The folder for what the processes of a scenario print. */
    static Path logsOf(String scenario) {
        return FOLDER.resolve(scenario);
    }

    private static FunctionPackage unpack() {
        FunctionPackage unpacked = FunctionPackage.unpack(
                Path.of(System.getProperty("function.zip")),
                FOLDER.resolve("function"),
                Path.of(System.getProperty("runtime-interface-client")));
        Path workflows = unpacked.taskRoot().resolve("workflows");
        try (var ours = Files.list(Path.of("src/test/resources/workflows"))) {
            Files.createDirectories(workflows);
            for (Path workflow : ours.toList()) {
                Files.copy(workflow, workflows.resolve(workflow.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot add the tests' workflows to " + workflows, e);
        }
        return unpacked;
    }
}
