package dev.reprise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;

/**
 * What AWS's tools share: {@code ~/.aws/config} and {@code ~/.aws/credentials}, as they are at any time, for other
 * tools write new credentials there. Thread-safe.
 */
final class AwsProfiles implements Supplier<ProfileFile> {

    private final Path config;
    private final Path credentials;

    /** As they stood when they were read; guarded by this. */
    private String stamp = "";

    /** Guarded by this. */
    private ProfileFile read = ProfileFile.aggregator().build();

    /** @param environment the variables of the environment, which may say where the files are */
    AwsProfiles(Map<String, String> environment) {
        Path folder = Path.of(Objects.requireNonNullElse(environment.get("HOME"), System.getProperty("user.home")))
                .resolve(".aws");
        this.config = path(environment.get("AWS_CONFIG_FILE"), folder.resolve("config"));
        this.credentials = path(environment.get("AWS_SHARED_CREDENTIALS_FILE"), folder.resolve("credentials"));
    }

    private static Path path(@Nullable String told, Path otherwise) {
        return told == null || told.isEmpty() ? otherwise : Path.of(told);
    }

    /** Null where there is none of that name. */
    @Nullable
    Profile find(String name) {
        return get().profile(name).orElse(null);
    }

    /** @throws CommandException when there is none of that name */
    Profile named(String name) {
        Profile found = find(name);
        if (found == null) {
            String others = String.join(", ", new TreeSet<>(get().profiles().keySet()));
            throw new CommandException("There is no profile '" + name + "' in " + config + " and " + credentials
                    + (others.isEmpty() ? "; there is none at all" : ". There are: " + others));
        }
        return found;
    }

    /** @throws CommandException when they cannot be read */
    @Override
    public synchronized ProfileFile get() {
        try {
            String now = stamp(credentials) + stamp(config);
            if (!now.equals(stamp)) {
                ProfileFile.Aggregator both = ProfileFile.aggregator();
                add(both, credentials, ProfileFile.Type.CREDENTIALS);
                add(both, config, ProfileFile.Type.CONFIGURATION);
                read = both.build();
                stamp = now;
            }
            return read;
        } catch (IOException | IllegalArgumentException | SdkClientException e) {
            throw new CommandException("Cannot read " + config + " and " + credentials + ": " + e.getMessage());
        }
    }

    private static String stamp(Path file) throws IOException {
        return Files.isRegularFile(file) ? "at " + Files.getLastModifiedTime(file) + " " + Files.size(file) : "none";
    }

    private static void add(ProfileFile.Aggregator both, Path file, ProfileFile.Type type) {
        if (Files.isRegularFile(file)) {
            both.addFile(ProfileFile.builder().content(file).type(type).build());
        }
    }
}
