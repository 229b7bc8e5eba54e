package dev.reprise.cli.dev;

import dev.reprise.local.DynamoDbLocal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The files of DynamoDB Local. Amazon's license lets nobody else hand them on, so they are taken from where Maven has
 * put them on this machine, and what is not there is fetched once, to a cache.
 */
final class DynamoDbLocalFiles {

    /** Beside this class: what starts it, as a jar. */
    private static final String SERVER = "dynamodb-local-server.jar";

    /** At once. */
    private static final int FETCHES = 4;

    private final List<LocalFile> needed;
    private final List<Path> repositories;
    private final Path cache;
    private final Supplier<MavenRepository> remote;
    private final Consumer<String> say;

    /**
     * Of these files.
     *
     * @param needed on this machine
     * @param repositories Maven repositories on this machine
     * @param cache the folder for what is fetched, and for what the JVM remembers
     * @param remote where the rest is; opened when something is missing, for that takes its time
     * @param say takes what somebody should know who waits
     */
    DynamoDbLocalFiles(
            List<LocalFile> needed,
            List<Path> repositories,
            Path cache,
            Supplier<MavenRepository> remote,
            Consumer<String> say) {
        this.needed = List.copyOf(needed);
        this.repositories = List.copyOf(repositories);
        this.cache = cache.resolve("dynamodb-local").resolve(LocalFile.version());
        this.remote = remote;
        this.say = say;
    }

    /**
     * Has them ready, and tells {@link DynamoDbLocal} of them.
     *
     * @throws IllegalStateException when they cannot be had
     */
    void provide() {
        try {
            Map<LocalFile, Path> places = new LinkedHashMap<>();
            List<LocalFile> missing = new ArrayList<>();
            for (LocalFile file : needed) {
                Path place = place(file);
                places.put(file, place == null ? cache.resolve(file.path()) : place);
                if (place == null) {
                    missing.add(file);
                }
            }
            if (!missing.isEmpty()) {
                fetch(missing);
            }
            System.setProperty(
                    DynamoDbLocal.CLASS_PATH_FILE_PROPERTY, write(places).toString());
        } catch (IOException e) {
            throw new IllegalStateException("Cannot write in " + cache + ": " + e, e);
        }
    }

    /** Maven has checked what it has; what is cut off is seen by its size. */
    private @Nullable Path place(LocalFile file) throws IOException {
        List<Path> folders = new ArrayList<>(repositories);
        folders.add(cache);
        for (Path folder : folders) {
            Path path = folder.resolve(file.path());
            if (Files.isRegularFile(path) && Files.size(path) == file.size()) {
                return path;
            }
        }
        return null;
    }

    private void fetch(List<LocalFile> missing) {
        try (MavenRepository opened = remote.get()) {
            fetch(missing, opened);
        }
    }

    private void fetch(List<LocalFile> missing, MavenRepository from) {
        double megabytes = missing.stream().mapToLong(LocalFile::size).sum() / 1e6;
        say.accept(String.format(
                Locale.ROOT,
                "DynamoDB Local %s, which keeps executions, is not on this machine: %d files of %.1f MB are fetched"
                        + " from %s into %s, this once. Amazon's license for it is in its jar.",
                LocalFile.version(),
                missing.size(),
                megabytes,
                from.address(),
                cache));
        long begin = System.nanoTime();
        List<Future<?>> fetches = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(
                FETCHES, Thread.ofPlatform().daemon().name("fetch-", 1).factory());
        try {
            for (LocalFile file : missing) {
                fetches.add(threads.submit(() -> {
                    from.fetch(file, cache.resolve(file.path()));
                    return null;
                }));
            }
            for (Future<?> fetch : fetches) {
                fetch.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "DynamoDB Local cannot be fetched: "
                            + Objects.requireNonNullElse(
                                    e.getCause().getMessage(), e.getCause().toString())
                            + ". Behind a proxy set HTTPS_PROXY; --repository URL names a mirror of Maven Central",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while DynamoDB Local is fetched", e);
        } finally {
            threads.shutdownNow();
        }
        say.accept(String.format(Locale.ROOT, "Fetched in %.1f s.", (System.nanoTime() - begin) / 1e9));
    }

    /** A file that names them all, for the process that is started. */
    private Path write(Map<LocalFile, Path> places) throws IOException {
        Files.createDirectories(cache);
        Path server = cache.resolve(SERVER);
        replace(server, resource());
        List<String> lines = new ArrayList<>();
        places.forEach((file, path) -> {
            if (!file.isJar()) {
                lines.add("-Dsqlite4java.library.path=" + path.toAbsolutePath().getParent());
            }
        });
        lines.add(server.toAbsolutePath().toString());
        places.forEach((file, path) -> {
            if (file.isJar()) {
                lines.add(path.toAbsolutePath().toString());
            }
        });
        Path list = cache.resolve("classpath");
        replace(list, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        return list;
    }

    private static byte[] resource() throws IOException {
        try (InputStream in = Objects.requireNonNull(DynamoDbLocalFiles.class.getResourceAsStream(SERVER))) {
            return in.readAllBytes();
        }
    }

    /** Leaves a file alone that is the same: another process may have it open. */
    private static void replace(Path file, byte[] content) throws IOException {
        if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), content)) {
            return;
        }
        Path part = Files.createTempFile(file.getParent(), ".", ".part");
        Files.write(part, content);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
