package dev.reprise.function;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.util.Map;

/** The configuration's {@code reprise.aws.endpoint.SERVICE=URL}. */
@ConfigMapping(prefix = "reprise.aws.endpoint")
interface AwsConfiguration {

    /** Where a service is, by its name in {@code aws-sdk} resources; AWS's own address for those that are not named. */
    @WithParentName
    Map<String, URI> endpoints();
}
