package dev.reprise.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A template of CloudFormation as it is deployed with certain parameters: conditions are decided, references to
 * parameters are their values, and references to resources stand as {@code ${Name}} and {@code ${Name.Attribute}}. One
 * to a resource that is not made is an error, as it is for CloudFormation.
 */
final class Template {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(!?)([A-Za-z0-9:.]+)}");

    private static final Set<String> FUNCTIONS = Set.of("Ref", "Fn::GetAtt", "Fn::Sub", "Fn::If", "Fn::Join");

    private static final Map<String, String> PSEUDO_PARAMETERS = Map.of(
            "AWS::Partition", "aws",
            "AWS::Region", "eu-west-1",
            "AWS::AccountId", "111111111111",
            "AWS::URLSuffix", "amazonaws.com",
            "AWS::StackName", "reprise");

    private final JsonNode template;
    private final Map<String, JsonNode> values = new LinkedHashMap<>();

    private Template(JsonNode template, Map<String, String> parameters) {
        this.template = template;
        JsonNode declared = template.path("Parameters");
        parameters.keySet().stream().filter(name -> !declared.has(name)).forEach(name -> {
            throw new IllegalArgumentException("The template has no parameter " + name);
        });
        declared.properties()
                .forEach(parameter -> values.put(
                        parameter.getKey(),
                        value(parameter.getKey(), parameter.getValue(), parameters.get(parameter.getKey()))));
    }

    /** With these parameters, and the defaults of all others. */
    static Template read(Path file, Map<String, String> parameters) {
        try (Reader reader = Files.newBufferedReader(file)) {
            return new Template(json(new Yaml(new LoaderOptions()).compose(reader)), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** That of this project. */
    static Template with(Map<String, String> parameters) {
        return read(Path.of("infra", "template.yaml"), parameters);
    }

    private static JsonNode value(String name, JsonNode parameter, String given) {
        String text = given != null ? given : parameter.path("Default").asText(null);
        if (text == null) {
            throw new IllegalArgumentException(name + " has no default");
        }
        JsonNode allowed = parameter.path("AllowedValues");
        if (allowed.isArray()
                && allowed.valueStream().noneMatch(each -> each.asText().equals(text))) {
            throw new IllegalArgumentException(name + " cannot be '" + text + "'");
        }
        if (parameter.has("AllowedPattern")
                && !text.matches(parameter.path("AllowedPattern").asText())) {
            throw new IllegalArgumentException(name + " cannot be '" + text + "': "
                    + parameter.path("ConstraintDescription").asText());
        }
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (!parameter.path("Type").asText().equals("CommaDelimitedList")) {
            return nodes.textNode(text);
        }
        ArrayNode list = nodes.arrayNode();
        for (String each : text.split(",", -1)) {
            list.add(each.strip());
        }
        return list;
    }

    /** The names of all resources, made or not. */
    Set<String> declared() {
        Set<String> names = new TreeSet<>();
        template.path("Resources").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The resources that are made, by name, each with its type and its properties. */
    Map<String, JsonNode> resources() {
        Map<String, JsonNode> made = new LinkedHashMap<>();
        template.path("Resources").properties().forEach(resource -> {
            if (isMade(resource.getValue())) {
                made.put(resource.getKey(), resolved(resource.getKey(), resource.getValue()));
            }
        });
        return made;
    }

    /** The properties of one that is made. */
    JsonNode properties(String resource) {
        JsonNode made = resources().get(resource);
        if (made == null) {
            throw new IllegalArgumentException("There is no " + resource);
        }
        return made.path("Properties");
    }

    /** What is shown, by name. */
    Map<String, String> outputs() {
        Map<String, String> shown = new LinkedHashMap<>();
        template.path("Outputs").properties().forEach(output -> {
            if (isMade(output.getValue())) {
                shown.put(
                        output.getKey(),
                        resolved(output.getKey(), output.getValue().path("Value"))
                                .asText());
            }
        });
        return shown;
    }

    private boolean isMade(JsonNode part) {
        return !part.has("Condition") || holds(part.path("Condition").asText());
    }

    private boolean holds(String condition) {
        JsonNode rule = template.path("Conditions").get(condition);
        if (rule == null) {
            throw new IllegalArgumentException("There is no condition " + condition);
        }
        return isTrue(rule);
    }

    private boolean isTrue(JsonNode rule) {
        Map.Entry<String, JsonNode> function = rule.properties().iterator().next();
        JsonNode arguments = function.getValue();
        return switch (function.getKey()) {
            case "Condition" -> holds(arguments.asText());
            case "Fn::Not" -> !isTrue(arguments.get(0));
            case "Fn::And" -> arguments.valueStream().allMatch(this::isTrue);
            case "Fn::Or" -> arguments.valueStream().anyMatch(this::isTrue);
            case "Fn::Equals" ->
                resolved("condition", arguments.get(0))
                        .asText()
                        .equals(resolved("condition", arguments.get(1)).asText());
            default -> throw new IllegalArgumentException("No condition: " + rule);
        };
    }

    /** Null for AWS::NoValue. */
    private JsonNode resolved(String where, JsonNode node) {
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (JsonNode each : node) {
                JsonNode value = resolved(where, each);
                if (value != null) {
                    array.add(value);
                }
            }
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        Map.Entry<String, JsonNode> first =
                node.properties().stream().findFirst().orElse(null);
        return first != null && node.size() == 1 && FUNCTIONS.contains(first.getKey())
                ? called(where, first.getKey(), first.getValue())
                : members(where, node);
    }

    private JsonNode called(String where, String function, JsonNode arguments) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (function) {
            case "Ref" -> reference(where, arguments.asText());
            case "Fn::GetAtt" -> nodes.textNode(attribute(where, arguments.asText()));
            case "Fn::Sub" -> nodes.textNode(substituted(where, arguments.asText()));
            case "Fn::If" ->
                resolved(where, arguments.get(holds(arguments.get(0).asText()) ? 1 : 2));
            default ->
                nodes.textNode(resolved(where, arguments.get(1))
                        .valueStream()
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(arguments.get(0).asText())));
        };
    }

    private ObjectNode members(String where, JsonNode node) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        node.properties().forEach(member -> {
            JsonNode value = resolved(where, member.getValue());
            if (value != null) {
                object.set(member.getKey(), value);
            }
        });
        return object;
    }

    private JsonNode reference(String where, String name) {
        if (name.equals("AWS::NoValue")) {
            return null;
        }
        return values.containsKey(name) ? values.get(name) : JsonNodeFactory.instance.textNode(text(where, name));
    }

    private String attribute(String where, String name) {
        String resource = name.substring(0, name.indexOf('.'));
        JsonNode declared = template.path("Resources").get(resource);
        if (declared == null || !isMade(declared)) {
            throw new IllegalArgumentException(where + " refers to " + name + ", and there is no " + resource);
        }
        return "${" + name + "}";
    }

    private String text(String where, String name) {
        if (PSEUDO_PARAMETERS.containsKey(name)) {
            return PSEUDO_PARAMETERS.get(name);
        }
        if (values.containsKey(name)) {
            return values.get(name).asText();
        }
        attribute(where, name + ".");
        return "${" + name + "}";
    }

    private String substituted(String where, String text) {
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder replaced = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(2);
            String value;
            if (!matcher.group(1).isEmpty()) {
                value = "${" + name + "}";
            } else {
                value = name.contains(".") ? attribute(where, name) : text(where, name);
            }
            matcher.appendReplacement(replaced, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(replaced).toString();
    }

    /** With the short forms of functions, such as {@code !Ref}, as their long ones. */
    private static JsonNode json(Node node) {
        JsonNode content = content(node);
        String tag = node.getTag().getValue();
        if (!tag.startsWith("!")) {
            return content;
        }
        String function = tag.substring(1);
        boolean isBare = function.equals("Ref") || function.equals("Condition");
        return JsonNodeFactory.instance.objectNode().set(isBare ? function : "Fn::" + function, content);
    }

    private static JsonNode content(Node node) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (node) {
            case ScalarNode scalar
            when scalar.getTag().equals(Tag.BOOL) -> nodes.booleanNode(Boolean.parseBoolean(scalar.getValue()));
            case ScalarNode scalar
            when scalar.getTag().equals(Tag.INT) -> nodes.numberNode(Long.parseLong(scalar.getValue()));
            case ScalarNode scalar -> nodes.textNode(scalar.getValue());
            case SequenceNode sequence -> {
                ArrayNode array = nodes.arrayNode();
                sequence.getValue().forEach(each -> array.add(json(each)));
                yield array;
            }
            case MappingNode mapping -> {
                ObjectNode object = nodes.objectNode();
                for (NodeTuple member : mapping.getValue()) {
                    object.set(((ScalarNode) member.getKeyNode()).getValue(), json(member.getValueNode()));
                }
                yield object;
            }
            default -> throw new IllegalArgumentException("Not of a template: " + node);
        };
    }
}
