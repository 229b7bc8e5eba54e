package dev.reprise.task.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.task.TaskException;
import dev.reprise.task.aws.KubernetesApi.Cluster;
import dev.reprise.task.aws.KubernetesApi.Question;
import dev.reprise.task.aws.protocol.WireAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the containers of a job have printed, as far as it can be had: {@code {"pods": {POD: {"containers": {NAME:
 * {"log": …}}}}}}. A log that cannot be read is {@code error} and {@code cause} in its place.
 *
 * @param api asked for all of them
 */
record KubernetesLogs(KubernetesApi api) {

    /** Of so many containers logs are read, and that long. */
    private static final int MOST = 100;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The job with its logs, if the workflow wants them. */
    ObjectNode added(Cluster cluster, JsonNode request, ObjectNode job) {
        JsonNode options = request.path("LogOptions");
        return isTrue(options.path("RetrieveLogs")) ? job.set("logs", logs(cluster, request, options, job)) : job;
    }

    /** Whoever fills a template in writes it as a text. */
    private static boolean isTrue(JsonNode flag) {
        return flag.asBoolean();
    }

    private ObjectNode logs(Cluster cluster, JsonNode request, JsonNode options, ObjectNode job) {
        ObjectNode logs = JsonNodeFactory.instance.objectNode();
        String namespace = KubernetesJob.namespace(request);
        long until = System.nanoTime() + PATIENCE.toNanos();
        JsonNode found;
        try {
            found = KubernetesApi.result(api.ask(cluster, pods(namespace, job), PATIENCE));
        } catch (TaskException e) {
            return put(logs, e);
        }
        ObjectNode pods = logs.putObject("pods");
        int asked = 0;
        for (JsonNode pod : found.at("/ResponseBody/items")) {
            String name = pod.at("/metadata/name").asText();
            ObjectNode containers = pods.putObject(name).putObject("containers");
            for (JsonNode container : pod.at("/spec/containers")) {
                String containerName = container.path("name").asText();
                ObjectNode log = containers.putObject(containerName);
                asked++;
                long left = until - System.nanoTime();
                if (asked > MOST || left <= 0) {
                    put(
                            log,
                            new TaskException(
                                    "EKS.SdkClientException",
                                    "Logs are read of " + MOST + " containers at most, and for " + PATIENCE.toSeconds()
                                            + " seconds"));
                } else {
                    read(
                            cluster,
                            question(namespace, name, containerName, options),
                            options,
                            Duration.ofNanos(left),
                            log);
                }
            }
        }
        if (found.at("/ResponseBody/metadata/continue").asText("").isEmpty()) {
            return logs;
        }
        return put(logs, new TaskException("EKS.SdkClientException", "Logs are read of " + MOST + " pods at most"));
    }

    private static Question pods(String namespace, JsonNode job) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        query.put(
                "labelSelector", List.of("job-name=" + job.at("/metadata/name").asText()));
        query.put("limit", List.of(Integer.toString(MOST)));
        return Question.get("/api/v1/namespaces/" + KubernetesJob.encoded(namespace) + "/pods", query);
    }

    private static Question question(String namespace, String pod, String container, JsonNode options) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        query.put("container", List.of(container));
        for (Map.Entry<String, JsonNode> parameter :
                options.path("LogParameters").properties()) {
            List<String> values = new ArrayList<>();
            if (parameter.getValue().isArray()) {
                parameter.getValue().forEach(value -> values.add(value.asText()));
            } else {
                values.add(parameter.getValue().asText());
            }
            query.put(parameter.getKey(), values);
        }
        return Question.get(
                "/api/v1/namespaces/" + KubernetesJob.encoded(namespace) + "/pods/" + KubernetesJob.encoded(pod)
                        + "/log",
                query);
    }

    private void read(Cluster cluster, Question question, JsonNode options, Duration patience, ObjectNode log) {
        try {
            WireAnswer answer = api.ask(cluster, question, patience);
            if (answer.status() / 100 != 2) {
                KubernetesApi.result(answer);
            }
            String text = WebResult.text(answer);
            String printed = text == null ? WebResult.cause(answer) : text;
            log.set("log", isTrue(options.path("RawLogs")) ? TextNode.valueOf(printed) : WebResult.body(printed));
        } catch (TaskException e) {
            put(log, e);
        }
    }

    private static ObjectNode put(ObjectNode place, TaskException failure) {
        return place.put("error", failure.error().error())
                .put("cause", failure.error().cause());
    }
}
