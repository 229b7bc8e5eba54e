package dev.reprise.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionZipTest {

    @TempDir
    Path folder;

    private Path zip;
    private Path workflows;

    @BeforeEach
    void write() throws IOException {
        zip = folder.resolve("function.zip");
        workflows = Files.createDirectory(folder.resolve("workflows"));
        try (FileSystem files = open(true)) {
            Path bootstrap = Files.writeString(files.getPath("bootstrap"), "#!/bin/sh");
            Files.setPosixFilePermissions(
                    bootstrap, Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_EXECUTE));
        }
    }

    @Test
    void holdsTheWorkflowsAndNotTheirSamples() throws IOException {
        Files.createDirectory(workflows.resolve("shop"));
        for (String name : List.of(
                "tasks.json",
                "hello.asl.json",
                "hello.input.json",
                "hello.output.json",
                "hello.test.json",
                "hello.substitutions.json",
                "MockConfigFile.json")) {
            Files.writeString(workflows.resolve(name), name);
        }
        Files.writeString(workflows.resolve("shop/order.asl.json"), "{}");

        assertThat(FunctionZip.at(zip).put(workflows)).isEqualTo(3);

        assertThat(entries())
                .containsExactlyInAnyOrder(
                        "bootstrap",
                        "workflows/tasks.json",
                        "workflows/hello.asl.json",
                        "workflows/shop/order.asl.json");
    }

    @Test
    void holdsThemAsTheyAreNow() throws IOException {
        Files.writeString(workflows.resolve("old.asl.json"), "old");
        FunctionZip.at(zip).put(workflows);
        Files.delete(workflows.resolve("old.asl.json"));
        Files.writeString(workflows.resolve("new.asl.json"), "new");

        FunctionZip.at(zip).put(workflows);

        assertThat(entries()).containsExactlyInAnyOrder("bootstrap", "workflows/new.asl.json");
    }

    /** Lambda runs it. */
    @Test
    void theBootstrapMayStillBeExecuted() throws IOException {
        Files.writeString(workflows.resolve("hello.asl.json"), "{}");

        FunctionZip.at(zip).put(workflows);

        try (FileSystem files = open(false)) {
            assertThat(Files.getPosixFilePermissions(files.getPath("bootstrap")))
                    .contains(PosixFilePermission.OWNER_EXECUTE);
        }
    }

    @Test
    void onlyANativeBuildIsThereToBeDeployed() throws IOException {
        Path deployed = folder.resolve("function-native.zip");
        FunctionZip.at(zip).copyNative(deployed);
        assertThat(deployed).hasSameBinaryContentAs(zip);

        try (FileSystem files = open(false)) {
            Files.delete(files.getPath("bootstrap"));
            Files.writeString(files.getPath("Greetings.class"), "for the JVM");
        }
        FunctionZip.at(zip).copyNative(deployed);

        assertThat(deployed).doesNotExist();
    }

    @Test
    void withoutAFolderOfWorkflowsThereAreNone() throws IOException {
        assertThat(FunctionZip.at(zip).put(folder.resolve("nowhere"))).isZero();
        assertThat(entries()).containsExactly("bootstrap");
        assertThatThrownBy(() -> FunctionZip.at(folder.resolve("no.zip")).put(workflows))
                .isInstanceOf(NoSuchFileException.class);
    }

    private List<String> entries() throws IOException {
        try (FileSystem files = open(false);
                Stream<Path> all = Files.walk(files.getPath("/"))) {
            return all.filter(Files::isRegularFile)
                    .map(file -> file.toString().substring(1))
                    .toList();
        }
    }

    private FileSystem open(boolean create) throws IOException {
        return FileSystems.newFileSystem(zip, Map.of("create", create, "enablePosixFileAttributes", true));
    }
}
