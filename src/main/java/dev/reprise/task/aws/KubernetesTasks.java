package dev.reprise.task.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Resource;
import dev.reprise.asl.Resource.Integration;
import dev.reprise.task.Job;
import dev.reprise.task.RequestProblem;
import dev.reprise.task.RequestTemplate;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskRunner;
import dev.reprise.task.TaskSource;
import dev.reprise.task.TaskThreads;
import dev.reprise.task.aws.KubernetesApi.Cluster;
import dev.reprise.task.aws.KubernetesApi.Question;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code arn:aws:states:::eks:call} and {@code eks:runJob}: what clusters of EKS do themselves, asked over Kubernetes'
 * API.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-eks.html">AWS, EKS</a>
 */
public final class KubernetesTasks implements TaskSource {

    private static final String CALL = "call";
    private static final String RUN_JOB = "runJob";

    private static final Set<String> FIELDS_OF_CALL = Set.of(
            "ClusterName", "CertificateAuthority", "Endpoint", "Method", "Path", "QueryParameters", "RequestBody");

    private static final Set<String> FIELDS_OF_RUN_JOB =
            Set.of("ClusterName", "CertificateAuthority", "Endpoint", "Namespace", "Job", "LogOptions");

    private final TaskThreads threads;
    private final KubernetesApi api;
    private final KubernetesJob job;

    public KubernetesTasks(TaskThreads threads, KubernetesApi api) {
        this.threads = threads;
        this.api = api;
        this.job = new KubernetesJob(threads, api);
    }

    @Override
    public @Nullable TaskRunner find(Resource resource) {
        if (resource.asks("eks", CALL)) {
            return call -> threads.run(() -> call(call));
        }
        return resource.asks("eks", RUN_JOB) ? job::begin : null;
    }

    @Override
    public @Nullable Job job(Resource resource) {
        return isRunJob(resource) && resource.pattern() == Resource.Pattern.SYNC ? job : null;
    }

    private static boolean isRunJob(Resource resource) {
        return resource instanceof Integration integration
                && integration.service().equals("eks")
                && integration.action().equals(RUN_JOB);
    }

    @Override
    public List<RequestProblem> problems(Resource resource, RequestTemplate request) {
        if (resource.asks("eks", CALL)) {
            return WebTemplate.problems(request, FIELDS_OF_CALL);
        }
        return isRunJob(resource) ? WebTemplate.problems(request, FIELDS_OF_RUN_JOB) : List.of();
    }

    private JsonNode call(TaskCall call) {
        JsonNode input = call.input();
        WebParameters parameters = new WebParameters(input, false);
        Cluster cluster = Cluster.of(input, call.credentials(), call.context().executionArn());
        String path = parameters.text("Path");
        URI whole = WebParameters.address(cluster.endpoint() + (path.startsWith("/") ? "" : "/") + path);
        JsonNode body = input.get("RequestBody");
        Question question = new Question(
                parameters.method(),
                HttpTarget.of(whole).path(),
                parameters.query(whole),
                body == null || body.isNull() ? null : body);
        return KubernetesApi.result(api.ask(cluster, question, KubernetesApi.PATIENCE));
    }

    @Override
    public List<String> known() {
        return List.of("arn:aws:states:::eks:call", "arn:aws:states:::eks:runJob");
    }
}
