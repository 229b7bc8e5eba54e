package dev.reprise.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.reprise.local.DynamoDbLocal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where DynamoDB Local comes from. */
class DynamoDbLocalFilesTest {

    /** What the root project's build has found, an entry a line. */
    private static final Path CLASS_PATH = Path.of("..", "target", "dynamodb-local.classpath");

    /** Of its dependencies, those for tests and for compilers, and code of processors that no JDK of today runs on. */
    private static final Pattern LEFT_OUT = Pattern.compile(
            ".*/(mockito-core|hamcrest-core|objenesis|checker-qual|j2objc-annotations|error_prone_annotations)/.*"
                    + "|.*-(linux-i386|win32-x86)/.*");

    /** What belongs to the plugin that starts it in the build. */
    private static final Pattern OF_THE_BUILD = Pattern.compile(".*/(ant|plexus-[a-z]+|maven-antrun-plugin)/.*");

    private final Map<String, byte[]> content = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> said = new ArrayList<>();
    private HttpServer server;

    @TempDir
    Path folder;

    /**
     * Writes the list anew, from the folder of this project, where the version is another.
     *
     * @param arguments the local Maven repository
     */
    public static void main(String[] arguments) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : filesOfTheBuild()) {
            byte[] bytes = Files.readAllBytes(file);
            lines.add(MavenRepository.sha256(bytes) + " " + bytes.length + " "
                    + Path.of(arguments[0]).relativize(file).toString().replace('\\', '/'));
        }
        Files.write(Path.of("src", "main", "resources", "dev", "reprise", "cli", "dev", "dynamodb-local.txt"), lines);
    }

    private static List<Path> filesOfTheBuild() throws IOException {
        return Files.readAllLines(CLASS_PATH).stream()
                .filter(line -> line.matches(".*\\.(jar|so|dll|dylib)"))
                .map(line -> line.replace('\\', '/'))
                .filter(line -> !OF_THE_BUILD.matcher(line).matches())
                .filter(line -> !LEFT_OUT.matcher(line).matches())
                .map(Path::of)
                .toList();
    }

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            String user = exchange.getRequestHeaders().getFirst("Authorization");
            asked.add(path + (user == null ? "" : " " + user));
            byte[] body = content.getOrDefault(path, new byte[0]);
            exchange.sendResponseHeaders(content.containsKey(path) ? 200 : 404, body.length == 0 ? -1 : body.length);
            try (exchange) {
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        System.clearProperty(DynamoDbLocal.CLASS_PATH_FILE_PROPERTY);
    }

    private URI url(String userInfo) {
        return URI.create(
                "http://" + userInfo + "127.0.0.1:" + server.getAddress().getPort() + "/maven2");
    }

    @Test
    void theListIsThatOfTheVersionWhichTheBuildStarts() throws IOException {
        assertThat(Files.readString(Path.of("..", "pom.xml")))
                .contains("<dynamodb-local.version>" + LocalFile.version() + "</dynamodb-local.version>");
        assertThat(LocalFile.all().stream().map(LocalFile::path))
                .as("dynamodb-local.txt, which the main of this test writes anew")
                .containsExactlyElementsOf(filesOfTheBuild().stream()
                        .map(DynamoDbLocalFilesTest::listed)
                        .toList());
    }

    private LocalFile file(String path, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        content.put("/maven2/" + path, bytes);
        return new LocalFile(MavenRepository.sha256(bytes), bytes.length, path);
    }

    /** Its path in the list; the whole path of one that is not in it. */
    private static String listed(Path file) {
        String whole = file.toString().replace('\\', '/');
        return LocalFile.all().stream()
                .map(LocalFile::path)
                .filter(path -> whole.endsWith("/" + path))
                .findFirst()
                .orElse(whole);
    }

    @Test
    void whatMavenHasIsTakenFromThereAndTheRestIsFetchedOnce() throws Exception {
        Path repository = folder.resolve("repository");
        LocalFile there = file("a/there.jar", "there");
        LocalFile cutOff = file("a/cut-off.jar", "whole");
        LocalFile missing = file("b/missing.jar", "missing");
        LocalFile code = file("b/code.so", "code");
        Files.createDirectories(repository.resolve("a"));
        Files.writeString(repository.resolve("a/there.jar"), "there");
        Files.writeString(repository.resolve("a/cut-off.jar"), "who");
        List<LocalFile> needed = List.of(there, cutOff, missing, code);

        provide(needed, List.of(repository), url(""));
        provide(needed, List.of(repository), url(""));

        assertThat(asked)
                .containsExactlyInAnyOrder("/maven2/a/cut-off.jar", "/maven2/b/missing.jar", "/maven2/b/code.so");
        assertThat(said).hasSize(2);
        assertThat(said.getFirst())
                .contains("3 files of", url("") + "/", folder.resolve("cache").toString());
        Path cache = folder.resolve("cache/dynamodb-local").resolve(LocalFile.version());
        assertThat(Path.of(System.getProperty(DynamoDbLocal.CLASS_PATH_FILE_PROPERTY)))
                .hasContent(String.join(
                        "\n",
                        "-Dsqlite4java.library.path=" + cache.resolve("b"),
                        cache.resolve("dynamodb-local-server.jar").toString(),
                        repository.resolve("a/there.jar").toString(),
                        cache.resolve("a/cut-off.jar").toString(),
                        cache.resolve("b/missing.jar").toString()));
        assertThat(cache.resolve("a/cut-off.jar")).hasContent("whole");
    }

    private void provide(List<LocalFile> needed, List<Path> repositories, URI url) {
        new DynamoDbLocalFiles(
                        needed,
                        repositories,
                        folder.resolve("cache"),
                        () -> new MavenRepository(url, Map.of()),
                        said::add)
                .provide();
    }

    @Test
    void whatCannotBeHadSaysWhatToDo() {
        assertThatThrownBy(() -> provide(LocalFile.needed(), List.of(), url("")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("DynamoDB Local cannot be fetched: " + url("") + "/")
                .hasMessageContaining(" answers 404")
                .hasMessageContaining("HTTPS_PROXY")
                .hasMessageContaining("--repository URL");
    }

    @Test
    void aFileIsThereWithItsChecksumOrNotAtAll() throws Exception {
        byte[] bytes = "right".getBytes(StandardCharsets.UTF_8);
        content.put("/maven2/a/right.jar", bytes);
        content.put("/maven2/a/wrong.jar", "wrong".getBytes(StandardCharsets.UTF_8));
        String sha256 = MavenRepository.sha256(bytes);
        assertThat(sha256).hasSize(64);
        try (MavenRepository remote = new MavenRepository(url("me:secret@"), Map.of())) {
            remote.fetch(new LocalFile(sha256, 5, "a/right.jar"), folder.resolve("a/right.jar"));
            assertThat(folder.resolve("a/right.jar")).hasContent("right");

            assertThatThrownBy(
                            () -> remote.fetch(new LocalFile(sha256, 5, "a/wrong.jar"), folder.resolve("a/wrong.jar")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("a/wrong.jar has the checksum")
                    .hasMessageNotContaining("secret");
            assertThat(folder.resolve("a")).isDirectoryNotContaining("glob:**wrong*");
            assertThat(asked).contains("/maven2/a/right.jar Basic bWU6c2VjcmV0");
        }
    }

    @Test
    void theEnvironmentNamesAProxy() {
        assertThat(proxy("https://repo.example.org/", Map.of())).isNull();
        assertThat(proxy("https://repo.example.org/", Map.of("HTTPS_PROXY", "http://proxy:3128")))
                .isEqualTo("http://proxy:3128");
        assertThat(proxy("https://repo.example.org/", Map.of("https_proxy", "proxy:3128", "HTTPS_PROXY", "http://no")))
                .isEqualTo("http://proxy:3128");
        assertThat(proxy("https://repo.example.org/", Map.of("HTTP_PROXY", "http://proxy:3128")))
                .isNull();
        assertThat(proxy("http://repo.example.org/", Map.of("http_proxy", "http://proxy:3128")))
                .isEqualTo("http://proxy:3128");
        for (String none : List.of("*", "example.org", ".example.org", "*.example.org", "a, repo.example.org")) {
            assertThat(proxy("https://repo.example.org/", Map.of("HTTPS_PROXY", "http://proxy:3128", "NO_PROXY", none)))
                    .as(none)
                    .isNull();
        }
        assertThat(proxy(
                        "https://repo.example.org/",
                        Map.of("HTTPS_PROXY", "http://proxy:3128", "NO_PROXY", "ample.org,,localhost")))
                .isEqualTo("http://proxy:3128");
        assertThatThrownBy(() -> proxy("https://repo.example.org/", Map.of("https_proxy", "http://")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https_proxy");
    }

    private static @Nullable String proxy(String url, Map<String, String> environment) {
        URI proxy = MavenRepository.proxy(URI.create(url), environment);
        return proxy == null ? null : proxy.toString();
    }

    @Test
    void aRepositoryIsAnAddress() {
        assertThatThrownBy(() -> new MavenRepository(URI.create("file:///tmp"), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https://repo.example.org/maven2/");
    }
}
