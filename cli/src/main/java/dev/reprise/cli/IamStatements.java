package dev.reprise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.Resource;
import dev.reprise.task.aws.integration.OptimisedIntegrations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the function's role has to be allowed, for definitions to do what they say. */
final class IamStatements {

    /**
     * One statement.
     *
     * @param integration what it is for, such as {@code sqs:sendMessage}
     * @param notes what a person should know of it, a line each: what could not be narrowed down, and where that is
     * @param passedTo the services that a role may be passed to; empty where it is about no role, or about any service
     */
    record Statement(
            String integration, Set<String> actions, Set<String> resources, Set<String> notes, Set<String> passedTo) {}

    /** Services that take on the roles that their requests name. */
    private static final Map<String, Set<String>> TAKES_ROLES = Map.of(
            "bedrock", Set.of("bedrock.amazonaws.com"),
            "ecs", Set.of("ecs-tasks.amazonaws.com"),
            "eks", Set.of("eks.amazonaws.com"),
            "elasticmapreduce", Set.of("elasticmapreduce.amazonaws.com", "ec2.amazonaws.com"),
            "emr-serverless", Set.of("emr-serverless.amazonaws.com"),
            "mediaconvert", Set.of("mediaconvert.amazonaws.com"),
            "sagemaker", Set.of("sagemaker.amazonaws.com"));

    private static final Pattern ROLE_FIELD = Pattern.compile("(.*Role(Arn)?|nodeRole|NodeRole)(\\.\\$)?");

    private static final Pattern S3_URI = Pattern.compile("s3://([^/]+)/(.+)");

    private static final Pattern API_HOST = Pattern.compile("([a-z0-9]+)\\.execute-api\\.([a-z0-9-]+)\\..*");

    /** By integration, then by what is allowed: the resources, and the notes on them. */
    private final Map<String, Map<String, Needed>> needed = new TreeMap<>();

    private static final class Needed {
        final Set<String> resources = new TreeSet<>();
        final Set<String> notes = new LinkedHashSet<>();
        final Set<String> passedTo = new TreeSet<>();
    }

    /** Where a task stands: a workflow and a state. */
    private record Place(String workflow, String state) {

        String because(String why) {
            return state + " of " + workflow + ": " + why;
        }
    }

    /**
     * Adds what a definition needs.
     *
     * @param standIns resources that methods or workflows stand for: nothing is asked for these
     */
    void add(String workflow, JsonNode definition, Set<String> standIns) {
        body(workflow, definition, standIns);
    }

    private void body(String workflow, JsonNode body, Set<String> standIns) {
        body.path("States").properties().forEach(state -> {
            Place place = new Place(workflow, state.getKey());
            JsonNode content = state.getValue();
            switch (content.path("Type").asText()) {
                case "Task" -> task(place, content, standIns);
                case "Map" -> {
                    objects(place, content.path("ItemReader"));
                    objects(place, content.path("ResultWriter"));
                    body(workflow, content.path("ItemProcessor"), standIns);
                    body(workflow, content.path("Iterator"), standIns);
                }
                case "Parallel" -> content.path("Branches").forEach(branch -> body(workflow, branch, standIns));
                default -> {
                    // Waits for nobody.
                }
            }
        });
    }

    private static JsonNode request(JsonNode state) {
        return state.has("Arguments") ? state.path("Arguments") : state.path("Parameters");
    }

    private void task(Place place, JsonNode state, Set<String> standIns) {
        Resource resource = Resource.parse(state.path("Resource").asText());
        JsonNode request = request(state);
        if (isStoodFor(resource, request, standIns)) {
            return;
        }
        if (state.has("Credentials")) {
            credentials(place, state.path("Credentials"));
            return;
        }
        switch (resource) {
            case Resource.LambdaFunction function -> {
                String arn = function.unqualified();
                need(
                        "lambda:invoke",
                        "lambda:InvokeFunction",
                        new IamResources.Found(new LinkedHashSet<>(List.of(arn, arn + ":*")), null),
                        place);
            }
            case Resource.Integration integration -> integration(place, integration, request);
            case Resource.SdkAction action ->
                calls(
                        place,
                        "aws-sdk:" + action.service() + ":" + action.action(),
                        action.service(),
                        action.action(),
                        request);
            // An execution of this function, a worker, a method: nobody is asked for leave.
            case Resource.StartExecution start -> {}
            case Resource.Activity activity -> {}
            case Resource.InProcess method -> {}
            case Resource.Unknown unknown -> {}
        }
    }

    private static boolean isStoodFor(Resource resource, JsonNode request, Set<String> standIns) {
        String function = request.path("FunctionName").asText();
        return standIns.contains(resource.uri())
                || standIns.contains(resource.withoutToken().uri())
                || (resource instanceof Resource.LambdaFunction named && standIns.contains(named.unqualified()))
                || (resource.withoutToken().asks("lambda", "invoke")
                        && standIns.stream()
                                .anyMatch(each -> each.equals(function) || each.endsWith(":function:" + function)));
    }

    private void integration(Place place, Resource.Integration integration, JsonNode request) {
        String label = integration.service() + ":" + integration.action();
        switch (label) {
            case "lambda:invoke" -> calls(place, label, "lambda", "invoke", request);
            case "http:invoke" -> connection(place, request);
            case "apigateway:invoke" -> api(place, request);
            // The cluster knows by itself who asks.
            case "eks:call", "eks:runJob" -> {}
            default -> {
                for (OptimisedIntegrations.Asked asked : OptimisedIntegrations.asked(integration)) {
                    calls(place, label, asked.service(), asked.action(), request);
                }
                if (label.equals("bedrock:invokeModel")) {
                    object(place, label, "s3:GetObject", request.path("Input"));
                    object(place, label, "s3:PutObject", request.path("Output"));
                }
            }
        }
    }

    private void calls(Place place, String label, String service, String action, JsonNode request) {
        for (String iam : IamActions.of(service, action)) {
            need(label, iam, IamResources.of(iam, request), place);
            if (iam.startsWith("s3:") && iam.equals("s3:GetObject") && request.hasNonNull("VersionId")) {
                need(label, "s3:GetObjectVersion", IamResources.of("s3:GetObjectVersion", request), place);
            }
        }
        roles(place, label, IamActions.of(service, action).getFirst(), request);
    }

    /** A role that a request names is passed on, which takes leave of its own. */
    private void roles(Place place, String label, String action, JsonNode request) {
        String service = action.substring(0, action.indexOf(':'));
        // A job of EMR on EKS takes on its role by the cluster's own trust.
        boolean begins = action.matches(".*:(Create|Run|Start|Put|Update|Register|AddJobFlow|Submit)[A-Za-z]*");
        if (!begins || service.equals("emr-containers")) {
            return;
        }
        Set<String> arns = new LinkedHashSet<>();
        boolean[] vague = {false};
        named(request, arns, vague);
        boolean byDefinition = action.equals("ecs:RunTask");
        if (arns.isEmpty() && !vague[0] && !byDefinition) {
            return;
        }
        String why = null;
        if (vague[0]) {
            arns.add(IamResources.ARN + "iam::${AWS::AccountId}:role/*");
            why = "the definition does not say which role is passed on";
        } else if (byDefinition && arns.isEmpty()) {
            arns.add(IamResources.ARN + "iam::${AWS::AccountId}:role/*");
            why = "the roles are those of the task definition";
        }
        need(label, "iam:PassRole", new IamResources.Found(arns, why), place);
        needed.get(label).get("iam:PassRole").passedTo.addAll(TAKES_ROLES.getOrDefault(service, Set.of()));
    }

    private static void named(JsonNode node, Set<String> arns, boolean[] vague) {
        node.properties().forEach(member -> {
            JsonNode value = member.getValue();
            if (ROLE_FIELD.matcher(member.getKey()).matches() && (value.isTextual() || value.isNull())) {
                String text = value.asText();
                if (member.getKey().endsWith(".$") || IamResources.isExpression(text)) {
                    vague[0] = true;
                } else if (text.startsWith("arn:")) {
                    arns.add(text);
                } else if (!value.isNull()) {
                    arns.add(IamResources.ARN + "iam::${AWS::AccountId}:role/" + text);
                }
            } else if (value.isObject()) {
                named(value, arns, vague);
            } else if (value.isArray()) {
                value.forEach(each -> named(each, arns, vague));
            }
        });
    }

    /** Whoever has the role asks in its name; what the role itself may is not the function's. */
    private void credentials(Place place, JsonNode credentials) {
        JsonNode role = credentials.path("RoleArn");
        boolean told = role.isTextual() && !IamResources.isExpression(role.textValue());
        need(
                "Credentials",
                "sts:AssumeRole",
                told
                        ? new IamResources.Found(Set.of(role.textValue()), null)
                        : new IamResources.Found(
                                Set.of(IamResources.ARN + "iam::*:role/*"),
                                "the definition does not say which RoleArn"),
                place);
        needed.get("Credentials")
                .get("sts:AssumeRole")
                .notes
                .add(place.because("asks in the name of this role, which needs leave for the rest"));
    }

    private void connection(Place place, JsonNode request) {
        JsonNode authentication =
                request.has("Authentication") ? request.path("Authentication") : request.path("InvocationConfig");
        if (!request.has("Authentication") && !request.has("InvocationConfig")) {
            return;
        }
        JsonNode arn = authentication.path("ConnectionArn");
        boolean told = arn.isTextual() && !IamResources.isExpression(arn.textValue());
        Matcher connection = Pattern.compile("arn:.*:connection/([^/]+).*").matcher(told ? arn.textValue() : "");
        String why = "the definition does not say which ConnectionArn";
        if (connection.matches()) {
            need(
                    "http:invoke",
                    "events:DescribeConnection",
                    new IamResources.Found(Set.of(arn.textValue()), null),
                    place);
            need("http:invoke", "secretsmanager:GetSecretValue", secret(connection.group(1), null), place);
        } else {
            need(
                    "http:invoke",
                    "events:DescribeConnection",
                    new IamResources.Found(
                            Set.of(IamResources.ARN + "events:${AWS::Region}:${AWS::AccountId}:connection/*"), why),
                    place);
            need("http:invoke", "secretsmanager:GetSecretValue", secret("*", why), place);
        }
    }

    /** Where EventBridge keeps what a connection adds to requests. */
    private static IamResources.Found secret(String connection, @Nullable String why) {
        return new IamResources.Found(
                Set.of(IamResources.ARN + "secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:events!connection/"
                        + connection + "/*"),
                why);
    }

    private void api(Place place, JsonNode request) {
        String authentication = request.path("AuthType").asText("NO_AUTH");
        if (authentication.equals("NO_AUTH") && !request.has("AuthType.$")) {
            return;
        }
        Matcher host = API_HOST.matcher(request.path("ApiEndpoint").asText());
        boolean told = host.matches();
        String stage = text(request, "Stage", "*");
        String method = text(request, "Method", "*");
        String path = text(request, "Path", "*").replaceFirst("^/", "").replaceAll("<[^>]*>", "*");
        need(
                "apigateway:invoke",
                "execute-api:Invoke",
                new IamResources.Found(
                        Set.of(IamResources.ARN + "execute-api:" + (told ? host.group(2) : "${AWS::Region}")
                                + ":${AWS::AccountId}:" + (told ? host.group(1) : "*") + "/" + stage + "/" + method
                                + "/"
                                + path),
                        told ? null : "the definition does not say which ApiEndpoint"),
                place);
    }

    private static String text(JsonNode request, String field, String otherwise) {
        JsonNode value = request.path(field);
        return value.isTextual() && !IamResources.isExpression(value.textValue()) ? value.textValue() : otherwise;
    }

    /** What a distributed Map reads, or writes. */
    private void objects(Place place, JsonNode part) {
        if (!(Resource.parse(part.path("Resource").asText()) instanceof Resource.Integration integration)) {
            return;
        }
        String label = "s3:" + integration.action();
        JsonNode request = request(part);
        switch (label) {
            case "s3:getObject" -> {
                need(label, "s3:GetObject", IamResources.of("s3:GetObject", request), place);
                need(label, "s3:GetObjectVersion", IamResources.of("s3:GetObjectVersion", request), place);
                manifest(place, label, part, request);
                need(label, "s3:ListBucket", IamResources.of("s3:ListBucket", request), place);
            }
            case "s3:listObjectsV2" -> {
                need(label, "s3:ListBucket", IamResources.of("s3:ListBucket", request), place);
                ObjectNode keys = below(request);
                need(label, "s3:GetObject", IamResources.of("s3:GetObject", keys), place);
                need(label, "s3:GetObjectVersion", IamResources.of("s3:GetObjectVersion", keys), place);
            }
            case "s3:putObject" -> need(label, "s3:PutObject", IamResources.of("s3:PutObject", below(request)), place);
            default -> {
                // Only these read and write data sets.
            }
        }
    }

    /** An inventory names files beside it. */
    private void manifest(Place place, String label, JsonNode part, JsonNode request) {
        if (part.path("ReaderConfig").path("InputType").asText().equals("MANIFEST")) {
            ObjectNode any = JsonNodeFactory.instance.objectNode();
            any.set("Bucket", request.path("Bucket"));
            need(label, "s3:GetObject", IamResources.of("s3:GetObject", any.put("Key", "*")), place);
        }
    }

    /** All keys below a prefix. */
    private static ObjectNode below(JsonNode request) {
        ObjectNode keys = JsonNodeFactory.instance.objectNode();
        if (request.has("Bucket")) {
            keys.set("Bucket", request.path("Bucket"));
        }
        String prefix = text(request, "Prefix", "");
        return keys.put("Key", prefix.isEmpty() || prefix.endsWith("/") ? prefix + "*" : prefix + "*");
    }

    private void object(Place place, String label, String action, JsonNode part) {
        JsonNode uri = part.path("S3Uri");
        if (uri.isMissingNode() && !part.has("S3Uri.$")) {
            return;
        }
        Matcher matcher = S3_URI.matcher(uri.asText());
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        if (matcher.matches()) {
            object.put("Bucket", matcher.group(1)).put("Key", matcher.group(2));
        }
        need(label, action, IamResources.of(action, object), place);
    }

    private void need(String label, String action, IamResources.Found found, Place place) {
        Needed one = needed.computeIfAbsent(label, unused -> new LinkedHashMap<>())
                .computeIfAbsent(action, unused -> new Needed());
        one.resources.addAll(found.arns());
        if (found.why() != null) {
            one.notes.add(place.because(found.why()));
        }
    }

    /** One statement for each integration, or several where its actions are about different resources. */
    List<Statement> all() {
        List<Statement> statements = new ArrayList<>();
        needed.forEach((label, actions) -> {
            List<Statement> own = new ArrayList<>();
            actions.forEach((action, one) -> {
                Statement same = own.stream()
                        .filter(each -> each.resources().equals(one.resources)
                                && each.passedTo().equals(one.passedTo))
                        .findFirst()
                        .orElse(null);
                if (same == null) {
                    own.add(new Statement(
                            label,
                            new TreeSet<>(Set.of(action)),
                            one.resources,
                            new LinkedHashSet<>(one.notes),
                            one.passedTo));
                } else {
                    same.actions().add(action);
                    same.notes().addAll(one.notes);
                }
            });
            statements.addAll(own);
        });
        return statements;
    }
}
