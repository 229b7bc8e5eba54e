package dev.reprise.task.aws.integration;

import dev.reprise.asl.Resource;
import dev.reprise.asl.Resource.Integration;
import dev.reprise.asl.Resource.Pattern;
import dev.reprise.task.Job;
import dev.reprise.task.RequestProblem;
import dev.reprise.task.RequestTemplate;
import dev.reprise.task.TaskRunner;
import dev.reprise.task.TaskSource;
import dev.reprise.task.aws.RequestCheck;
import dev.reprise.task.aws.ServiceCalls;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code arn:aws:states:::SERVICE:ACTION}: services that Step Functions integrates by itself, answered at once or, with
 * {@code .sync}, when the job that they do is done.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html">AWS, Integrating
 *     optimized services</a>
 */
public final class OptimisedIntegrations implements TaskSource {

    /** Made when the first of them is looked for: most workflows have none. */
    private static final class Known {

        private static final Map<String, ServiceIntegration> BY_NAME = byName(List.of(
                Athena.INTEGRATION,
                Batch.INTEGRATION,
                Bedrock.INTEGRATION,
                CodeBuild.INTEGRATION,
                DataBrew.INTEGRATION,
                DynamoDb.INTEGRATION,
                Ecs.INTEGRATION,
                Eks.INTEGRATION,
                Emr.INTEGRATION,
                EmrContainers.INTEGRATION,
                EmrServerless.INTEGRATION,
                EventBridge.INTEGRATION,
                Glue.INTEGRATION,
                MediaConvert.INTEGRATION,
                SageMaker.INTEGRATION,
                Sns.INTEGRATION,
                Sqs.INTEGRATION));

        private static Map<String, ServiceIntegration> byName(Collection<ServiceIntegration> all) {
            Map<String, ServiceIntegration> byName = new TreeMap<>();
            all.forEach(each -> byName.put(each.name(), each));
            return byName;
        }
    }

    private final ServiceCalls calls;

    public OptimisedIntegrations(ServiceCalls calls) {
        this.calls = calls;
    }

    /** All of them, by the names that their resources have. */
    static Map<String, ServiceIntegration> all() {
        return Known.BY_NAME;
    }

    /**
     * What a service is asked for.
     *
     * @param service by its name in {@code aws-sdk} resources
     * @param action such as {@code runJobFlow}
     */
    public record Asked(String service, String action) {}

    /**
     * All that a task of such a resource asks for, so that leave can be given for it: what it begins with, first; what
     * it looks for or sets besides; and with {@code .sync} what describes the job and ends it. Empty when there is no
     * such integration here.
     */
    public static List<Asked> asked(Integration integration) {
        Action action = action(integration);
        if (action == null) {
            return List.of();
        }
        Set<String> operations = new LinkedHashSet<>();
        operations.add(action.operation());
        operations.addAll(action.besides());
        JobKind job = integration.pattern() == Pattern.SYNC ? action.job() : null;
        if (job != null) {
            operations.add(job.describe());
            if (job.cancel() != null) {
                operations.add(job.cancel());
            }
        }
        return operations.stream()
                .map(operation -> new Asked(action.service(), operation))
                .toList();
    }

    private static @Nullable Action action(Integration integration) {
        ServiceIntegration service = Known.BY_NAME.get(integration.service());
        return service == null ? null : service.actions().get(integration.action());
    }

    private static ServiceIntegration service(Integration integration) {
        ServiceIntegration service = Known.BY_NAME.get(integration.service());
        if (service == null) {
            throw new IllegalArgumentException("No integration is called '" + integration.service() + "'");
        }
        return service;
    }

    @Override
    public @Nullable TaskRunner find(Resource resource) {
        if (!(resource instanceof Integration integration) || integration.pattern() != Pattern.REQUEST_RESPONSE) {
            return null;
        }
        Action action = action(integration);
        if (action == null) {
            return null;
        }
        return action.runner(calls, service(integration).errors());
    }

    @Override
    public @Nullable Job job(Resource resource) {
        if (!(resource instanceof Integration integration) || integration.pattern() != Pattern.SYNC) {
            return null;
        }
        Action action = action(integration);
        return action == null || action.job() == null
                ? null
                : new PolledJob(calls, action, service(integration).errors());
    }

    @Override
    public List<RequestProblem> problems(Resource resource, RequestTemplate request) {
        Action action = resource instanceof Integration integration ? action(integration) : null;
        if (action == null) {
            return List.of();
        }
        return action.fields() == null
                ? new RequestCheck(request).problems(action.asked().input())
                : new RequestCheck(request).problems(action.fields().names());
    }

    @Override
    public List<String> known() {
        return Known.BY_NAME.values().stream()
                .flatMap(service -> service.actions().keySet().stream()
                        .map(action -> "arn:aws:states:::" + service.name() + ":" + action))
                .toList();
    }
}
