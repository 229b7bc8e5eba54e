package dev.reprise.starter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The first hour with a project of one's own, step by step: each goes on from the one before. */
@TestMethodOrder(OrderAnnotation.class)
class ProjectOfOnesOwnTest {

    private static final Path ROOT = Path.of(System.getProperty("root")).normalize();
    private static final Path WORK = Path.of(System.getProperty("work"));
    private static final Path PROJECT = WORK.resolve("orders");

    /** What the archetype made, for the root project's build, which compares with it what the command line makes. */
    private static final Path AS_MADE = WORK.resolve("as-made/orders");

    @BeforeAll
    static void clean() throws IOException {
        Files.createDirectories(WORK);
        delete(PROJECT);
        delete(AS_MADE);
    }

    private static void delete(Path project) throws IOException {
        if (Files.exists(project)) {
            Files.walkFileTree(project, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        }
    }

    @Test
    @Order(1)
    void oneCommandMakesIt() throws Exception {
        Maven.run(
                WORK,
                WORK.resolve("generate.log"),
                "org.apache.maven.plugins:maven-archetype-plugin:" + System.getProperty("archetype-plugin.version")
                        + ":generate",
                "-DarchetypeGroupId=dev.reprise",
                "-DarchetypeArtifactId=reprise-archetype",
                "-DarchetypeVersion=" + System.getProperty("version"),
                "-DgroupId=org.example",
                "-DartifactId=orders");

        assertThat(files(PROJECT))
                .containsExactlyInAnyOrder(
                        ".gitignore",
                        ".mvn/find-jdk.sh",
                        ".mvn/jvm.config",
                        ".mvn/wrapper/maven-wrapper.properties",
                        "README.md",
                        "infra/template.yaml",
                        "mvnw",
                        "mvnw.cmd",
                        "pom.xml",
                        "src/main/java/org/example/Greetings.java",
                        "src/main/resources/application.properties",
                        "src/test/java/org/example/HelloTest.java",
                        "src/test/java/org/example/SamplesTest.java",
                        "workflows/hello.asl.json",
                        "workflows/hello.input.json",
                        "workflows/hello.output.json");
        assertThat(PROJECT.resolve("mvnw")).isExecutable();
        for (String same : List.of("mvnw", "mvnw.cmd", ".mvn/find-jdk.sh", "infra/template.yaml")) {
            assertThat(PROJECT.resolve(same)).hasSameBinaryContentAs(ROOT.resolve(same));
        }
        assertThat(PROJECT.resolve("pom.xml")).content().doesNotContain("@project", "@quarkus");
        assertThat(PROJECT.resolve("README.md")).content().startsWith("orders\n");
        copy(PROJECT, AS_MADE);
    }

    @Test
    @Order(2)
    void itsTestsPassAndItsZipIsMade() throws Exception {
        Maven.run(PROJECT, WORK.resolve("verify.log"), "verify");

        assertThat(Maven.said(WORK.resolve("verify.log"))).contains("Tests run: 2, Failures: 0, Errors: 0, Skipped: 0");
        assertThat(entries(PROJECT.resolve("target/function.zip")))
                .contains("workflows/hello.asl.json", "org/example/Greetings.class")
                .doesNotContain("workflows/hello.input.json", "workflows/hello.output.json")
                .noneMatch(entry -> entry.contains("examples"));
        // It would not start on the template's runtime, so the template finds nothing to deploy.
        assertThat(PROJECT.resolve("infra/template.yaml")).content().contains("CodeUri: ../target/function-native.zip");
        assertThat(PROJECT.resolve("target/function-native.zip")).doesNotExist();
        // DynamoDB Local is a process, not a dependency.
        assertThat(entries(PROJECT.resolve("target/function.zip")))
                .noneMatch(entry -> entry.contains("DynamoDBLocal") || entry.contains("sqlite"));
    }

    @Test
    @Order(3)
    void inDevModeWhatIsAddedRunsAtTheNextCall() throws Exception {
        try (DevMode dev = DevMode.start(PROJECT, WORK.resolve("dev.log"))) {
            assertThat(output(dev, "{\"workflow\": \"hello\", \"input\": {\"name\": \"Grace\"}}"))
                    .isEqualTo("{\"greeting\":\"Hello, Grace\"}");

            write("src/main/java/org/example/Shop.java", """
                package org.example;

                import dev.reprise.task.Task;

                public class Shop {

                    @Task("shop-reserve")
                    int reserve(int quantity) {
                        return quantity * 2;
                    }
                }
                """);
            write("workflows/reserve.asl.json", """
                {"StartAt": "Reserve", "States": {"Reserve": {"Type": "Task", "End": true,
                  "Resource": "arn:aws:lambda:us-east-1:123456789012:function:reserve-line"}}}
                """);
            write("workflows/tasks.json", """
                {"arn:aws:lambda:us-east-1:123456789012:function:reserve-line": "task:shop-reserve"}
                """);

            assertThat(output(dev, "{\"workflow\": \"reserve\", \"input\": 21}"))
                    .isEqualTo("42");
        }
        // Its data are the project's own, and its table is there at the next start.
        assertThat(PROJECT.resolve(".reprise/dynamodb")).isDirectory();
    }

    /** What comes of it, the black-box tests of {@code native-tests} run; for them it has the example tasks too. */
    @Test
    @Order(4)
    void whatWasAddedIsInTheZip() throws Exception {
        copy(ROOT.resolve("src/examples/java"), PROJECT.resolve("src/main/java"));
        copy(ROOT.resolve("workflows/examples"), PROJECT.resolve("workflows"));
        Maven.run(PROJECT, WORK.resolve("package.log"), "package", "-DskipTests");

        assertThat(entries(PROJECT.resolve("target/function.zip")))
                .contains("workflows/reserve.asl.json", "workflows/tasks.json", "org/example/Shop.class")
                .contains("workflows/process-orders.asl.json", "dev/reprise/examples/OrderTasks.class");
    }

    /** The quick start in the repository itself. */
    @Test
    void theExamplesOfTheRepositoryAreInNeitherItsJarNorItsZip() throws Exception {
        List<Path> packages = List.of(
                ROOT.resolve("target/function.zip"),
                ROOT.resolve("target/reprise-" + System.getProperty("version") + ".jar"));
        for (Path each : packages) {
            if (Files.exists(each)) {
                assertThat(entries(each))
                        .as("%s", each)
                        .noneMatch(entry -> entry.contains("examples") || entry.contains("square-numbers"));
            }
        }
    }

    private static String output(DevMode dev, String event) throws IOException, InterruptedException {
        JsonNode answer = dev.ask(event);
        assertThat(answer.path("status").asText())
                .as("%s\n%s", answer, Maven.said(WORK.resolve("dev.log")))
                .isEqualTo("SUCCEEDED");
        return answer.path("output").toString();
    }

    private static void write(String name, String text) throws IOException {
        Files.writeString(PROJECT.resolve(name), text);
    }

    private static void copy(Path from, Path to) throws IOException {
        for (String name : files(from)) {
            Path copy = to.resolve(name);
            Files.createDirectories(copy.getParent());
            Files.copy(from.resolve(name), copy, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        }
    }

    private static List<String> entries(Path zip) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            return file.stream().map(ZipEntry::getName).toList();
        }
    }
}
