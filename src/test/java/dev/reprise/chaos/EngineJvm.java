package dev.reprise.chaos;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * How a process of the engine is started, and soon: what the first one has loaded is kept in an archive of the JVM,
 * which later ones map into memory. The JVM archives classes of jars only, so that folders on the class path are packed
 * first.
 */
final class EngineJvm {

    private final Path folder;
    private final String classPath;

    EngineJvm(Path folder) throws IOException {
        this.folder = folder;
        List<String> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            jars.add(Files.isDirectory(path) ? pack(path, "classes-" + jars.size()) : entry);
        }
        this.classPath = String.join(File.pathSeparator, jars);
    }

    /** What the processes print beside what {@link Life} reads. */
    Path log() {
        return folder.resolve("engine.log");
    }

    private String pack(Path classes, String name) throws IOException {
        Path jar = folder.resolve(name + ".jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file);
                Stream<Path> files = Files.walk(classes)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                entries.putNextEntry(
                        new JarEntry(classes.relativize(each).toString().replace(File.separatorChar, '/')));
                Files.copy(each, entries);
            }
        }
        return jar.toString();
    }

    /** Starts a process; returns before it is ready. */
    Life start(URI endpoint, String table, String execution, EngineProcess.Misfortune misfortune) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + folder.resolve("engine.jsa"),
                "-XX:-UsePerfData",
                "-Xlog:disable",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                classPath,
                EngineProcess.class.getName(),
                endpoint.toString(),
                table,
                execution,
                misfortune.name());
        try {
            return new Life(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
