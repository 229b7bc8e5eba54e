package dev.reprise.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The console's files, as Vite has built them, in memory: there are few, and they are small. */
public final class Bundle {

    /** The page that all addresses of the console lead to. */
    static final String PAGE = "index.html";

    /** Says what is loaded when; only the build reads it. */
    private static final String MANIFEST = "manifest.json";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");

    private final Map<String, Asset> assets;

    private Bundle(Map<String, Asset> assets) {
        this.assets = assets;
    }

    /**
     * One file.
     *
     * @param plain its bytes; must not be changed
     * @param zipped the same, compressed by gzip
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Asset(String type, byte[] plain, byte[] zipped) {}

    /**
     * Reads a folder.
     *
     * @return null when it has no console
     * @throws UncheckedIOException when a file cannot be read
     */
    public static @Nullable Bundle read(Path folder) {
        if (!Files.isRegularFile(folder.resolve(PAGE))) {
            return null;
        }
        Map<String, Asset> assets = new HashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            for (Path file : all) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
                if (type != null && !name.equals(MANIFEST)) {
                    byte[] plain = Files.readAllBytes(file);
                    assets.put(name, new Asset(type, plain, zipped(plain)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The console's files in " + folder + " cannot be read", e);
        }
        return new Bundle(assets);
    }

    private static byte[] zipped(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(plain);
        }
        return bytes.toByteArray();
    }

    /** A file by its name below {@code /console/}; null when there is none. */
    @Nullable
    Asset asset(String name) {
        return assets.get(name);
    }

    /** The page. */
    Asset page() {
        Asset page = assets.get(PAGE);
        if (page == null) {
            throw new IllegalStateException("A bundle without its page");
        }
        return page;
    }
}
