package dev.reprise.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.Resource;
import dev.reprise.execution.StatesError;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What tasks give. It follows from the place of the task and its input alone, so that a task that runs twice gives the
 * same twice, as a task should that is given an idempotency key; and so that one which is asked for again after a
 * redrive gives what it would have given before, unless its input tells of the redrive.
 */
final class TaskWorld {

    /** What the state machines of the simulation name as {@code Resource}. */
    enum Kind {
        SURE,
        FLAKY,
        BROKEN,
        SILENT,
        LARGE;

        String resource() {
            return "task:" + name();
        }

        /** The activity whose workers do the same. */
        String activity() {
            return "arn:aws:states:us-east-1:000000000000:activity:" + name();
        }

        /** What is polled until it is done by a service that does the same. Large results are not for it. */
        String job() {
            return switch (this) {
                case SURE, LARGE -> "arn:aws:states:::codebuild:startBuild.sync";
                case FLAKY -> "arn:aws:states:::codebuild:startBuildBatch.sync";
                case BROKEN -> "arn:aws:states:::codebuild:retryBuildBatch.sync";
                case SILENT -> "arn:aws:states:::mediaconvert:createJob.sync";
            };
        }

        static Kind of(String resource) {
            for (Kind kind : values()) {
                if (kind.job().equals(resource)) {
                    return kind;
                }
            }
            return valueOf(resource.substring(resource.lastIndexOf(':') + 1)
                    .replace(Resource.Pattern.WAIT_FOR_TASK_TOKEN.suffix(), ""));
        }
    }

    /** The one error of all tasks: which of two fails first must not show. */
    static final StatesError BROKEN = new StatesError("Broken", "as the simulation wants it");

    /** More than an entry holds. */
    private static final String LARGE = "0123456789abcdef".repeat(9_000);

    private TaskWorld() {}

    /** The scope that the task stands in. The state is told by the task's input. */
    private static String place(String idempotencyKey) {
        return idempotencyKey.substring(idempotencyKey.indexOf('/'), idempotencyKey.lastIndexOf(':'));
    }

    /** Of somebody who is given the token of a task by the execution that the task has started. */
    static Answer answerToToken(String idempotencyKey, JsonNode input) {
        ObjectNode told = input.deepCopy();
        told.remove("token");
        return Objects.requireNonNull(answer(Kind.SURE.resource(), idempotencyKey, told));
    }

    /** One of both; null when it never answers. */
    record Answer(@Nullable JsonNode output, @Nullable StatesError error) {}

    static @Nullable Answer answer(String resource, String idempotencyKey, JsonNode input) {
        int hash = 31 * place(idempotencyKey).hashCode() + input.hashCode();
        ObjectNode output = JsonNodeFactory.instance.objectNode().put("v", Math.floorMod(hash * 0x9E3779B9, 1000));
        return switch (Kind.of(resource)) {
            case SURE -> new Answer(output, null);
            case FLAKY -> (hash & 4) == 0 ? new Answer(output, null) : new Answer(null, BROKEN);
            case BROKEN -> new Answer(null, BROKEN);
            case SILENT -> null;
            case LARGE -> new Answer(output.put("text", LARGE), null);
        };
    }
}
