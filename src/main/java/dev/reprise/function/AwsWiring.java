package dev.reprise.function;

import dev.reprise.dataset.s3.S3Objects;
import dev.reprise.task.MappedTasks;
import dev.reprise.task.TaskThreads;
import dev.reprise.task.aws.ApiGatewayInvoke;
import dev.reprise.task.aws.HttpConnections;
import dev.reprise.task.aws.HttpInvoke;
import dev.reprise.task.aws.KubernetesApi;
import dev.reprise.task.aws.KubernetesTasks;
import dev.reprise.task.aws.LambdaCalls;
import dev.reprise.task.aws.SdkActions;
import dev.reprise.task.aws.ServiceCalls;
import dev.reprise.task.aws.WebAccess;
import dev.reprise.task.aws.client.AssumedRoles;
import dev.reprise.task.aws.client.AwsAccess;
import dev.reprise.task.aws.client.AwsClient;
import dev.reprise.task.aws.client.ClusterTokens;
import dev.reprise.task.aws.client.Connections;
import dev.reprise.task.aws.client.Endpoints;
import dev.reprise.task.aws.client.OnDemand;
import dev.reprise.task.aws.client.WebCalls;
import dev.reprise.task.aws.integration.OptimisedIntegrations;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** The client for AWS's services, and the tasks that they do. */
@Singleton
final class AwsWiring {

    /** Of an answer's bytes so many for each that a state's result may have: XML takes more room than JSON. */
    private static final int ROOM = 3;

    private final Access access;
    private final Clock clock;
    private final OnDemand<String> region;

    /**
     * @param aws {@code reprise.aws}: {@code real}, or {@code local} in development and tests, where only services
     *     are called whose address is configured
     */
    AwsWiring(@ConfigProperty(name = "reprise.aws", defaultValue = "real") String aws, InstantSource clock) {
        this.access = access(aws);
        this.clock = clock.withZone(ZoneOffset.UTC);
        this.region = new OnDemand<>(() -> access == Access.REAL
                ? new DefaultAwsRegionProviderChain().getRegion().id()
                : "us-east-1");
    }

    /** This function's own; nobody looks for them before the first request. */
    @Produces
    @Singleton
    AwsCredentialsProvider credentials() {
        return DefaultCredentialsProvider.builder().build();
    }

    @Produces
    @Singleton
    AwsAccess access() {
        return access == Access.REAL ? AwsAccess.allowed() : AwsWiring::refusal;
    }

    @Produces
    @Singleton
    Connections connections(RunnerConfiguration runner) {
        return new Connections(Math.max(ROOM * runner.payloadBytes(), S3Objects.PART_BYTES));
    }

    void close(@Disposes Connections connections) {
        connections.close();
    }

    @Produces
    @Singleton
    AwsClient client(
            AwsConfiguration configuration,
            AwsCredentialsProvider credentials,
            AwsAccess mayBeCalled,
            Connections connections) {
        return new AwsClient(
                new Endpoints(
                        region,
                        Endpoints.configured(configuration.endpoints(), System.getenv()),
                        Endpoints.kinds(System.getenv())),
                credentials::resolveCredentials,
                mayBeCalled,
                connections,
                clock);
    }

    @Produces
    @Singleton
    WebCalls webCalls(Connections connections, AwsCredentialsProvider credentials) {
        return new WebCalls(connections, region, credentials::resolveCredentials, clock);
    }

    private enum Access {
        REAL,
        LOCAL
    }

    private static Access access(String aws) {
        return switch (aws) {
            case "real" -> Access.REAL;
            case "local" -> Access.LOCAL;
            default -> throw new IllegalArgumentException("reprise.aws is 'real' or 'local', not '" + aws + "'");
        };
    }

    private static String refusal(String service) {
        return "AWS is not called from here. Say where the service is, with reprise.aws.endpoint." + service
                + "=http://…, or map the resource to a task, with reprise.tasks.\"…\"=task:NAME, or call AWS itself,"
                + " with reprise.aws=real";
    }

    /** Lambda functions, which are services of their own: each may be mapped. */
    @Produces
    @Singleton
    LambdaCalls lambdaCalls(TaskThreads threads, AwsClient client, AssumedRoles roles, AwsConfiguration configuration) {
        URI address = Endpoints.configured("lambda", "Lambda", configuration.endpoints(), System.getenv());
        return access == Access.REAL || address != null
                ? new LambdaCalls(threads, client, roles)
                : new LambdaCalls(threads, client, roles, AwsWiring::refusalOfFunction);
    }

    private static String refusalOfFunction(String function) {
        return "The Lambda function '" + function + "' is not called from here: "
                + MappedTasks.howToMap(function)
                + ". Or say where Lambda is, with reprise.aws.endpoint.lambda=http://…, or"
                + " call AWS itself, with reprise.aws=real";
    }

    @Produces
    @Singleton
    AssumedRoles roles(AwsClient client) {
        return new AssumedRoles(client, clock);
    }

    @Produces
    @Singleton
    ServiceCalls calls(TaskThreads threads, AwsClient client, AssumedRoles roles) {
        return new ServiceCalls(threads, client, roles);
    }

    @Produces
    @Singleton
    SdkActions sdkActions(ServiceCalls calls) {
        return new SdkActions(calls);
    }

    @Produces
    @Singleton
    OptimisedIntegrations optimised(ServiceCalls calls) {
        return new OptimisedIntegrations(calls);
    }

    @Produces
    @Singleton
    WebAccess webAccess(HttpConfiguration configuration) {
        return new WebAccess(
                configuration.allowed().orElse(List.of()), configuration.privateAddresses(), access == Access.LOCAL);
    }

    @Produces
    @Singleton
    HttpInvoke httpInvoke(
            TaskThreads threads,
            AwsClient client,
            AssumedRoles roles,
            WebCalls web,
            WebAccess webAccess,
            HttpConfiguration configuration) {
        HttpConnections known = new HttpConnections(client, roles, web, webAccess, configuration.connection(), clock);
        return new HttpInvoke(threads, web, webAccess, known);
    }

    @Produces
    @Singleton
    ApiGatewayInvoke apiGatewayInvoke(
            TaskThreads threads, WebCalls web, WebAccess webAccess, AwsAccess mayBeCalled, AssumedRoles roles) {
        return new ApiGatewayInvoke(threads, web, webAccess, mayBeCalled, roles);
    }

    @Produces
    @Singleton
    KubernetesTasks kubernetesTasks(
            TaskThreads threads,
            AwsCredentialsProvider credentials,
            WebCalls web,
            WebAccess webAccess,
            AwsAccess mayBeCalled,
            AssumedRoles roles) {
        ClusterTokens tokens = new ClusterTokens(region, credentials::resolveCredentials, clock);
        return new KubernetesTasks(threads, new KubernetesApi(web, tokens, webAccess, mayBeCalled, roles));
    }
}
