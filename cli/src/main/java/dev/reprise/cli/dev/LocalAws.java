package dev.reprise.cli.dev;

import dev.reprise.task.MappedTasks;
import dev.reprise.task.TaskSource;
import dev.reprise.task.TaskThreads;
import dev.reprise.task.aws.ApiGatewayInvoke;
import dev.reprise.task.aws.HttpConnections;
import dev.reprise.task.aws.HttpInvoke;
import dev.reprise.task.aws.KubernetesApi;
import dev.reprise.task.aws.KubernetesTasks;
import dev.reprise.task.aws.LambdaCalls;
import dev.reprise.task.aws.LambdaFunctions;
import dev.reprise.task.aws.LambdaInvoke;
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
import dev.reprise.task.aws.model.ServiceModel;
import dev.reprise.task.aws.model.ServiceModels;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** Tasks that Lambda functions and AWS's services do: those that have an address, or all of AWS if that is wanted. */
final class LocalAws implements AutoCloseable {

    /** Of an answer's bytes so many for each that a state's result may have: XML takes more room than JSON. */
    private static final int ROOM = 3;

    private static final String REGION = "us-east-1";

    private final Connections connections;
    private final List<TaskSource> sources;

    /**
     * @param real whether AWS itself is called where no address is given
     * @param environment in which addresses stand, as AWS's SDKs read them
     */
    LocalAws(
            boolean real,
            Map<String, String> environment,
            TaskThreads threads,
            MappedTasks mapped,
            int payloadBytes,
            Clock clock) {
        Supplier<String> region = new OnDemand<>(
                () -> real ? new DefaultAwsRegionProviderChain().getRegion().id() : REGION);
        Supplier<DefaultCredentialsProvider> provider =
                new OnDemand<>(() -> DefaultCredentialsProvider.builder().build());
        Supplier<AwsCredentials> credentials = () -> provider.get().resolveCredentials();
        AwsAccess access = real ? AwsAccess.allowed() : LocalAws::refusal;
        WebAccess webAccess = new WebAccess(List.of(), false, !real);
        connections = new Connections(ROOM * payloadBytes);
        AwsClient client = new AwsClient(
                new Endpoints(region, Endpoints.configured(Map.of(), environment), Endpoints.kinds(environment)),
                credentials,
                access,
                connections,
                clock);
        AssumedRoles roles = new AssumedRoles(client, clock);
        WebCalls web = new WebCalls(connections, region, credentials, clock);
        ServiceCalls calls = new ServiceCalls(threads, client, roles);
        URI lambdaAddress = Endpoints.configured("lambda", "Lambda", Map.of(), environment);
        LambdaCalls lambda = real || lambdaAddress != null
                ? new LambdaCalls(threads, client, roles)
                : new LambdaCalls(threads, client, roles, LocalAws::refusalOfFunction);
        sources = List.of(
                new LambdaFunctions(lambda),
                new LambdaInvoke(lambda, mapped),
                new OptimisedIntegrations(calls),
                new HttpInvoke(
                        threads, web, webAccess, new HttpConnections(client, roles, web, webAccess, Map.of(), clock)),
                new ApiGatewayInvoke(threads, web, webAccess, access, roles),
                new KubernetesTasks(
                        threads,
                        new KubernetesApi(
                                web, new ClusterTokens(region, credentials, clock), webAccess, access, roles)),
                new SdkActions(calls));
    }

    private static String refusal(String service) {
        ServiceModel known = ServiceModels.find(service);
        String id = known == null ? service : known.id();
        return "AWS is not called from here. Say where the service is, by the environment's AWS_ENDPOINT_URL_"
                + id.replace(' ', '_').toUpperCase(Locale.ROOT)
                + "=http://…, or what it gives, by --mock FILE, or call AWS itself, by --aws real";
    }

    private static String refusalOfFunction(String function) {
        return "The Lambda function '" + function + "' is not called from here. Say where Lambda is, by the"
                + " environment's AWS_ENDPOINT_URL_LAMBDA=http://…, or what it gives, by --mock FILE, or call AWS"
                + " itself, by --aws real";
    }

    /** In the order in which they are asked. */
    List<TaskSource> sources() {
        return sources;
    }

    @Override
    public void close() {
        connections.close();
    }
}
