package dev.reprise.task.aws;

import dev.reprise.asl.Resource;
import dev.reprise.asl.Resource.Pattern;
import dev.reprise.asl.Resource.SdkAction;
import dev.reprise.asl.Suggestion;
import dev.reprise.task.RequestProblem;
import dev.reprise.task.RequestTemplate;
import dev.reprise.task.TaskRunner;
import dev.reprise.task.TaskSource;
import dev.reprise.task.aws.model.Authentication;
import dev.reprise.task.aws.model.Operation;
import dev.reprise.task.aws.model.ServiceModel;
import dev.reprise.task.aws.model.ServiceModels;
import dev.reprise.task.aws.model.Structure;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code arn:aws:states:::aws-sdk:SERVICE:ACTION}: any action of any service of AWS, as the service's table describes
 * it.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html">AWS, Integrating
 *     with AWS services</a>
 */
public final class SdkActions implements TaskSource {

    /** Roles are taken on by {@code Credentials}, and their keys are not a workflow's business. */
    private static final Set<String> ROLES =
            Set.of("AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "AssumeRoot");

    private final ServiceCalls calls;

    public SdkActions(ServiceCalls calls) {
        this.calls = calls;
    }

    @Override
    public @Nullable TaskRunner find(Resource resource) {
        if (!(resource instanceof SdkAction action) || action.pattern() != Pattern.REQUEST_RESPONSE) {
            return null;
        }
        ServiceModel service = ServiceModels.find(action.service());
        Operation operation = service == null ? null : service.operation(action.action());
        if (service == null || operation == null || refusal(service, operation) != null) {
            return null;
        }
        return call -> calls.call(
                        service, operation, call, SdkNames.toModel(call.input(), operation.input()), SdkErrors.INSTANCE)
                .map(answer -> SdkNames.toWorkflow(answer.output(), operation.output()));
    }

    /** Why an operation cannot be asked for, though there is one; null when it can. */
    public static @Nullable String refusal(ServiceModel service, Operation operation) {
        if (service.name().equals("sts") && ROLES.contains(operation.name())) {
            return "is not for workflows: 'Credentials' of a state takes on a role";
        }
        if (operation.authentication() == Authentication.BEARER) {
            return "wants a token of another kind than AWS's credentials";
        }
        return operation.streamsEvents() ? "answers with a stream of events, which no result can hold" : null;
    }

    @Override
    public List<RequestProblem> problems(Resource resource, RequestTemplate request) {
        return resource instanceof SdkAction action ? problems(action, request) : List.of();
    }

    private static List<RequestProblem> problems(SdkAction action, RequestTemplate request) {
        ServiceModel service = ServiceModels.find(action.service());
        if (service == null) {
            return List.of(new RequestProblem(
                    null,
                    "no such service: '" + action.service() + "'",
                    Suggestion.among(
                            action.service(),
                            ServiceModels.all().stream()
                                    .map(ServiceModels.Listed::name)
                                    .toList())));
        }
        Operation operation = service.operation(action.action());
        if (operation == null) {
            return List.of(new RequestProblem(
                    null,
                    "no such action of " + service.name() + ": '" + action.action() + "'",
                    Suggestion.among(
                            action.action(),
                            service.operations().stream().map(Operation::action).toList())));
        }
        String refusal = refusal(service, operation);
        if (refusal != null) {
            return List.of(new RequestProblem(
                    null, service.name() + ":" + operation.action() + " " + refusal, "map it to a task of your own"));
        }
        return new RequestCheck(request, Structure::sdkMember).problems(operation.input());
    }

    @Override
    public List<String> known() {
        return List.of("arn:aws:states:::aws-sdk:SERVICE:ACTION of "
                + ServiceModels.all().size() + " services");
    }
}
