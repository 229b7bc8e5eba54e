package dev.reprise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A project of one's own, made of the archetype's files. That it is byte for byte what Maven makes of the archetype,
 * the root project's build holds, which has both.
 */
class NewCommandTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @TempDir
    Path folder;

    private Shell make(String... arguments) {
        return Shell.run(Stream.concat(Stream.of("new", "--folder", folder.toString()), Stream.of(arguments))
                .toArray(String[]::new));
    }

    private static Map<String, String> files(Path project) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(project)) {
            paths.filter(Files::isRegularFile)
                    .forEach(path ->
                            files.put(project.relativize(path).toString().replace('\\', '/'), read(path)));
        }
        return files;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aProjectHasTheArchetypesFiles() throws IOException {
        Shell shell = make("orders", "--group", "org.shop");

        assertThat(shell.exitCode()).isZero();
        assertThat(shell.out()).isEqualTo(folder.resolve("orders") + "\n");
        assertThat(shell.err()).endsWith("""
            Next:
              cd %s
              ./mvnw quarkus:dev
              curl -d '{"workflow": "hello", "input": {"name": "Grace"}}' localhost:8080
            """.formatted(folder.resolve("orders")));
        Map<String, String> files = files(folder.resolve("orders"));
        assertThat(files)
                .containsOnlyKeys(
                        ".gitignore",
                        ".mvn/find-jdk.sh",
                        ".mvn/jvm.config",
                        ".mvn/wrapper/maven-wrapper.properties",
                        "README.md",
                        "infra/template.yaml",
                        "mvnw",
                        "mvnw.cmd",
                        "pom.xml",
                        "src/main/java/org/shop/Greetings.java",
                        "src/main/resources/application.properties",
                        "src/test/java/org/shop/HelloTest.java",
                        "src/test/java/org/shop/SamplesTest.java",
                        "workflows/hello.asl.json",
                        "workflows/hello.input.json",
                        "workflows/hello.output.json");
        for (String same : List.of("mvnw", "mvnw.cmd", ".mvn/find-jdk.sh", "infra/template.yaml")) {
            assertThat(files.get(same)).as(same).isEqualTo(read(ROOT.resolve(same)));
        }
        assertThat(folder.resolve("orders/mvnw")).isExecutable();
        assertThat(files.get("README.md")).startsWith("orders\n");
        assertThat(files.get("src/main/java/org/shop/Greetings.java")).startsWith("package org.shop;\n");
        assertThat(String.join("", files.values())).doesNotContain("${package}", "${groupId}", "${artifactId}");
    }

    @Test
    void itsPomHasTheVersionsOfThisRelease() throws IOException {
        make("orders", "--group", "org.shop", "--package", "org.shop.orders");

        String pom = read(folder.resolve("orders/pom.xml"));
        String starter = read(ROOT.resolve("starter/pom.xml"));
        assertThat(pom)
                .contains("<groupId>org.shop</groupId>\n  <artifactId>orders</artifactId>")
                .contains("<version>1.0-SNAPSHOT</version>")
                .contains("<version>${reprise.version}</version>")
                .doesNotContain("@");
        for (String version : List.of(
                "quarkus.platform.version", "aws-sdk.version", "compiler-plugin.version", "surefire-plugin.version")) {
            String element = starter.replaceAll("(?s).*(<" + version + ">[^<]+</).*", "$1");
            assertThat(pom).contains(element);
        }
        assertThat(folder.resolve("orders/src/main/java/org/shop/orders/Greetings.java"))
                .content()
                .startsWith("package org.shop.orders;\n");
    }

    @Test
    void itsWorkflowIsValidAndGivesWhatIsWrittenBesideIt() throws IOException {
        make("orders");
        Path workflows = folder.resolve("orders/workflows");
        Path mocks = Files.writeString(
                folder.resolve("mocks.json"), "{\"Greet\": {\"compute\": \"{% 'Hello, ' & $states.input.name %}\"}}");

        assertThat(Shell.run("validate", workflows.toString(), "--strict").exitCode())
                .isZero();
        assertThat(Shell.run(
                                "run",
                                workflows.resolve("hello.asl.json").toString(),
                                "--input",
                                "@" + workflows.resolve("hello.input.json"),
                                "--mock",
                                mocks.toString(),
                                "--quiet")
                        .out())
                .isEqualTo(read(workflows.resolve("hello.output.json")));
    }

    @Test
    void whatIsThereIsLeftAlone() throws IOException {
        Path mine = Files.createDirectories(folder.resolve("orders")).resolve("mine");
        Files.writeString(mine, "mine");

        Shell shell = make("orders");

        assertThat(shell.exitCode()).isEqualTo(3);
        assertThat(shell.err())
                .isEqualTo("reprise: " + folder.resolve("orders") + " is there already; nothing is written over it."
                        + " Choose another name, or another place: --folder DIR\n");
        assertThat(files(folder.resolve("orders"))).containsOnlyKeys("mine");
    }

    @Test
    void badNamesAreToldWithGoodOnes() throws IOException {
        for (String name : List.of("Orders", "1st", "a/b", "..", "a b", "", "ä", "-x", "a".repeat(64))) {
            Shell shell = make("--", name);
            assertThat(shell.exitCode()).as(name).isEqualTo(2);
            assertThat(shell.err()).contains("such as orders or order-batches");
        }
        assertThat(make("orders", "--group", "org..x").err()).contains("such as org.example");
        assertThat(make("orders", "--group", "org.new").err()).contains("'org.new' is no name of a Java package");
        assertThat(make("orders", "--group", "my-firm.org").err()).contains("--package");
        assertThat(files(folder)).isEmpty();
        assertThat(make("orders", "--group", "my-firm.org", "--package", "org.shop")
                        .exitCode())
                .isZero();
    }
}
