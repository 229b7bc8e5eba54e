package dev.reprise.task.aws.integration;

import dev.reprise.task.aws.LegacyErrors;

/**
 * {@code sqs}: messages sent. A body that is no text is sent as its JSON.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-sqs.html">AWS, SQS</a>
 */
final class Sqs {

    static final ServiceIntegration INTEGRATION = ServiceIntegration.of("sqs", new LegacyErrors("SQS", "AmazonSQS"))
            .with("sendMessage", Action.of("sqs", "sendMessage"));

    private Sqs() {}
}
