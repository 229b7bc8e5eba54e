package dev.reprise.task.aws.integration;

/**
 * {@code sagemaker}: jobs that train, tune, label, process and transform, and what models run on. A job is known by the
 * name that it was given, so that stands beside its ARN in what is submitted.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html">AWS, SageMaker</a>
 */
final class SageMaker {

    private static final String SERVICE = "sagemaker";

    static final ServiceIntegration INTEGRATION = ServiceIntegration.of(
                    SERVICE, new LegacyErrors("SageMaker", "AmazonSageMaker"))
            .with("createTrainingJob", job("TrainingJob"))
            .with("createTransformJob", job("TransformJob"))
            .with("createProcessingJob", job("ProcessingJob"))
            .with("createLabelingJob", job("LabelingJob"))
            .with("createHyperParameterTuningJob", job("HyperParameterTuningJob"))
            .with("createModel", Action.of(SERVICE, "createModel"))
            .with("createEndpoint", Action.of(SERVICE, "createEndpoint"))
            .with("createEndpointConfig", Action.of(SERVICE, "createEndpointConfig"))
            .with("updateEndpoint", Action.of(SERVICE, "updateEndpoint"));

    private SageMaker() {}

    /** All kinds of jobs are alike but for their names. */
    private static Action job(String kind) {
        String name = kind + "Name";
        String request = "{\"" + name + "\": \"/" + name + "\"}";
        return Action.of(SERVICE, "create" + kind)
                .repeating(name)
                .waitingFor(JobKind.described("describe" + kind, request)
                        .at("", "/" + kind + "Status")
                        .succeedingIn("Completed")
                        .failingIn("Failed", "Stopped")
                        .cancelledBy("stop" + kind, request));
    }
}
