package dev.reprise.task.aws;

import dev.reprise.execution.StatesError;
import dev.reprise.task.aws.client.ServiceRefusedException;
import dev.reprise.task.aws.client.UnreachableServiceException;
import dev.reprise.task.aws.model.ServiceModel;

/** How an integration names what goes wrong. */
public interface ServiceErrors {

    /** The error of a service that refused. */
    StatesError of(ServiceRefusedException refused);

    /** The error of a service that did not answer. */
    StatesError of(ServiceModel service, UnreachableServiceException unreachable);
}
