package dev.reprise.task.aws.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.task.Job.Progress;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskException;
import dev.reprise.task.aws.HttpMetadata;
import dev.reprise.task.aws.LegacyErrors;
import dev.reprise.task.aws.ServiceCalls;
import dev.reprise.task.aws.ServiceErrors;
import dev.reprise.task.aws.client.AwsAnswer;
import dev.reprise.task.aws.model.Operation;
import dev.reprise.task.aws.model.ServiceModel;
import dev.reprise.task.aws.model.ServiceModels;
import io.smallrye.mutiny.Uni;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code elasticmapreduce}: clusters of EMR and steps in them, under names of Step Functions' own.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr.html">AWS, EMR</a>
 */
final class Emr {

    private static final String SERVICE = "emr";
    private static final String CLUSTER_ID = "{\"ClusterId\": \"/ClusterId\"}";

    private static final JobKind CLUSTER = JobKind.described("describeCluster", CLUSTER_ID)
            .at("/Cluster", "/Status/State")
            .judgedBy(Emr::cluster);

    private static final JobKind STEP = JobKind.described(
                    "describeStep", "{\"ClusterId\": \"/ClusterId\", \"StepId\": \"/StepId\"}")
            .at("/Step", "/Status/State")
            .succeedingIn("COMPLETED")
            .failingIn("CANCELLED", "FAILED", "INTERRUPTED")
            .givingTheAnswer()
            .cancelledBy("cancelSteps", "{\"ClusterId\": \"/ClusterId\", \"StepIds\": [\"/StepId\"]}");

    private static final ServiceErrors ERRORS = new LegacyErrors("ElasticMapReduce", "AmazonElasticMapReduce");

    static final ServiceIntegration INTEGRATION = ServiceIntegration.of("elasticmapreduce", ERRORS)
            .with(
                    "createCluster",
                    Action.of(SERVICE, "runJobFlow")
                            .giving(Emr::created)
                            .waitingFor(CLUSTER.succeedingIn("WAITING", "TERMINATED")
                                    .failingIn("TERMINATED_WITH_ERRORS")
                                    .cancelledBy("terminateJobFlows", "{\"JobFlowIds\": [\"/ClusterId\"]}")))
            .with(
                    "terminateCluster",
                    Action.of(SERVICE, "terminateJobFlows")
                            .taking(Fields.of("ClusterId"), Emr::termination)
                            .repeating("ClusterId")
                            .waitingFor(CLUSTER.succeedingIn("TERMINATED", "TERMINATED_WITH_ERRORS")))
            .with(
                    "setClusterTerminationProtection",
                    Action.of(SERVICE, "setTerminationProtection")
                            .taking(Fields.of("ClusterId", "TerminationProtected"), Emr::protection))
            .with(
                    "addStep",
                    Action.of(SERVICE, "addJobFlowSteps")
                            .taking(Fields.of("ClusterId", "Step", "ExecutionRoleArn"), Emr::step)
                            .giving(Emr::added)
                            .waitingFor(STEP))
            .with(
                    "cancelStep",
                    Action.of(SERVICE, "cancelSteps").taking(Fields.of("ClusterId", "StepId"), Emr::cancellation))
            .with("modifyInstanceFleetByName", modifiedByName("InstanceFleet", "modifyInstanceFleet"))
            .with("modifyInstanceGroupByName", modifiedByName("InstanceGroup", "modifyInstanceGroups"));

    private Emr() {}

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static JsonNode created(TaskCall call, AwsAnswer answer) {
        ObjectNode result = HttpMetadata.added(answer);
        JsonNode id = result.remove("JobFlowId");
        return id == null ? result : result.set("ClusterId", id);
    }

    private static Progress cluster(JsonNode cluster, ObjectNode answer) {
        ObjectNode result = object();
        result.set("ClusterId", cluster.path("Id"));
        return new Progress.Succeeded(result.set("Cluster", cluster));
    }

    private static JsonNode termination(TaskCall call) {
        ObjectNode request = object();
        request.putArray("JobFlowIds").add(call.input().path("ClusterId"));
        return request;
    }

    private static JsonNode protection(TaskCall call) {
        ObjectNode request = object();
        request.putArray("JobFlowIds").add(call.input().path("ClusterId"));
        return request.set("TerminationProtected", call.input().path("TerminationProtected"));
    }

    private static JsonNode step(TaskCall call) {
        ObjectNode request = object();
        request.set("JobFlowId", call.input().path("ClusterId"));
        request.putArray("Steps").add(call.input().path("Step"));
        JsonNode role = call.input().get("ExecutionRoleArn");
        return role == null ? request : request.set("ExecutionRoleArn", role);
    }

    private static JsonNode added(TaskCall call, AwsAnswer answer) {
        ObjectNode result = HttpMetadata.added(answer);
        JsonNode ids = result.remove("StepIds");
        result.set("StepId", ids == null ? JsonNodeFactory.instance.nullNode() : ids.path(0));
        return result.set("ClusterId", call.input().path("ClusterId"));
    }

    /** What a cluster has several of, which EMR knows by their ids alone. */
    private static Action modifiedByName(String kind, String operation) {
        Action modification =
                Action.of(SERVICE, operation).taking(Fields.of("ClusterId", kind + "Name", kind), TaskCall::input);
        return modification.run(
                calls -> call -> found(calls, call, kind, null)
                        .flatMap(id -> calls.call(
                                modification.model(),
                                modification.asked(),
                                call,
                                modified(call, kind, operation, id),
                                ERRORS))
                        .map(HttpMetadata::added),
                "list" + kind + "s");
    }

    private static JsonNode modified(TaskCall call, String kind, String operation, String id) {
        ObjectNode one = call.input().path(kind) instanceof ObjectNode given ? given.deepCopy() : object();
        one.put(kind + "Id", id);
        ObjectNode request = object();
        request.set("ClusterId", call.input().path("ClusterId"));
        if (operation.endsWith("s")) {
            request.putArray(kind + "s").add(one);
        } else {
            request.set(kind, one);
        }
        return request;
    }

    /**
     * The id of what has that name.
     *
     * @param marker where to go on looking; null at the beginning
     */
    private static Uni<String> found(ServiceCalls calls, TaskCall call, String kind, @Nullable JsonNode marker) {
        ServiceModel emr = ServiceModels.get(SERVICE);
        ObjectNode request = object();
        request.set("ClusterId", call.input().path("ClusterId"));
        if (marker != null) {
            request.set("Marker", marker);
        }
        Operation listing = Objects.requireNonNull(emr.operation("list" + kind + "s"));
        return calls.call(emr, listing, call, request, ERRORS).flatMap(answer -> {
            JsonNode name = call.input().path(kind + "Name");
            for (JsonNode each : answer.output().path(kind + "s")) {
                if (each.path("Name").equals(name)) {
                    return Uni.createFrom().item(each.path("Id").asText());
                }
            }
            if (answer.output().hasNonNull("Marker")) {
                return found(calls, call, kind, answer.output().get("Marker"));
            }
            return Uni.createFrom()
                    .failure(new TaskException(
                            "ElasticMapReduce.InvalidRequestException",
                            "The cluster " + call.input().path("ClusterId").asText() + " has no " + kind
                                    + " of the name " + name));
        });
    }

    private static JsonNode cancellation(TaskCall call) {
        ObjectNode request = object();
        request.set("ClusterId", call.input().path("ClusterId"));
        request.putArray("StepIds").add(call.input().path("StepId"));
        return request;
    }
}
