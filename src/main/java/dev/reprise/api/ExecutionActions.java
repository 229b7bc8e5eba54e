package dev.reprise.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.core.Redaction;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.RequestException;
import dev.reprise.history.HistoryPage;
import dev.reprise.history.HistoryQuery;
import dev.reprise.history.PageToken;
import dev.reprise.journal.store.Origin;
import dev.reprise.operations.DetachedExecutions;
import dev.reprise.operations.ExecutionDescription;
import dev.reprise.operations.ExecutionFilter;
import dev.reprise.operations.Invocation;
import dev.reprise.operations.JsonArgument;
import dev.reprise.operations.Launch;
import dev.reprise.operations.Redrivability;
import dev.reprise.statemachine.ClientTokens;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What can be asked about executions. Thread-safe. */
final class ExecutionActions {

    private final ApiServices services;
    private final StateMachineTargets targets;

    ExecutionActions(ApiServices services, StateMachineTargets targets) {
        this.services = services;
        this.targets = targets;
    }

    ApiAnswer answer(ExecutionRequest request, Invocation invocation) {
        return switch (request) {
            case ExecutionRequest.StartExecution start -> start(start, invocation);
            case ExecutionRequest.StartSyncExecution start -> startSync(start, invocation);
            case ExecutionRequest.StopExecution(String arn, String error, String cause) ->
                stop(arn, error, cause, invocation);
            case ExecutionRequest.DescribeExecution(String arn, boolean withData) -> describe(arn, withData);
            case ExecutionRequest.DescribeStateMachineForExecution(String arn, boolean withData) ->
                new StateMachineViews(services)
                        .ofExecution(arn, known(arn, () -> services.detached().viewWithoutData(arn(arn))), withData);
            case ExecutionRequest.ListExecutions list -> list(list);
            case ExecutionRequest.GetExecutionHistory history -> history(history);
            case ExecutionRequest.RedriveExecution(String arn, String clientToken) ->
                redrive(arn, clientToken, invocation);
        };
    }

    // ---- start

    private ApiAnswer start(ExecutionRequest.StartExecution start, Invocation invocation) {
        Launch launch =
                launch(start.stateMachineArn(), start.name(), start.input(), start.traceHeader(), false, invocation);
        Instant startDate = services.detached().launch(launch, invocation, services.background());
        return new ExecutionAnswer.Started(launch.identity().executionArn(), startDate);
    }

    private ApiAnswer startSync(ExecutionRequest.StartSyncExecution start, Invocation invocation) {
        Launch launch =
                launch(start.stateMachineArn(), start.name(), start.input(), start.traceHeader(), true, invocation);
        if (!launch.workflow().express()) {
            throw ApiException.of(
                    "StateMachineTypeNotSupported", "This operation is not supported by this type of state machine");
        }
        ExecutionDescription ended = services.detached().runToItsEnd(launch, invocation);
        JsonNode input = Redaction.of(launch.workflow().program().machine(), launch.input())
                .value(launch.input());
        return new ExecutionAnswer.Ran(ended, start.withData() ? input : null, start.traceHeader());
    }

    private Launch launch(
            String stateMachineArn,
            @Nullable String name,
            @Nullable String input,
            @Nullable String traceHeader,
            boolean awaited,
            Invocation invocation) {
        StateMachineTarget target = targets.find(stateMachineArn);
        String given = name == null ? UUID.randomUUID().toString() : name;
        if (!Identities.isName(given)) {
            throw ApiException.invalidName(given);
        }
        ExecutionIdentity identity = Identities.of(invocation).execution(target.workflow(), given, awaited);
        Origin origin = new Origin(
                target.version(),
                target.alias(),
                target.revision() == null ? null : target.revision().id(),
                traceHeader);
        return new Launch(target.workflow(), identity, input(input), origin);
    }

    private static JsonNode input(@Nullable String input) {
        if (input == null) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            return JsonArgument.read(TextNode.valueOf(input));
        } catch (IllegalArgumentException e) {
            throw ApiException.of(
                    "InvalidExecutionInput", "Invalid State Machine Execution Input: '" + e.getMessage() + "'");
        }
    }

    // ---- what there is

    private ApiAnswer describe(String arn, boolean withData) {
        String own = arn(arn);
        return new ExecutionAnswer.Described(known(
                arn,
                () -> withData
                        ? services.detached().view(own)
                        : services.detached().viewWithoutData(own)));
    }

    private ApiAnswer list(ExecutionRequest.ListExecutions list) {
        if (list.stateMachineArn() == null
                && list.mapRunArn() == null
                && !list.labels().isEmpty()) {
            return page(filter(null, list), list.paging());
        }
        if ((list.stateMachineArn() == null) == (list.mapRunArn() == null)) {
            throw ApiException.refused(
                    "MISSING_REQUIRED_PARAMETER", "Exactly one of 'stateMachineArn' and 'mapRunArn' must be given");
        }
        if (list.stateMachineArn() == null) {
            // Its children run inside the execution that it belongs to: they are none of their own.
            ApiArn.mapRun(Objects.requireNonNull(list.mapRunArn()));
            return new ExecutionAnswer.Listed(List.of(), null);
        }
        if (list.pendingRedrive()) {
            throw ApiException.refused(
                    "MISSING_REQUIRED_PARAMETER", "The status PENDING_REDRIVE is only there for a 'mapRunArn'");
        }
        StateMachineTarget target = targets.find(list.stateMachineArn());
        if (target.workflow().express()) {
            throw ApiException.of(
                    "StateMachineTypeNotSupported", "This operation is not supported by this type of state machine");
        }
        return page(filter(ApiArn.stateMachine(list.stateMachineArn()), list), list.paging());
    }

    /** @param arn null for those of any state machine */
    private static ExecutionFilter filter(ApiArn.@Nullable StateMachine arn, ExecutionRequest.ListExecutions list) {
        return new ExecutionFilter(
                arn == null ? null : arn.name(),
                list.status(),
                list.redriven(),
                arn != null && arn.isVersion() ? arn.qualifier() : null,
                arn == null || arn.isVersion() ? null : arn.qualifier(),
                list.labels(),
                list.from(),
                list.to());
    }

    private ApiAnswer page(ExecutionFilter filter, Paging paging) {
        DetachedExecutions.Page page = services.detached().list(filter, paging.maxResults(), paging.nextToken());
        return new ExecutionAnswer.Listed(page.executions(), page.next());
    }

    private ApiAnswer history(ExecutionRequest.GetExecutionHistory request) {
        HistoryQuery query;
        try {
            String token = request.paging().nextToken();
            query = new HistoryQuery(
                    request.paging().maxResults(),
                    request.reverseOrder(),
                    request.includeExecutionData(),
                    token == null ? null : PageToken.parse(token));
        } catch (IllegalArgumentException e) {
            throw ApiException.invalidToken();
        }
        String own = arn(request.executionArn());
        HistoryPage page =
                known(request.executionArn(), () -> services.executions().history(own, query));
        return new ExecutionAnswer.History(
                page.events(), page.next() == null ? null : page.next().text());
    }

    // ---- changes

    private ApiAnswer stop(String arn, @Nullable String error, @Nullable String cause, Invocation invocation) {
        String own = arn(arn);
        ExecutionDescription stopped = known(arn, () -> services.executions().stop(own, error, cause, invocation));
        // Whoever runs it ends it in a moment.
        return new ExecutionAnswer.Stopped(
                Objects.requireNonNullElse(stopped.stopDate(), services.clock().instant()));
    }

    private ApiAnswer redrive(String arn, @Nullable String clientToken, Invocation invocation) {
        String own = arn(arn);
        if (clientToken != null) {
            Instant before = redrivenBy(own, clientToken);
            if (before != null) {
                return new ExecutionAnswer.Redriven(before);
            }
        }
        return new ExecutionAnswer.Redriven(
                known(arn, () -> services.detached().redrive(own, invocation, services.background())));
    }

    /** When the token's redrive was made; null when it is yet to be made, as is remembered then. */
    private @Nullable Instant redrivenBy(String arn, String clientToken) {
        ExecutionId id = id(arn);
        Redrivability now =
                Objects.requireNonNull(known(arn, () -> services.detached().viewWithoutData(arn))
                        .description()
                        .redrive());
        Instant at = services.clock().instant();
        ClientTokens.Used used = services.clientTokens().find(id, clientToken, at);
        if (used != null && used.redrives() <= now.count()) {
            return used.redrives() == now.count() && now.date() != null ? now.date() : used.at();
        }
        if (now.obstacle() == null) {
            services.clientTokens().remember(id, clientToken, new ClientTokens.Used(now.count() + 1, at));
        }
        return null;
    }

    // ---- names

    /** @throws ApiException {@code InvalidArn} when it is not that of an execution with a journal */
    private static String arn(String arn) {
        id(arn);
        return arn;
    }

    private static ExecutionId id(String arn) {
        ApiArn.Execution execution = ApiArn.execution(arn);
        if (execution.label() != null) {
            throw doesNotExist(arn);
        }
        try {
            return new ExecutionId(execution.machine(), execution.name());
        } catch (IllegalArgumentException e) {
            throw ApiException.invalidArn("Invalid ARN: " + arn);
        }
    }

    private static ApiException doesNotExist(String arn) {
        return ApiException.of("ExecutionDoesNotExist", "Execution Does Not Exist: '" + arn + "'");
    }

    /** What is asked of an execution; that there is none is said in the words of the API. */
    static <T> T known(String arn, Supplier<T> asking) {
        try {
            return asking.get();
        } catch (RequestException e) {
            if (e.error().equals("ExecutionDoesNotExist")) {
                throw doesNotExist(arn);
            }
            throw e;
        }
    }
}
