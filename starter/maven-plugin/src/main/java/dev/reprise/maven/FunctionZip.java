package dev.reprise.maven;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The package that is deployed. */
final class FunctionZip {

    /** In {@code workflows}, but of no use to the function. */
    private static final List<String> LEFT_AT_HOME =
            List.of(".input.json", ".output.json", ".test.json", ".substitutions.json", "MockConfigFile.json");

    private final Path zip;

    private FunctionZip(Path zip) {
        this.zip = zip;
    }

    static FunctionZip at(Path zip) {
        return new FunctionZip(zip);
    }

    /**
     * Has it hold the folder as it is now, and nothing of what it held of it before. What else is in the zip, and who
     * may execute it, stays.
     *
     * @param folder need not be there
     * @return how many files were put in
     */
    int put(Path folder) throws IOException {
        if (!Files.exists(zip)) {
            throw new NoSuchFileException(zip.toString());
        }
        // Without this, the file system would forget who may execute the files that are there.
        try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", true))) {
            Path target = files.getPath(String.valueOf(folder.getFileName()));
            delete(target);
            return Files.isDirectory(folder) ? copy(folder, target) : 0;
        }
    }

    /** Whether it brings a runtime of its own: the template's runtime starts only such a zip. */
    boolean isNative() throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(zip)) {
            return Files.exists(files.getPath("bootstrap"));
        }
    }

    /** Copies it to a file that is there only as long as this is a native build. */
    void copyNative(Path to) throws IOException {
        if (isNative()) {
            Files.copy(zip, to, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.deleteIfExists(to);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static int copy(Path folder, Path target) throws IOException {
        int copied = 0;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (LEFT_AT_HOME.stream().anyMatch(name::endsWith)) {
                    continue;
                }
                Path copy = target.resolve(folder.relativize(file).toString().replace('\\', '/'));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                copied++;
            }
        }
        return copied;
    }
}
