package dev.reprise.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.cli.IamStatements.Statement;
import dev.reprise.task.MappingFile;
import dev.reprise.workflow.WorkflowFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the policy of what definitions call. */
@Command(
        name = "policies",
        description = {
            "Writes what the function's role has to be allowed for definitions to do what they say.",
            "Resources are those that definitions name; where they name none, a comment says which state that is."
        },
        footer = {
            "",
            "Example: reprise policies workflows > policy.yaml",
            "The template's parameter WorkflowPolicies takes the policy's ARN.",
            "Exit code 1 when a definition has errors."
        })
final class PoliciesCommand implements Callable<Integer> {

    /** How a policy is written. */
    enum Format {
        /** A template of CloudFormation that makes it. */
        YAML,
        /** The policy alone. */
        JSON
    }

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files, or folders of workflows.")
    List<Path> files;

    @Option(
            names = "--format",
            defaultValue = "YAML",
            description = "yaml, a template of CloudFormation; or json, the policy alone, without comments.")
    Format format;

    @Option(names = "--partition", defaultValue = "aws", description = "In ARNs of --format json; aws by default.")
    String partition;

    @Option(names = "--region", defaultValue = "*", description = "The same; any by default.")
    String region;

    @Option(names = "--account", defaultValue = "*", description = "The same; any by default.")
    String account;

    @Option(
            names = {"-s", "--substitution"},
            paramLabel = "NAME=VALUE",
            description = "A value for $${NAME}.")
    Map<String, String> substitutions = new LinkedHashMap<>();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        List<WorkflowFile> found = Definitions.files(files, substitutions);
        List<String> errors =
                found.stream().flatMap(file -> file.errors().stream()).toList();
        if (!errors.isEmpty()) {
            throw new CommandException(ExitCode.PROBLEMS, String.join("\n", errors));
        }
        IamStatements needs = new IamStatements();
        for (WorkflowFile file : found) {
            if (file.workflow() != null) {
                needs.add(
                        file.name(),
                        JsonText.parse(
                                file.path().toString(),
                                file.workflow().definition().text()),
                        standIns(file.path()));
            }
        }
        List<Statement> statements = needs.all();
        if (statements.isEmpty()) {
            err.println("Nothing that these definitions do takes leave: there is no policy to make");
            return ExitCode.OK;
        }
        switch (format) {
            case YAML -> out.print(yaml(statements));
            case JSON -> out.print(JsonText.pretty(json(statements)));
        }
        long wide = statements.stream().filter(each -> !each.notes().isEmpty()).count();
        err.println(statements.size() + (statements.size() == 1 ? " statement, " : " statements, ") + wide
                + " of them wider than need be"
                + (format == Format.JSON && wide > 0 ? "; --format yaml tells why" : ""));
        return ExitCode.OK;
    }

    /** Of {@code tasks.json} beside a definition: what methods and workflows stand for. */
    private static Set<String> standIns(Path definition) {
        Set<String> resources = new HashSet<>();
        Path folder = definition.toAbsolutePath().getParent();
        for (int i = 0; i < 2 && folder != null; i++) {
            resources.addAll(MappingFile.readOnce(folder).mapping().tasks().keySet());
            folder = folder.getParent();
        }
        return resources;
    }

    private static String sid(Statement statement, Set<String> taken) {
        StringBuilder name = new StringBuilder();
        for (String word : statement.integration().split("[^A-Za-z0-9]+")) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        String sid = name.toString();
        for (int i = 2; !taken.add(sid); i++) {
            sid = name + "" + i;
        }
        return sid;
    }

    private ObjectNode json(List<Statement> statements) {
        ObjectNode policy = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
        ArrayNode array = policy.putArray("Statement");
        Set<String> taken = new LinkedHashSet<>();
        for (Statement statement : statements) {
            ObjectNode one = array.addObject().put("Sid", sid(statement, taken)).put("Effect", "Allow");
            statement.actions().forEach(one.putArray("Action")::add);
            ArrayNode resources = one.putArray("Resource");
            statement.resources().stream()
                    .map(arn -> arn.replace("${AWS::Partition}", partition)
                            .replace("${AWS::Region}", region)
                            .replace("${AWS::AccountId}", account))
                    .forEach(resources::add);
            if (!statement.passedTo().isEmpty()) {
                statement
                        .passedTo()
                        .forEach(one.putObject("Condition")
                                .putObject("StringEquals")
                                .putArray("iam:PassedToService")::add);
            }
        }
        return policy;
    }

    private String yaml(List<Statement> statements) {
        StringBuilder text = new StringBuilder("""
            AWSTemplateFormatVersion: "2010-09-09"
            Description: What the workflows of Reprise call, as reprise policies wrote it

            # aws cloudformation deploy --template-file policy.yaml --stack-name reprise-policy --capabilities CAPABILITY_IAM
            # Its output PolicyArn is what the parameter WorkflowPolicies of Reprise's template takes.

            Resources:

              WorkflowPolicy:
                Type: AWS::IAM::ManagedPolicy
                Properties:
                  Description: What workflows call
                  PolicyDocument:
                    Version: "2012-10-17"
                    Statement:
            """);
        Set<String> taken = new LinkedHashSet<>();
        for (Statement statement : statements) {
            text.append("          # ").append(statement.integration()).append('\n');
            statement
                    .notes()
                    .forEach(note -> text.append("          # ")
                            .append(note.replaceAll("\\s+", " "))
                            .append('\n'));
            text.append("          - Sid: ").append(sid(statement, taken)).append('\n');
            text.append("            Effect: Allow\n");
            list(text, "            ", "Action", statement.actions());
            list(text, "            ", "Resource", statement.resources());
            if (!statement.passedTo().isEmpty()) {
                text.append("            Condition:\n              StringEquals:\n");
                list(text, "                ", "iam:PassedToService", statement.passedTo());
            }
        }
        return text.append("""

            Outputs:
              PolicyArn:
                Value: !Ref WorkflowPolicy
            """).toString();
    }

    private static void list(StringBuilder text, String indent, String name, Collection<String> values) {
        text.append(indent).append(name).append(":\n");
        for (String value : values) {
            String quoted = "'" + value.replace("'", "''") + "'";
            text.append(indent)
                    .append("  - ")
                    .append(value.contains("${") ? "!Sub " : "")
                    .append(quoted)
                    .append('\n');
        }
    }
}
