package dev.reprise.task.aws.integration;

import dev.reprise.task.aws.LegacyErrors;

/**
 * {@code mediaconvert}: jobs that convert video.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-mediaconvert.html">AWS, MediaConvert</a>
 */
final class MediaConvert {

    private static final JobKind JOB = JobKind.described("getJob", "{\"Id\": \"/Job/Id\"}")
            .at("/Job", "/Status")
            .succeedingIn("COMPLETE")
            .failingIn("ERROR", "CANCELED")
            .givingTheAnswer()
            .cancelledBy("cancelJob", "{\"Id\": \"/Job/Id\"}");

    static final ServiceIntegration INTEGRATION = ServiceIntegration.of(
                    "mediaconvert", new LegacyErrors("MediaConvert", "AWSMediaConvert"))
            .with("createJob", Action.of("mediaconvert", "createJob").waitingFor(JOB));

    private MediaConvert() {}
}
