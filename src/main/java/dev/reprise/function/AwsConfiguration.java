package dev.reprise.function;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Map;

/** The configuration's {@code reprise.aws.*}. */
@ConfigMapping(prefix = "reprise.aws")
interface AwsConfiguration {

    /** Where a service is, by its name in {@code aws-sdk} resources; AWS's own address for those that are not named. */
    Map<String, URI> endpoint();
}
