package dev.reprise.task.aws.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskRunner;
import dev.reprise.task.aws.ServiceCalls;
import dev.reprise.task.aws.ServiceErrors;
import dev.reprise.task.aws.client.AwsAnswer;
import dev.reprise.task.aws.client.AwsCall;
import dev.reprise.task.aws.client.ServiceRefusedException;
import dev.reprise.task.aws.protocol.WireError;
import io.smallrye.mutiny.Uni;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Creates what has a name that must be free, at a service that knows no token of requests. A request may come twice:
 * its answer got lost, or the process died that asked. So what is created bears the attempt's token as a tag. When its
 * name is taken, it is looked at: with that tag it is what an earlier request of the same attempt created, and that is
 * the result; a tag of another attempt, or none, leaves the refusal as it is. A time of creation would not do: of two
 * executions that ask for the same name at the same time, one has to fail.
 *
 * @param creation what creates it; its result is made of the answer that tells its ARN
 * @param describe the operation that tells the ARN by the name
 * @param name the field that has the name, of both requests
 * @param arn the field that has the ARN, of both answers
 */
record TaggedCreation(
        ServiceCalls calls, ServiceErrors errors, Action creation, String describe, String name, String arn)
        implements TaskRunner {

    static final String TAG = "reprise:idempotency-token";

    private static final int MOST_TAGS = 50;

    private static final Set<String> DENIED = Set.of("AccessDeniedException", "AccessDenied");

    @Override
    public Uni<JsonNode> run(TaskCall call) {
        JsonNode request = call.input();
        ObjectNode tagged = tagged(call);
        Uni<AwsAnswer> answer = tagged == null
                ? create(call, request)
                : create(call, tagged)
                        .onFailure(failure -> isOfCode(failure, DENIED))
                        // To set a tag takes a permission of its own; without it all is as if there were no tags.
                        .recoverWithUni(denied -> create(call, request))
                        .onFailure(TaggedCreation::isTaken)
                        .recoverWithUni(taken -> recognised(call, taken));
        return answer.map(created -> creation.result().apply(call, created));
    }

    private Uni<AwsAnswer> create(TaskCall call, JsonNode request) {
        return calls.call(creation.model(), creation.asked(), call, request, errors);
    }

    /** The request with one tag more; null when it has no room for one, or its tags are none. */
    private static @Nullable ObjectNode tagged(TaskCall call) {
        JsonNode tags = call.input().path("Tags");
        boolean room = tags.isMissingNode() || tags.isNull() || (tags.isArray() && tags.size() < MOST_TAGS);
        if (!room) {
            return null;
        }
        ObjectNode request = call.input().deepCopy();
        ArrayNode all = request.path("Tags") instanceof ArrayNode given ? given : request.putArray("Tags");
        all.addObject().put("Key", TAG).put("Value", token(call));
        return request;
    }

    private static String token(TaskCall call) {
        return AwsCall.token(call.context().idempotencyKey());
    }

    private static boolean isOfCode(Throwable failure, Set<String> codes) {
        WireError error = refusal(failure);
        return error != null && error.code() != null && codes.contains(error.code());
    }

    private static @Nullable WireError refusal(Throwable failure) {
        return failure.getCause() instanceof ServiceRefusedException refused ? refused.error() : null;
    }

    /** Of models and endpoints only the text says that there is one: the tag decides. */
    private static boolean isTaken(Throwable failure) {
        WireError error = refusal(failure);
        return isOfCode(failure, Set.of("ResourceInUse", "ResourceInUseException"))
                || (isOfCode(failure, Set.of("ValidationException"))
                        && Objects.requireNonNullElse(
                                        Objects.requireNonNull(error).message(), "")
                                .contains("already existing"));
    }

    /** What has the name, if it is of this attempt; else the refusal. */
    private Uni<AwsAnswer> recognised(TaskCall call, Throwable taken) {
        ObjectNode named = JsonNodeFactory.instance.objectNode();
        named.set(name, call.input().path(name));
        return ask(call, describe, named)
                .flatMap(described -> {
                    ObjectNode known = JsonNodeFactory.instance.objectNode();
                    known.set(arn, described.output().path(arn));
                    ObjectNode resource = JsonNodeFactory.instance.objectNode();
                    resource.set("ResourceArn", described.output().path(arn));
                    return ask(call, "listTags", resource)
                            .map(tags -> isOfThisAttempt(call, tags.output())
                                    ? new AwsAnswer(known, described.wire())
                                    : null);
                })
                .onFailure(TaskException.class)
                .recoverWithNull()
                .onItem()
                .ifNull()
                .failWith(taken);
    }

    private Uni<AwsAnswer> ask(TaskCall call, String operation, ObjectNode request) {
        return calls.call(
                creation.model(),
                Objects.requireNonNull(creation.model().operation(operation), operation),
                call,
                request,
                errors);
    }

    private static boolean isOfThisAttempt(TaskCall call, JsonNode answer) {
        for (JsonNode tag : answer.path("Tags")) {
            if (tag.path("Key").asText().equals(TAG)
                    && tag.path("Value").asText().equals(token(call))) {
                return true;
            }
        }
        return false;
    }
}
