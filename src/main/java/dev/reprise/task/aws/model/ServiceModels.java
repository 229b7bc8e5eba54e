package dev.reprise.task.aws.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The services that can be called. Their tables are resources beside this class, each read when its service is first
 * asked for. Thread-safe.
 */
public final class ServiceModels {

    /**
     * A service as the list of all names it.
     *
     * @param name such as {@code dynamodb}
     * @param prefix such as {@code DynamoDb}
     */
    public record Listed(String name, String prefix, Protocol protocol) {}

    private static final Map<String, Listed> LISTED = readIndex();

    private static final Map<String, ServiceModel> READ = new ConcurrentHashMap<>();

    private ServiceModels() {}

    /** All services, in the order of the alphabet. */
    public static Collection<Listed> all() {
        return LISTED.values();
    }

    /** The service that {@code aws-sdk} resources call so; null when there is none. */
    public static @Nullable ServiceModel find(String name) {
        return LISTED.containsKey(name) ? READ.computeIfAbsent(name, ServiceModels::read) : null;
    }

    /**
     * The service that {@code aws-sdk} resources call so.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static ServiceModel get(String name) {
        ServiceModel model = find(name);
        if (model == null) {
            throw new IllegalArgumentException("No service is called '" + name + "'");
        }
        return model;
    }

    private static ServiceModel read(String name) {
        return TableText.read(text(name));
    }

    /** A table as it is written. */
    static String text(String name) {
        Inflater inflater = new Inflater(true);
        try (InputStream file = resource(name + ".table");
                InputStream text = new InflaterInputStream(file, inflater)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The table of the service '" + name + "' cannot be read", e);
        } finally {
            inflater.end();
        }
    }

    private static Map<String, Listed> readIndex() {
        try (InputStream file = resource("index.txt")) {
            Map<String, Listed> listed = new LinkedHashMap<>();
            new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                String[] parts = line.split(" ", -1);
                listed.put(parts[0], new Listed(parts[0], parts[1], Protocol.of(parts[2])));
            });
            return Collections.unmodifiableMap(listed);
        } catch (IOException e) {
            throw new UncheckedIOException("The list of services cannot be read", e);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(ServiceModels.class.getResourceAsStream(name), name);
    }
}
