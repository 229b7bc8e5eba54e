package dev.reprise.task.aws.integration;

import dev.reprise.task.aws.LegacyErrors;
import dev.reprise.task.aws.ServiceErrors;

/**
 * {@code sagemaker}: jobs that train, tune, label, process and transform, and what models run on. A job is known by the
 * name that it was given, so that stands beside its ARN in what is submitted. What is created bears a tag by which it
 * is recognised when the same request comes again.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html">AWS, SageMaker</a>
 */
final class SageMaker {

    private static final String SERVICE = "sagemaker";

    private static final ServiceErrors ERRORS = new LegacyErrors("SageMaker", "AmazonSageMaker");

    static final ServiceIntegration INTEGRATION = ServiceIntegration.of(SERVICE, ERRORS)
            .with("createTrainingJob", job("TrainingJob"))
            .with("createTransformJob", job("TransformJob"))
            .with("createProcessingJob", job("ProcessingJob"))
            .with("createLabelingJob", job("LabelingJob"))
            .with("createHyperParameterTuningJob", job("HyperParameterTuningJob"))
            .with("createModel", created("Model"))
            .with("createEndpoint", created("Endpoint"))
            .with("createEndpointConfig", created("EndpointConfig"))
            .with("updateEndpoint", Action.of(SERVICE, "updateEndpoint"));

    private SageMaker() {}

    private static Action created(String kind) {
        return recognised(kind, Action.of(SERVICE, "create" + kind));
    }

    private static Action recognised(String kind, Action creation) {
        return creation.run(
                calls -> new TaggedCreation(calls, ERRORS, creation, "describe" + kind, kind + "Name", kind + "Arn"),
                "describe" + kind,
                "addTags",
                "listTags");
    }

    /** All kinds of jobs are alike but for their names. */
    private static Action job(String kind) {
        String name = kind + "Name";
        String request = "{\"" + name + "\": \"/" + name + "\"}";
        return recognised(kind, Action.of(SERVICE, "create" + kind).repeating(name))
                .waitingFor(JobKind.described("describe" + kind, request)
                        .at("", "/" + kind + "Status")
                        .succeedingIn("Completed")
                        .failingIn("Failed", "Stopped")
                        .cancelledBy("stop" + kind, request));
    }
}
