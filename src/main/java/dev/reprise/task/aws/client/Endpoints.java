package dev.reprise.task.aws.client;

import dev.reprise.task.aws.model.ServiceModel;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.EndpointTag;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceEndpointKey;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.regions.ServicePartitionMetadata;

/**
 * Finds where services are: what the configuration says, or the host that AWS's rules give for the service and the
 * region, in whatever partition that is. Thread-safe.
 */
public final class Endpoints {

    private final Supplier<String> region;
    private final Function<ServiceModel, @Nullable URI> configured;
    private final List<EndpointTag> kinds;

    /**
     * @param region asked when a service is called first, such as {@code us-east-1}
     * @param configured the address of a service that is not where the rules say; null for the others
     * @param kinds that are wanted of the others: see {@link #kinds}; none for what most ask
     */
    public Endpoints(
            Supplier<String> region, Function<ServiceModel, @Nullable URI> configured, List<EndpointTag> kinds) {
        this.region = region;
        this.configured = configured;
        this.kinds = kinds;
    }

    /**
     * The kinds of endpoints that the environment wants, as the AWS SDKs read it: {@code AWS_USE_FIPS_ENDPOINT} and
     * {@code AWS_USE_DUALSTACK_ENDPOINT}.
     */
    public static List<EndpointTag> kinds(Map<String, String> environment) {
        List<EndpointTag> kinds = new ArrayList<>();
        if (Boolean.parseBoolean(environment.get("AWS_USE_FIPS_ENDPOINT"))) {
            kinds.add(EndpointTag.FIPS);
        }
        if (Boolean.parseBoolean(environment.get("AWS_USE_DUALSTACK_ENDPOINT"))) {
            kinds.add(EndpointTag.DUALSTACK);
        }
        return kinds;
    }

    /**
     * Addresses by the name of a service, in the configuration or, as the AWS SDKs read them, in the environment:
     * {@code AWS_ENDPOINT_URL_DYNAMODB}, then {@code AWS_ENDPOINT_URL} for all services.
     *
     * @param byName such as {@code dynamodb}
     */
    public static Function<ServiceModel, @Nullable URI> configured(
            Map<String, URI> byName, Map<String, String> environment) {
        return service -> configured(service.name(), service.id(), byName, environment);
    }

    /**
     * The same of one service, whose table need not be read.
     *
     * @param name such as {@code lambda}
     * @param id such as {@code Lambda}
     */
    public static @Nullable URI configured(
            String name, String id, Map<String, URI> byName, Map<String, String> environment) {
        URI named = byName.get(name);
        if (named != null) {
            return named;
        }
        String variable = "AWS_ENDPOINT_URL_" + id.replace(' ', '_').toUpperCase(Locale.ROOT);
        String url = environment.getOrDefault(variable, environment.get("AWS_ENDPOINT_URL"));
        return url == null || url.isBlank() ? null : URI.create(url);
    }

    /**
     * Where the service is.
     *
     * @param inRegion null for the function's own
     */
    public ServiceEndpoint find(ServiceModel service, @Nullable String inRegion) {
        String asked = inRegion == null ? region.get() : inRegion;
        URI address = configured.apply(service);
        if (address != null) {
            return new ServiceEndpoint(address, asked, true);
        }
        ServiceMetadata metadata = ServiceMetadata.of(service.endpointPrefix());
        Region here = regionOf(metadata, Region.of(asked));
        URI host = metadata.endpointFor(
                ServiceEndpointKey.builder().region(here).tags(kinds).build());
        return new ServiceEndpoint(
                host.getScheme() == null ? URI.create("https://" + host) : host,
                metadata.signingRegion(here).id(),
                false);
    }

    /** Some services, such as IAM, are in one place for a whole partition, which is a region of its own. */
    private static Region regionOf(ServiceMetadata metadata, Region here) {
        if (metadata.regions().contains(here)) {
            return here;
        }
        String partition = PartitionMetadata.of(here).id();
        return metadata.servicePartitions().stream()
                .filter(each -> each.partition().id().equals(partition))
                .findFirst()
                .flatMap(ServicePartitionMetadata::globalRegion)
                .orElse(here);
    }
}
