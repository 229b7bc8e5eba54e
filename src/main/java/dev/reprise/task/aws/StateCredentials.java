package dev.reprise.task.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.StatesError;
import dev.reprise.task.TaskException;
import dev.reprise.task.aws.client.AssumedRoles;
import dev.reprise.task.aws.client.ServiceRefusedException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** In whose name a task asks. To take on a role blocks. Thread-safe. */
record StateCredentials(AssumedRoles roles) {

    /**
     * Keys of the role of a state's {@code Credentials}; null when it has none.
     *
     * @param execution ARN of whoever asks
     * @throws TaskException when the role cannot be taken on
     * @throws dev.reprise.task.aws.client.UnreachableServiceException when STS does not answer
     */
    @Nullable
    AwsCredentials identity(@Nullable JsonNode credentials, String execution) {
        if (credentials == null || credentials.isNull()) {
            return null;
        }
        JsonNode role = credentials.path("RoleArn");
        if (!role.isTextual()) {
            throw new TaskException("States.Runtime", "RoleArn of Credentials must be a string, but was " + role);
        }
        try {
            return roles.assume(role.textValue(), execution.substring(execution.lastIndexOf(':') + 1));
        } catch (ServiceRefusedException e) {
            throw new TaskException(
                    new StatesError(
                            "States.Permissions",
                            "Cannot take on the role " + role.textValue() + ": "
                                    + SdkErrors.INSTANCE.of(e).cause()),
                    e);
        }
    }
}
