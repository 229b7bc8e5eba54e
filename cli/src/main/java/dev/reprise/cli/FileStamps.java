package dev.reprise.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** When files were changed last. */
record FileStamps(Map<Path, FileTime> times) {

    private static final long POLL_MILLIS = 200;

    static FileStamps of(List<Path> paths) {
        Map<Path, FileTime> times = new TreeMap<>();
        for (Path path : paths) {
            Path folder = Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
            try (Stream<Path> files = Files.walk(folder, 2)) {
                files.filter(Files::isRegularFile).forEach(file -> {
                    try {
                        times.put(file, Files.getLastModifiedTime(file));
                    } catch (IOException e) {
                        // It has just gone; the next look finds it so.
                        times.remove(file);
                    }
                });
            } catch (IOException | UncheckedIOException e) {
                throw new CommandException("Cannot read " + folder + ": " + e.getMessage());
            }
        }
        return new FileStamps(times);
    }

    /** Waits until something is another than it was. */
    FileStamps awaitChange(List<Path> paths) throws InterruptedException {
        while (true) {
            Thread.sleep(POLL_MILLIS);
            FileStamps now = of(paths);
            if (!now.equals(this)) {
                return now;
            }
        }
    }
}
