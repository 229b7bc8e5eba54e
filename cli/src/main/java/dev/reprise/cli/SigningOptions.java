package dev.reprise.cli;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import software.amazon.awssdk.profiles.ProfileProperty;

/** How requests to an endpoint of AWS are signed. */
final class SigningOptions {

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "The region that requests are signed for; that of the endpoint's name, AWS_REGION, or the"
                    + " profile's.")
    @Nullable
    String region;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "Whose credentials sign; those of the environment, or AWS_PROFILE.")
    @Nullable
    String profile;

    @Option(
            names = "--service",
            paramLabel = "NAME",
            description = "What requests are signed for where the endpoint's name does not tell: lambda, execute-api.")
    @Nullable
    String service;

    /**
     * How requests to that endpoint are signed; null where they are not: on this machine never, and elsewhere not
     * unless its name tells for what, or {@code --service} does.
     */
    @Nullable
    Signing signing(URI endpoint, Map<String, String> environment) {
        if (AwsHost.isLoopback(endpoint)) {
            return null;
        }
        AwsHost host = AwsHost.of(endpoint);
        String told = service != null ? service : host == null ? null : host.service();
        if (told == null) {
            if (profile != null || region != null) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "The name " + endpoint.getHost() + " does not tell what requests to it are signed for. Say"
                                + " --service execute-api where an API Gateway is behind it, --service lambda where a"
                                + " function's URL is");
            }
            return null;
        }
        if (!"https".equalsIgnoreCase(endpoint.getScheme())) {
            throw new CommandException(
                    ExitCode.USAGE, "Signed requests go by https only, and not to " + endpoint + ": say https://…");
        }
        AwsProfiles profiles = new AwsProfiles(environment);
        return new Signing(told, region(host, profiles, environment), Credentials.find(profile, profiles, environment));
    }

    private String region(@Nullable AwsHost host, AwsProfiles profiles, Map<String, String> environment) {
        if (region != null) {
            return region;
        }
        if (host != null) {
            return host.region();
        }
        for (String variable : new String[] {"AWS_REGION", "AWS_DEFAULT_REGION"}) {
            String found = environment.get(variable);
            if (found != null) {
                return found;
            }
        }
        String named = profile != null ? profile : environment.getOrDefault("AWS_PROFILE", "default");
        var found = profiles.find(named);
        String ofProfile =
                found == null ? null : found.property(ProfileProperty.REGION).orElse(null);
        if (ofProfile == null) {
            throw new CommandException(ExitCode.USAGE, "Say which region requests are signed for: --region REGION");
        }
        return ofProfile;
    }
}
