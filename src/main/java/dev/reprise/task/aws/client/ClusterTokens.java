package dev.reprise.task.aws.client;

import dev.reprise.task.aws.protocol.WireRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;

/**
 * Tokens by which a cluster of EKS learns who asks it: a request to STS that is signed and not sent. The cluster sends
 * it, and STS tells it the name of whoever signed it. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/cluster-auth.html">AWS, How clusters know who asks</a>
 */
public final class ClusterTokens {

    private static final String PREFIX = "k8s-aws-v1.";

    /** As AWS's command line has it; the cluster takes a token for a quarter of an hour. */
    private static final Duration VALID = Duration.ofSeconds(60);

    private final Supplier<String> region;
    private final Supplier<? extends AwsCredentialsIdentity> credentials;
    private final Signatures signatures;

    /**
     * @param region whose STS the cluster is to ask
     * @param credentials the function's own, asked for when a token is made
     */
    public ClusterTokens(Supplier<String> region, Supplier<? extends AwsCredentialsIdentity> credentials, Clock clock) {
        this.region = region;
        this.credentials = credentials;
        this.signatures = new Signatures(clock);
    }

    /**
     * A token for that cluster alone.
     *
     * @param cluster its name
     * @param identity in whose name; null for the function's own
     * @throws software.amazon.awssdk.core.exception.SdkClientException when there are no credentials
     */
    public String token(String cluster, @Nullable AwsCredentialsIdentity identity) {
        Region here = Region.of(region.get());
        URI host = URI.create("https://" + ServiceMetadata.of("sts").endpointFor(here));
        WireRequest request = new WireRequest(
                "GET",
                "/",
                Map.of("Action", List.of("GetCallerIdentity"), "Version", List.of("2011-06-15")),
                Map.of("x-k8s-aws-id", cluster),
                new byte[0]);
        URI signed = signatures.presign(
                request, host, "sts", here.id(), identity == null ? credentials.get() : identity, VALID);
        return PREFIX
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(signed.toString().getBytes(StandardCharsets.UTF_8));
    }
}
