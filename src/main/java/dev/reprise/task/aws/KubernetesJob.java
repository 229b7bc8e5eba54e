package dev.reprise.task.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.StatesError;
import dev.reprise.task.Job;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskThreads;
import dev.reprise.task.aws.KubernetesApi.Cluster;
import dev.reprise.task.aws.KubernetesApi.Question;
import dev.reprise.task.aws.client.AwsCall;
import dev.reprise.task.aws.protocol.WireAnswer;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code eks:runJob}: a Job of Kubernetes, which is done when its condition {@code Complete} holds, and failed when
 * {@code Failed} does. It bears the attempt's token as an annotation, so one that is created twice is recognised.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/controllers/job/">Kubernetes, Jobs</a>
 */
final class KubernetesJob implements Job {

    static final String ANNOTATION = "reprise.dev/idempotency-token";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;
    private static final Set<Integer> PASSING = Set.of(429, 500, 502, 503, 504);

    /** What the end of a generated name has of the token: Kubernetes itself draws five characters. */
    private static final int DRAWN = 10;

    private static final int LONGEST_NAME = 63;

    private static final int LONGEST_CAUSE = 32_768;

    /** What is left for the names of a job, when all else that is kept of it is long. */
    private static final int ROOM = 1_000;

    private final TaskThreads threads;
    private final KubernetesApi api;
    private final KubernetesLogs logs;

    KubernetesJob(TaskThreads threads, KubernetesApi api) {
        this.threads = threads;
        this.api = api;
        this.logs = new KubernetesLogs(api);
    }

    /** Creates it, and does not wait for it. */
    Uni<JsonNode> begin(TaskCall call) {
        return threads.run(() -> created(call));
    }

    @Override
    public Uni<JsonNode> submit(TaskCall call) {
        return threads.run(() -> {
            ObjectNode known = JsonNodeFactory.instance.objectNode();
            for (String field : List.of("ClusterName", "CertificateAuthority", "Endpoint", "Namespace", "LogOptions")) {
                JsonNode value = call.input().get(field);
                if (value != null) {
                    known.set(field, value);
                }
            }
            if (known.toString().length() > LONGEST_RESPONSE - ROOM) {
                throw new TaskException(
                        "States.Runtime",
                        "CertificateAuthority and LogOptions have too many characters to be kept while the job runs");
            }
            ObjectNode created = created(call);
            return shortened(created.setAll(known));
        });
    }

    /** Of a long job only what it is known by is kept. */
    private static JsonNode shortened(ObjectNode response) {
        if (response.toString().length() > LONGEST_RESPONSE) {
            JsonNode metadata = response.at("/ResponseBody/metadata");
            ObjectNode kept = response.putObject("ResponseBody").putObject("metadata");
            kept.set("name", metadata.path("name"));
            kept.set("uid", metadata.path("uid"));
        }
        return response;
    }

    private ObjectNode created(TaskCall call) {
        Cluster cluster =
                Cluster.of(call.input(), call.credentials(), call.context().executionArn());
        ObjectNode job = job(call);
        Question creation = new Question("POST", path(call.input(), ""), Map.of(), job);
        WireAnswer answer;
        try {
            answer = api.ask(cluster, creation, KubernetesApi.PATIENCE);
        } catch (TaskException e) {
            if (!(e.getCause() instanceof IOException)) {
                throw e;
            }
            // It may have been created all the same: then its name is taken, and it is recognised.
            answer = api.ask(cluster, creation, KubernetesApi.PATIENCE);
        }
        if (answer.status() == CONFLICT) {
            Question named =
                    Question.get(path(call.input(), job.at("/metadata/name").asText()), Map.of());
            WireAnswer found = api.ask(cluster, named, KubernetesApi.PATIENCE);
            if (found.status() == 200 && isOfThisAttempt(found, job)) {
                return KubernetesApi.result(found);
            }
        }
        return KubernetesApi.result(answer);
    }

    private static boolean isOfThisAttempt(WireAnswer found, JsonNode job) {
        JsonNode annotations = KubernetesApi.result(found).at("/ResponseBody/metadata/annotations");
        return annotations
                .path(ANNOTATION)
                .equals(job.path("metadata").path("annotations").path(ANNOTATION));
    }

    /** What the workflow says, with its mark, and with a name that is the same when it is created again. */
    private static ObjectNode job(TaskCall call) {
        ObjectNode job = written(call.input().path("Job")).deepCopy();
        if (!job.path("metadata").isObject()) {
            job.putObject("metadata");
        }
        ObjectNode metadata = (ObjectNode) job.path("metadata");
        if (!metadata.path("annotations").isObject()) {
            metadata.putObject("annotations");
        }
        String token = AwsCall.token(call.context().idempotencyKey());
        ((ObjectNode) metadata.path("annotations")).put(ANNOTATION, token);
        String start = metadata.path("generateName").asText();
        if (!metadata.hasNonNull("name") && !start.isEmpty()) {
            String kept = start.substring(0, Math.min(start.length(), LONGEST_NAME - DRAWN));
            metadata.put("name", kept + token.replace("-", "").substring(0, DRAWN));
        }
        return job;
    }

    private static JsonNode written(JsonNode job) {
        JsonNode read = job;
        if (job.isTextual()) {
            try {
                read = JSON.readTree(job.textValue());
            } catch (JsonProcessingException e) {
                throw WebParameters.wrong("Job", "is a text that is no JSON: " + e.getOriginalMessage());
            }
        }
        if (!read.isObject()) {
            throw WebParameters.wrong("Job", "must be an object of Kubernetes, or its JSON as a text");
        }
        return read;
    }

    private static String path(JsonNode request, String name) {
        return "/apis/batch/v1/namespaces/" + encoded(namespace(request)) + "/jobs"
                + (name.isEmpty() ? "" : "/" + encoded(name));
    }

    static String namespace(JsonNode request) {
        String namespace = request.path("Namespace").asText("");
        return namespace.isEmpty() ? "default" : namespace;
    }

    static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    // ---- once it is there

    private static Cluster cluster(Submission job) {
        return Cluster.of(job.response(), job.credentials(), "job");
    }

    private static Question named(Submission job) {
        return Question.get(
                path(
                        job.response(),
                        job.response().at("/ResponseBody/metadata/name").asText()),
                Map.of());
    }

    @Override
    public Uni<Progress> poll(Submission job) {
        return threads.run(() -> progress(job));
    }

    private Progress progress(Submission job) {
        Cluster cluster = cluster(job);
        ObjectNode found = found(cluster, job);
        if (!isSame(found, job)) {
            return new Progress.Failed(new StatesError(
                    "States.TaskFailed", "The job was deleted, and another one has its name: " + found));
        }
        if (holds(found, "Complete")) {
            return new Progress.Succeeded(logs.added(cluster, job.response(), found));
        }
        if (holds(found, "Failed")) {
            String bare = found.toString();
            String told = logs.added(cluster, job.response(), found).toString();
            return new Progress.Failed(
                    new StatesError("States.TaskFailed", told.length() > LONGEST_CAUSE ? bare : told));
        }
        return new Progress.Running(null);
    }

    /** A cluster that is away for a while, or too busy, fails no job that runs on without us: it is asked again. */
    private ObjectNode found(Cluster cluster, Submission job) {
        WireAnswer answer;
        try {
            answer = api.ask(cluster, named(job), KubernetesApi.PATIENCE);
        } catch (TaskException e) {
            throw e.getCause() instanceof IOException ? new IllegalStateException(e.getMessage(), e) : e;
        }
        if (PASSING.contains(answer.status())) {
            throw new IllegalStateException(cluster.endpoint().getHost() + " answers " + answer.status());
        }
        if (KubernetesApi.result(answer).get("ResponseBody") instanceof ObjectNode found) {
            return found;
        }
        throw new IllegalStateException(cluster.endpoint().getHost() + " answers with what is no job");
    }

    private static boolean isSame(JsonNode found, Submission job) {
        JsonNode uid = job.response().at("/ResponseBody/metadata/uid");
        return uid.isMissingNode() || uid.equals(found.at("/metadata/uid"));
    }

    private static boolean holds(JsonNode job, String type) {
        for (JsonNode condition : job.at("/status/conditions")) {
            if (condition.path("type").asText().equals(type)
                    && condition.path("status").asText().equals("True")) {
                return true;
            }
        }
        return false;
    }

    /**
     * A job that is done stays, and so do its pods with their logs: what is deleted is what was seen running, or
     * nothing.
     */
    @Override
    public Uni<Void> cancel(Submission job) {
        return threads.run(() -> {
                    delete(job);
                    return job;
                })
                .replaceWithVoid();
    }

    private void delete(Submission job) {
        Cluster cluster = cluster(job);
        WireAnswer answer = api.ask(cluster, named(job), KubernetesApi.PATIENCE);
        if (answer.status() == NOT_FOUND) {
            return;
        }
        JsonNode found = KubernetesApi.result(answer).path("ResponseBody");
        if (!isSame(found, job) || holds(found, "Complete") || holds(found, "Failed")) {
            return;
        }
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        options.put("apiVersion", "v1").put("kind", "DeleteOptions").put("propagationPolicy", "Background");
        ObjectNode only = options.putObject("preconditions");
        only.set("uid", found.at("/metadata/uid"));
        only.set("resourceVersion", found.at("/metadata/resourceVersion"));
        Question deletion = new Question("DELETE", named(job).path(), Map.of(), options);
        WireAnswer deleted = api.ask(cluster, deletion, KubernetesApi.PATIENCE);
        if (deleted.status() != NOT_FOUND) {
            KubernetesApi.result(deleted);
        }
    }
}
