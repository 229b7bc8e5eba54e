package dev.reprise.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.api.model.ServiceModel;
import dev.reprise.api.model.Shape;
import dev.reprise.api.model.Violations;
import dev.reprise.asl.Diagnostic.Severity;
import dev.reprise.execution.ExecutionStatus;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a request from its JSON, as it comes by any transport. */
public final class RequestReader {

    /** What is to be an ARN before anything else is looked at. */
    private static final Set<String> ARNS = Set.of(
            "stateMachineArn",
            "executionArn",
            "activityArn",
            "mapRunArn",
            "resourceArn",
            "stateMachineAliasArn",
            "stateMachineVersionArn");

    private static final int DEFAULT_DIAGNOSTICS = 100;

    private RequestReader() {}

    /**
     * The request.
     *
     * @param action such as {@code StartExecution}
     * @param body its members
     * @throws ApiException when there is no such action, or the body is not what it takes
     */
    public static ApiRequest read(String action, JsonNode body) {
        ServiceModel.Action known = ServiceModel.find(action);
        if (known == null) {
            throw ApiException.unknownAction();
        }
        check(body, known.request());
        return request(action, new Members(body), (ObjectNode) body);
    }

    private static void check(JsonNode body, Shape.Structure shape) {
        for (String name : ARNS) {
            String arn = body.path(name).textValue();
            if (arn != null
                    && !arn.isEmpty()
                    && !arn.startsWith("arn:")
                    && shape.members().containsKey(name)) {
                throw ApiException.invalidArn("Invalid ARN prefix: " + arn);
            }
        }
        String violations;
        try {
            violations = Violations.in(body, shape);
        } catch (Violations.WrongTypeException e) {
            throw ApiException.unreadable(String.valueOf(e.getMessage()));
        }
        if (violations != null) {
            throw ApiException.violated(violations);
        }
    }

    private static ApiRequest request(String action, Members members, ObjectNode body) {
        ApiRequest request = execution(action, members);
        request = request == null ? stateMachine(action, members) : request;
        request = request == null ? version(action, members) : request;
        return request == null ? other(action, members, body) : request;
    }

    private static @Nullable ExecutionRequest execution(String action, Members members) {
        return switch (action) {
            case "StartExecution" ->
                new ExecutionRequest.StartExecution(
                        members.text("stateMachineArn"),
                        members.textOrNull("name"),
                        members.textOrNull("input"),
                        members.textOrNull("traceHeader"));
            case "StartSyncExecution" ->
                new ExecutionRequest.StartSyncExecution(
                        members.text("stateMachineArn"),
                        members.textOrNull("name"),
                        members.textOrNull("input"),
                        members.textOrNull("traceHeader"),
                        members.withData());
            case "StopExecution" ->
                new ExecutionRequest.StopExecution(
                        members.text("executionArn"), members.textOrNull("error"), members.textOrNull("cause"));
            case "DescribeExecution" ->
                new ExecutionRequest.DescribeExecution(members.text("executionArn"), members.withData());
            case "DescribeStateMachineForExecution" ->
                new ExecutionRequest.DescribeStateMachineForExecution(members.text("executionArn"), members.withData());
            case "ListExecutions" -> listExecutions(members);
            case "GetExecutionHistory" ->
                new ExecutionRequest.GetExecutionHistory(
                        members.text("executionArn"),
                        members.paging(),
                        members.flag("reverseOrder"),
                        members.flag("includeExecutionData", true));
            case "RedriveExecution" ->
                new ExecutionRequest.RedriveExecution(members.text("executionArn"), members.textOrNull("clientToken"));
            default -> null;
        };
    }

    private static ExecutionRequest listExecutions(Members members) {
        String status = members.textOrNull("statusFilter");
        boolean pendingRedrive = "PENDING_REDRIVE".equals(status);
        String redriven = members.textOrNull("redriveFilter");
        return new ExecutionRequest.ListExecutions(
                members.textOrNull("stateMachineArn"),
                status == null || pendingRedrive ? null : ExecutionStatus.valueOf(status),
                pendingRedrive,
                members.paging(),
                members.textOrNull("mapRunArn"),
                redriven == null ? null : redriven.equals("REDRIVEN"),
                members.labels(),
                members.timeOrNull("startedFrom"),
                members.timeOrNull("startedTo"));
    }

    private static @Nullable StateMachineRequest stateMachine(String action, Members members) {
        return switch (action) {
            case "CreateStateMachine" ->
                new StateMachineRequest.CreateStateMachine(
                        members.text("name"),
                        members.text("definition"),
                        members.text("roleArn"),
                        members.express(),
                        members.jsonOrNull("loggingConfiguration"),
                        members.tags(),
                        members.jsonOrNull("tracingConfiguration"),
                        members.flag("publish"),
                        members.textOrNull("versionDescription"),
                        members.jsonOrNull("encryptionConfiguration"));
            case "UpdateStateMachine" ->
                new StateMachineRequest.UpdateStateMachine(
                        members.text("stateMachineArn"),
                        members.textOrNull("definition"),
                        members.textOrNull("roleArn"),
                        members.jsonOrNull("loggingConfiguration"),
                        members.jsonOrNull("tracingConfiguration"),
                        members.flag("publish"),
                        members.textOrNull("versionDescription"),
                        members.jsonOrNull("encryptionConfiguration"));
            case "DeleteStateMachine" -> new StateMachineRequest.DeleteStateMachine(members.text("stateMachineArn"));
            case "DescribeStateMachine" ->
                new StateMachineRequest.DescribeStateMachine(members.text("stateMachineArn"), members.withData());
            case "ListStateMachines" -> new StateMachineRequest.ListStateMachines(members.paging());
            case "ValidateStateMachineDefinition" -> {
                Integer maxResults = members.wholeOrNull("maxResults");
                yield new StateMachineRequest.ValidateStateMachineDefinition(
                        members.text("definition"),
                        members.express(),
                        Severity.valueOf(Objects.requireNonNullElse(members.textOrNull("severity"), "ERROR")),
                        maxResults == null || maxResults == 0 ? DEFAULT_DIAGNOSTICS : maxResults);
            }
            default -> null;
        };
    }

    private static @Nullable VersionRequest version(String action, Members members) {
        return switch (action) {
            case "PublishStateMachineVersion" ->
                new VersionRequest.PublishStateMachineVersion(
                        members.text("stateMachineArn"),
                        members.textOrNull("revisionId"),
                        members.textOrNull("description"));
            case "DeleteStateMachineVersion" ->
                new VersionRequest.DeleteStateMachineVersion(members.text("stateMachineVersionArn"));
            case "ListStateMachineVersions" ->
                new VersionRequest.ListStateMachineVersions(members.text("stateMachineArn"), members.paging());
            case "CreateStateMachineAlias" ->
                new VersionRequest.CreateStateMachineAlias(
                        members.textOrNull("description"), members.text("name"), members.routes());
            case "UpdateStateMachineAlias" ->
                new VersionRequest.UpdateStateMachineAlias(
                        members.text("stateMachineAliasArn"),
                        members.textOrNull("description"),
                        members.jsonOrNull("routingConfiguration") == null ? null : members.routes());
            case "DeleteStateMachineAlias" ->
                new VersionRequest.DeleteStateMachineAlias(members.text("stateMachineAliasArn"));
            case "DescribeStateMachineAlias" ->
                new VersionRequest.DescribeStateMachineAlias(members.text("stateMachineAliasArn"));
            case "ListStateMachineAliases" ->
                new VersionRequest.ListStateMachineAliases(members.text("stateMachineArn"), members.paging());
            default -> null;
        };
    }

    private static ApiRequest other(String action, Members members, ObjectNode body) {
        return switch (action) {
            case "CreateActivity" ->
                new ActivityRequest.CreateActivity(
                        members.text("name"), members.tags(), members.jsonOrNull("encryptionConfiguration"));
            case "DeleteActivity" -> new ActivityRequest.DeleteActivity(members.text("activityArn"));
            case "DescribeActivity" -> new ActivityRequest.DescribeActivity(members.text("activityArn"));
            case "ListActivities" -> new ActivityRequest.ListActivities(members.paging());
            case "GetActivityTask" ->
                new ActivityRequest.GetActivityTask(members.text("activityArn"), members.textOrNull("workerName"));
            case "SendTaskSuccess" ->
                new TaskRequest.SendTaskSuccess(members.text("taskToken"), members.text("output"));
            case "SendTaskFailure" ->
                new TaskRequest.SendTaskFailure(
                        members.text("taskToken"), members.textOrNull("error"), members.textOrNull("cause"));
            case "SendTaskHeartbeat" -> new TaskRequest.SendTaskHeartbeat(members.text("taskToken"));
            case "DescribeMapRun" -> new MapRunRequest.DescribeMapRun(members.text("mapRunArn"));
            case "ListMapRuns" -> new MapRunRequest.ListMapRuns(members.text("executionArn"), members.paging());
            case "UpdateMapRun" -> {
                JsonNode percentage = members.jsonOrNull("toleratedFailurePercentage");
                BigDecimal tolerated = percentage == null ? null : percentage.decimalValue();
                yield new MapRunRequest.UpdateMapRun(
                        members.text("mapRunArn"),
                        members.wholeOrNull("maxConcurrency"),
                        tolerated,
                        members.wholeOrNull("toleratedFailureCount"));
            }
            case "TagResource" -> new TagRequest.TagResource(members.text("resourceArn"), members.tags());
            case "UntagResource" -> new TagRequest.UntagResource(members.text("resourceArn"), members.texts("tagKeys"));
            case "ListTagsForResource" -> new TagRequest.ListTagsForResource(members.text("resourceArn"));
            case "TestState" -> new TestState(body);
            default ->
                throw new IllegalStateException("The action " + action + " is in the model, but is not read here");
        };
    }
}
