package dev.reprise.task.aws;

import dev.reprise.execution.StatesError;
import dev.reprise.task.aws.client.ServiceRefusedException;
import dev.reprise.task.aws.client.UnreachableServiceException;
import dev.reprise.task.aws.model.ServiceModel;

/**
 * Errors of {@code aws-sdk} tasks: those of the AWS SDK for Java 2, such as {@code DynamoDb.ResourceNotFoundException};
 * codes that a service's model does not have are {@code DynamoDb.DynamoDbException}.
 */
enum SdkErrors implements ServiceErrors {
    INSTANCE;

    @Override
    public StatesError of(ServiceRefusedException refused) {
        ServiceModel service = refused.service();
        String code = refused.error().code();
        String named = code == null ? null : service.error(code);
        return new StatesError(
                service.prefix() + "." + (named == null ? service.prefix() + "Exception" : named), cause(refused));
    }

    private static String cause(ServiceRefusedException refused) {
        String extended = refused.extendedRequestId();
        return refused.text() + " (Service: " + refused.service().prefix() + ", Status Code: " + refused.status()
                + ", Request ID: " + refused.requestId()
                + (extended == null ? "" : ", Extended Request ID: " + extended) + ") (SDK Attempt Count: "
                + refused.attempts() + ")";
    }

    @Override
    public StatesError of(ServiceModel service, UnreachableServiceException unreachable) {
        return new StatesError(service.prefix() + ".SdkClientException", unreachable.getMessage());
    }
}
