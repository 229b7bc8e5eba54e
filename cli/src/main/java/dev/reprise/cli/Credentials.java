package dev.reprise.cli;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProcessCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileProperty;

/** Who signs. Thread-safe. */
final class Credentials {

    /**
     * Where credentials are held by a session that the AWS CLI keeps: single sign-on, a role, a login in the browser.
     */
    private static final List<String> OF_THE_AWS_CLI = List.of(
            ProfileProperty.ROLE_ARN,
            ProfileProperty.WEB_IDENTITY_TOKEN_FILE,
            ProfileProperty.LOGIN_SESSION,
            ProfileProperty.SSO_START_URL,
            "sso_session");

    /** A tool that is not understood may print its whole manual. */
    private static final int LONGEST_MESSAGE = 500;

    private final String source;
    private final AwsCredentialsProvider provider;

    private Credentials(String source, AwsCredentialsProvider provider) {
        this.source = source;
        this.provider = provider;
    }

    /**
     * Finds them where AWS's tools do, in their order: the profile that is named; the environment; the profile that
     * {@code AWS_PROFILE} names, or {@code default}; the container's; the instance's.
     *
     * @throws CommandException when there are none
     */
    static Credentials find(@Nullable String profile, AwsProfiles profiles, Map<String, String> environment) {
        if (profile != null) {
            return ofProfile(profiles.named(profile), profiles);
        }
        if (environment.containsKey("AWS_ACCESS_KEY_ID")) {
            return ofEnvironment(environment);
        }
        String named = environment.get("AWS_PROFILE");
        if (named != null) {
            return ofProfile(profiles.named(named), profiles);
        }
        Profile usual = profiles.find("default");
        if (usual != null && hasCredentials(usual)) {
            return ofProfile(usual, profiles);
        }
        if (environment.containsKey("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")
                || environment.containsKey("AWS_CONTAINER_CREDENTIALS_FULL_URI")) {
            return new Credentials("this container", ContainerCredentialsProvider.create());
        }
        return ofInstance(environment);
    }

    private static Credentials ofEnvironment(Map<String, String> environment) {
        String key = environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
        String secret = environment.get("AWS_SECRET_ACCESS_KEY");
        if (secret == null) {
            throw new CommandException("AWS_ACCESS_KEY_ID is set, and AWS_SECRET_ACCESS_KEY is not");
        }
        String token = environment.get("AWS_SESSION_TOKEN");
        AwsCredentials found = token == null || token.isEmpty()
                ? AwsBasicCredentials.create(key, secret)
                : AwsSessionCredentials.builder()
                        .accessKeyId(key)
                        .secretAccessKey(secret)
                        .sessionToken(token)
                        .expirationTime(expiration(environment.get("AWS_CREDENTIAL_EXPIRATION")))
                        .build();
        return new Credentials("AWS_ACCESS_KEY_ID", StaticCredentialsProvider.create(found));
    }

    /** As {@code aws configure export-credentials} writes it. */
    private static @Nullable Instant expiration(@Nullable String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static boolean hasCredentials(Profile profile) {
        return profile.property(ProfileProperty.AWS_ACCESS_KEY_ID).isPresent()
                || profile.property(ProfileProperty.CREDENTIAL_PROCESS).isPresent()
                || isOfTheAwsCli(profile);
    }

    private static boolean isOfTheAwsCli(Profile profile) {
        return OF_THE_AWS_CLI.stream().anyMatch(each -> profile.property(each).isPresent());
    }

    private static Credentials ofProfile(Profile profile, AwsProfiles profiles) {
        String source = "profile '" + profile.name() + "'";
        if (isOfTheAwsCli(profile)) {
            List<String> command = List.of(
                    "aws", "configure", "export-credentials", "--profile", profile.name(), "--format", "process");
            return new Credentials(
                    source + ", by " + String.join(" ", command),
                    ProcessCredentialsProvider.builder().command(command).build());
        }
        if (!hasCredentials(profile)) {
            throw new CommandException("The " + source + " has no credentials: aws configure --profile "
                    + profile.name() + " asks for them");
        }
        return new Credentials(
                source,
                ProfileCredentialsProvider.builder()
                        .profileFile(profiles)
                        .profileName(profile.name())
                        .build());
    }

    private static Credentials ofInstance(Map<String, String> environment) {
        try {
            if (!"true".equalsIgnoreCase(environment.get("AWS_EC2_METADATA_DISABLED"))) {
                InstanceProfileCredentialsProvider instance = InstanceProfileCredentialsProvider.create();
                instance.resolveCredentials();
                return new Credentials("this instance", instance);
            }
        } catch (SdkClientException e) {
            // It is no instance, or has no role.
        }
        throw new CommandException(
                "There are no credentials to sign with: not in the environment (AWS_ACCESS_KEY_ID), not in ~/.aws, and"
                        + " this is no container and no instance with a role. Run aws configure, or aws login, or name a"
                        + " profile: --profile NAME");
    }

    /** Where they are from, as a user knows it. */
    String source() {
        return source;
    }

    /** @throws CommandException when they cannot be had, or have expired */
    AwsCredentialsIdentity resolve() {
        AwsCredentialsIdentity found;
        try {
            found = provider.resolveCredentials();
        } catch (SdkClientException | IllegalStateException | IllegalArgumentException e) {
            throw new CommandException("The credentials of " + source + " cannot be had: " + told(e));
        }
        Instant end = found.expirationTime().orElse(null);
        if (end != null && end.isBefore(Instant.now())) {
            throw new CommandException(
                    "The credentials of " + source + " have expired at " + end + ": sign in again, or fetch new ones");
        }
        return found;
    }

    /** With its causes, of which the first often tells least. */
    private static String told(Throwable problem) {
        StringBuilder text = new StringBuilder();
        for (Throwable each = problem; each != null; each = each.getCause()) {
            String message = String.valueOf(each.getMessage());
            if (text.indexOf(message) < 0) {
                text.append(text.isEmpty() ? "" : ": ").append(message.strip());
            }
        }
        return text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) + "…" : text.toString();
    }
}
