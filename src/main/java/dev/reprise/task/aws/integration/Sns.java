package dev.reprise.task.aws.integration;

import dev.reprise.task.aws.LegacyErrors;

/**
 * {@code sns}: messages published. A message that is no text is published as its JSON.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-sns.html">AWS, SNS</a>
 */
final class Sns {

    static final ServiceIntegration INTEGRATION = ServiceIntegration.of("sns", new LegacyErrors("SNS", "AmazonSNS"))
            .with("publish", Action.of("sns", "publish"));

    private Sns() {}
}
