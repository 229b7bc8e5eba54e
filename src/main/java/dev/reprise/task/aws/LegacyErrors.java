package dev.reprise.task.aws;

import dev.reprise.execution.StatesError;
import dev.reprise.task.aws.client.ServiceRefusedException;
import dev.reprise.task.aws.client.UnreachableServiceException;
import dev.reprise.task.aws.model.ServiceModel;
import java.util.Objects;

/**
 * Errors of the integrations that Step Functions has had from early on: those of the AWS SDK for Java 1.
 *
 * @param prefix what errors begin with, such as {@code SQS}
 * @param service as causes name it, such as {@code AmazonSQS}
 */
public record LegacyErrors(String prefix, String service) implements ServiceErrors {

    @Override
    public StatesError of(ServiceRefusedException refused) {
        String code = refused.error().code();
        String named = code == null ? null : refused.service().error(code);
        String old = Objects.requireNonNullElse(refused.error().queryCode(), String.valueOf(code));
        return new StatesError(
                prefix + "." + (named == null ? unknown() : named),
                refused.text() + " (Service: " + service + "; Status Code: " + refused.status() + "; Error Code: " + old
                        + "; Request ID: " + refused.requestId() + "; Proxy: null)");
    }

    /** The exception that stands for all codes which the service's model does not have. */
    private String unknown() {
        return (service.equals("AmazonDynamoDBv2") ? "AmazonDynamoDB" : service) + "Exception";
    }

    @Override
    public StatesError of(ServiceModel model, UnreachableServiceException unreachable) {
        return new StatesError(prefix + ".SdkClientException", unreachable.getMessage());
    }
}
