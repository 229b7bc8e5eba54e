package dev.reprise.cli.dev;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A file of DynamoDB Local, as Maven Central has it.
 *
 * @param sha256 of its bytes, in hexadecimal digits
 * @param size in bytes
 * @param path in a Maven repository
 */
record LocalFile(String sha256, long size, String path) {

    /** Beside this class: a line for each file. */
    private static final String LIST = "dynamodb-local.txt";

    /** Those that this machine needs. */
    static List<LocalFile> needed() {
        return all().stream().filter(LocalFile::isForThisMachine).toList();
    }

    static List<LocalFile> all() {
        try (InputStream in = Objects.requireNonNull(LocalFile.class.getResourceAsStream(LIST))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(LocalFile::parse)
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("A resource of this program cannot be read", e);
        }
    }

    private static LocalFile parse(String line) {
        String[] parts = line.split(" ", -1);
        return new LocalFile(parts[0], Long.parseLong(parts[1]), parts[2]);
    }

    /** The version of DynamoDB Local. */
    static String version() {
        String ofItself = all().stream()
                .map(LocalFile::path)
                .filter(path -> path.startsWith("com/amazonaws/DynamoDBLocal/"))
                .findFirst()
                .orElseThrow();
        return ofItself.split("/", -1)[3];
    }

    boolean isJar() {
        return path.endsWith(".jar");
    }

    /** Code of one system alone says so by how its name ends. */
    private boolean isForThisMachine() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String ending = system.startsWith("windows") ? ".dll" : system.startsWith("mac") ? ".dylib" : ".so";
        return isJar() || path.endsWith(ending);
    }
}
