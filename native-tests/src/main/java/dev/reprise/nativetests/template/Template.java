package dev.reprise.nativetests.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/**
 * The deployment template. The tests' table and the function's environment come from it, so that what is tested is what
 * will be deployed.
 */
public final class Template {

    private final Path file;
    private final JsonNode resources;
    private final JsonNode parameters;
    private final JsonNode outputs;

    private Template(Path file, JsonNode template) {
        this.file = file;
        this.resources = template.path("Resources");
        this.parameters = template.path("Parameters");
        this.outputs = template.path("Outputs");
    }

    /** Reads a SAM template in YAML. */
    public static Template read(Path file) {
        try {
            // CloudFormation's short forms are YAML tags, which the reader drops: `!Ref Table` reads as "Table".
            return new Template(file, new YAMLMapper().readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /**
     * The function's environment, as if no condition held: what is chosen by one is left out. Parameters have their
     * defaults.
     *
     * @param resolved what a reference to a resource stands for, such as {@code Table} for a table's name
     * @throws IllegalStateException when a variable refers to a resource that is not among these
     */
    public Map<String, String> environment(Map<String, String> resolved) {
        Map<String, String> environment = new LinkedHashMap<>();
        JsonNode function = theOnly("AWS::Serverless::Function");
        for (var variable : function.at("/Environment/Variables").properties()) {
            if (variable.getValue().isArray()) {
                continue;
            }
            String value = variable.getValue().asText();
            if (resources.has(value) && !resolved.containsKey(value)) {
                throw new IllegalStateException(
                        file + ": " + variable.getKey() + " refers to " + value + ", which these tests do not provide");
            }
            String parameter = parameters.has(value)
                    ? parameters.path(value).path("Default").asText()
                    : value;
            environment.put(variable.getKey(), resolved.getOrDefault(value, parameter));
        }
        return environment;
    }

    /** What is shown once it is deployed, by name, with references as they stand. */
    public Map<String, String> outputs() {
        Map<String, String> values = new LinkedHashMap<>();
        outputs.properties()
                .forEach(output -> values.put(
                        output.getKey(), output.getValue().path("Value").asText()));
        return values;
    }

    /**
     * What the function's role may do.
     *
     * @param conditions those that hold
     * @param resolved what parameters and resources stand for: {@code Table.Arn}, {@code FunctionName}; what has no
     *     value allows nothing
     */
    public Policy rolePolicy(Set<String> conditions, Map<String, String> resolved) {
        List<JsonNode> documents = new ArrayList<>();
        theOnlyRole().path("Policies").forEach(policy -> documents.add(policy.path("PolicyDocument")));
        for (JsonNode resource : resources) {
            if (resource.path("Type").asText().equals("AWS::IAM::RolePolicy")
                    && resource.at("/Properties/RoleName").asText().equals("Role")
                    && conditions.contains(resource.path("Condition").asText())) {
                documents.add(resource.at("/Properties/PolicyDocument"));
            }
        }
        Policy all = new Policy(List.of());
        for (JsonNode document : documents) {
            all = all.and(Policy.of(document, text -> substituted(text, resolved)));
        }
        return all;
    }

    private JsonNode theOnlyRole() {
        JsonNode role = resources.at("/Role/Properties");
        if (!role.has("Policies")) {
            throw new IllegalStateException(file + ": no resource Role with policies");
        }
        return role;
    }

    /** Of {@code !GetAtt Table.Arn} and {@code !Sub ${Table.Arn}/index/x} the reader leaves the text. */
    private static String substituted(String text, Map<String, String> resolved) {
        String value = resolved.getOrDefault(text, text);
        for (Map.Entry<String, String> known : resolved.entrySet()) {
            value = value.replace("${" + known.getKey() + "}", known.getValue());
        }
        return value;
    }

    /** A request for the template's table under another name. */
    public CreateTableRequest table(String name) {
        JsonNode table = theOnly("AWS::DynamoDB::Table");
        List<AttributeDefinition> attributes = new ArrayList<>();
        for (JsonNode attribute : table.path("AttributeDefinitions")) {
            attributes.add(AttributeDefinition.builder()
                    .attributeName(attribute.path("AttributeName").asText())
                    .attributeType(attribute.path("AttributeType").asText())
                    .build());
        }
        List<GlobalSecondaryIndex> indexes = new ArrayList<>();
        for (JsonNode index : table.path("GlobalSecondaryIndexes")) {
            indexes.add(GlobalSecondaryIndex.builder()
                    .indexName(index.path("IndexName").asText())
                    .keySchema(keySchema(index))
                    .projection(Projection.builder()
                            .projectionType(
                                    index.at("/Projection/ProjectionType").asText())
                            .build())
                    .build());
        }
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attributes)
                .keySchema(keySchema(table))
                .globalSecondaryIndexes(indexes)
                .build();
    }

    private static List<KeySchemaElement> keySchema(JsonNode of) {
        List<KeySchemaElement> keys = new ArrayList<>();
        for (JsonNode key : of.path("KeySchema")) {
            keys.add(KeySchemaElement.builder()
                    .attributeName(key.path("AttributeName").asText())
                    .keyType(key.path("KeyType").asText())
                    .build());
        }
        return keys;
    }

    /** The properties of the one resource of this type. */
    private JsonNode theOnly(String type) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode resource : resources) {
            if (resource.path("Type").asText().equals(type)) {
                found.add(resource.path("Properties"));
            }
        }
        if (found.size() != 1) {
            throw new IllegalStateException(
                    file + ": expected one resource of type " + type + ", found " + found.size());
        }
        return found.getFirst();
    }
}
