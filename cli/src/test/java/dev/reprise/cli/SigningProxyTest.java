package dev.reprise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proxy between a client and an endpoint that lets in only what is signed as AWS wants it. */
class SigningProxyTest {

    private static final Map<String, String> KEYS = Map.of(
            "AWS_ACCESS_KEY_ID", "AKID",
            "AWS_SECRET_ACCESS_KEY", "a secret",
            "AWS_SESSION_TOKEN", "a token");

    private final List<String> said = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    private volatile SignedStub.Answering answering = (exchange, request) -> SignedStub.send(exchange, 200, "{}");
    private SignedStub stub;
    private SigningProxy proxy;

    @BeforeEach
    void serve() throws IOException {
        stub = SignedStub.start((exchange, request) -> answering.answer(exchange, request));
        proxy = SigningProxy.start(0, URI.create(stub.uri() + "/prod"), signing(KEYS), said::add);
    }

    @AfterEach
    void stop() {
        proxy.close();
        stub.close();
    }

    private static Signing signing(Map<String, String> environment) {
        return new SigningOptions()
                .signing(URI.create("https://abc.execute-api.eu-west-1.amazonaws.com/prod"), environment);
    }

    private URI uri() {
        return URI.create("http://127.0.0.1:" + proxy.port() + "/");
    }

    private HttpRequest.Builder request(String body) {
        return HttpRequest.newBuilder(uri())
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "AWSStepFunctions.StartExecution")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aClientsRequestArrivesSigned() throws Exception {
        answering = (exchange, request) -> {
            exchange.getResponseHeaders().set("x-amzn-RequestId", "id-1");
            exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
            SignedStub.send(exchange, 400, "{\"__type\":\"ExecutionAlreadyExists\"}");
        };

        HttpResponse<String> response = send(request("{\"input\":\"é\"}")
                .header("Authorization", "AWS4-HMAC-SHA256 Credential=dummy/20260101/us-east-1/states/aws4_request")
                .header("X-Amz-Date", "20260101T000000Z")
                .header("X-Amz-Security-Token", "dummy")
                .header("X-Amz-Content-Sha256", "dummy")
                .header("Cookie", "a=b")
                .header("User-Agent", "aws-cli/2"));

        assertThat(stub.refused).isEmpty();
        SignedStub.Request request = stub.requests.getFirst();
        assertThat(request.service() + " " + request.region() + " " + request.path())
                .isEqualTo("execute-api eu-west-1 /prod");
        assertThat(request.body()).isEqualTo("{\"input\":\"é\"}");
        assertThat(request.headers().getFirst("X-Amz-Target")).isEqualTo("AWSStepFunctions.StartExecution");
        assertThat(request.headers().getFirst("User-Agent")).isEqualTo("aws-cli/2");
        assertThat(request.headers()).doesNotContainKey("Cookie");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("{\"__type\":\"ExecutionAlreadyExists\"}");
        assertThat(response.headers().firstValue("x-amzn-RequestId")).contains("id-1");
        assertThat(response.headers().firstValue("Content-Length")).isPresent();
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    /** None is answered before all are there. */
    @Test
    void manyAreUnderWayAtOnceButNotAnyNumber() throws Exception {
        CountDownLatch all = new CountDownLatch(SigningProxy.MOST_AT_ONCE);
        CountDownLatch go = new CountDownLatch(1);
        answering = (exchange, request) -> {
            all.countDown();
            await(go);
            SignedStub.send(exchange, 200, request.body());
        };
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < SigningProxy.MOST_AT_ONCE; i++) {
            answers.add(client.sendAsync(request("{\"n\":" + i + "}").build(), HttpResponse.BodyHandlers.ofString()));
        }
        await(all);

        HttpResponse<String> oneMore = send(request("{}"));
        assertThat(oneMore.statusCode()).isEqualTo(429);
        assertThat(oneMore.body()).contains("ThrottlingException");

        go.countDown();
        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).get(30, TimeUnit.SECONDS).body()).isEqualTo("{\"n\":" + i + "}");
        }
        assertThat(send(request("{}")).statusCode()).isEqualTo(200);
        assertThat(stub.refused).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anAnswerIsPassedOnPieceByPiece() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        answering = (exchange, request) -> {
            exchange.sendResponseHeaders(200, 0);
            write(exchange, "one");
            await(read);
            write(exchange, "two");
            exchange.close();
        };

        HttpResponse<InputStream> response =
                client.send(request("{}").build(), HttpResponse.BodyHandlers.ofInputStream());

        try (InputStream in = response.body()) {
            assertThat(new String(in.readNBytes(3), StandardCharsets.UTF_8)).isEqualTo("one");
            read.countDown();
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("two");
        }
    }

    private static void write(HttpExchange exchange, String text) throws IOException {
        exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    @Test
    void anAnswerThatBreaksOffIsNotTakenForWhole() {
        answering = (exchange, request) -> {
            exchange.sendResponseHeaders(200, 0);
            write(exchange, "{\"half\":");
            throw new IllegalStateException("break off");
        };

        assertThatThrownBy(() -> send(request("{}"))).isInstanceOf(IOException.class);
    }

    @Test
    void whatIsUnderWayAtTheEndIsAnswered() throws Exception {
        CountDownLatch there = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        answering = (exchange, request) -> {
            there.countDown();
            await(go);
            SignedStub.send(exchange, 200, "{}");
        };
        CompletableFuture<HttpResponse<String>> underWay =
                client.sendAsync(request("{}").build(), HttpResponse.BodyHandlers.ofString());
        await(there);
        Thread ending = new Thread(proxy::close);
        ending.start();
        while (ending.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        assertThat(send(request("{}")).statusCode()).isEqualTo(503);
        go.countDown();
        assertThat(underWay.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        ending.join();
        assertThatThrownBy(() -> send(request("{}"))).isInstanceOf(IOException.class);
    }

    @Test
    void anEndpointThatIsDownIsToldInTheApisWords() throws Exception {
        stub.close();

        HttpResponse<String> response = send(request("{}"));

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/x-amz-json-1.0");
        assertThat(JsonText.parse("answer", response.body()).path("__type").asText())
                .isEqualTo("com.amazon.coral.service#ServiceUnavailableException");
        assertThat(response.body()).contains("Nothing answers at " + stub.uri() + "/prod");
        send(request("{}"));
        assertThat(said).singleElement().asString().contains("Nothing answers at");
    }

    @Test
    void whoIsNotLetThroughIsToldWhatToLookAt() throws Exception {
        proxy.close();
        Map<String, String> others = new HashMap<>(KEYS);
        others.put("AWS_SECRET_ACCESS_KEY", "another");
        proxy = SigningProxy.start(0, stub.uri(), signing(others), said::add);

        HttpResponse<String> response = send(request("{}"));

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("Forbidden. For troubleshooting");
        assertThat(said).singleElement().asString().contains("Not let through", "execute-api:Invoke");
    }

    @Test
    void credentialsThatExpireAreToldToTheClientToo() throws Exception {
        proxy.close();
        Map<String, String> expired = new HashMap<>(KEYS);
        expired.put("AWS_CREDENTIAL_EXPIRATION", "2020-01-01T00:00:00Z");
        proxy = SigningProxy.start(0, stub.uri(), signing(expired), said::add);

        HttpResponse<String> response = send(request("{}"));

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("UnrecognizedClientException", "have expired at 2020-01-01T00:00:00Z");
        assertThat(stub.requests).isEmpty();
    }

    // ---- what is refused

    @Test
    void pagesOfElsewhereAreRefused() throws Exception {
        assertThat(raw("Host: evil.example.org")).startsWith("HTTP/1.1 403");
        assertThat(raw("Host: 127.0.0.1:" + proxy.port() + "\r\nOrigin: https://evil.example.org"))
                .startsWith("HTTP/1.1 403");
        assertThat(raw("Host: sync-localhost:" + proxy.port())).startsWith("HTTP/1.1 200");
        assertThat(stub.requests).hasSize(1);
    }

    private String raw(String headers) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", proxy.port())) {
            socket.getOutputStream()
                    .write(("POST / HTTP/1.1\r\n" + headers + "\r\nContent-Type: application/x-amz-json-1.0\r\n"
                                    + "X-Amz-Target: AWSStepFunctions.ListStateMachines\r\nContent-Length: 2\r\n"
                                    + "Connection: close\r\n\r\n{}")
                            .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void nothingElseIsSigned() throws Exception {
        HttpResponse<String> get = send(HttpRequest.newBuilder(uri()));
        HttpResponse<String> other = send(HttpRequest.newBuilder(uri())
                .header("X-Amz-Target", "DynamoDB_20120810.ListTables")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(get.statusCode()).isEqualTo(404);
        assertThat(other.statusCode()).isEqualTo(404);
        assertThat(other.body()).contains("UnknownOperationException", "AWSStepFunctions.ACTION");
        assertThat(stub.requests).isEmpty();
    }

    @Test
    void aBodyHasABound() throws Exception {
        String most = "x".repeat(SigningProxy.LARGEST_BODY);

        assertThat(send(request(most)).statusCode()).isEqualTo(200);
        assertThat(stub.requests.getFirst().body()).hasSize(SigningProxy.LARGEST_BODY);
        assertThat(send(request(most + "x")).statusCode()).isEqualTo(413);
    }

    // ---- the command

    @TempDir
    Path folder;

    @Test
    void theCommandPrintsWhatOneCopiesAndEndsWhenItIsTold() throws Exception {
        String host = "abc123.lambda-url.eu-west-1.on.aws";
        Path keys = SignedStub.keyStore(folder, host);
        Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 " + host + "\n");
        try (SignedStub function = SignedStub.startWithTls(
                keys, (exchange, request) -> SignedStub.send(exchange, 200, "{\"stateMachines\":[]}"))) {
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Djdk.net.hosts.file=" + hosts,
                            "-Djavax.net.ssl.trustStore=" + keys,
                            "-Djavax.net.ssl.trustStorePassword=password",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Reprise.class.getName(),
                            "proxy",
                            "--port",
                            "0",
                            "--endpoint",
                            "https://" + host + ":" + function.port() + "/")
                    .redirectError(folder.resolve("err").toFile());
            builder.environment().putAll(KEYS);
            Process process = builder.start();
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                String line = out.readLine();
                assertThat(line)
                        .matches("export AWS_ENDPOINT_URL_SFN=http://127\\.0\\.0\\.1:\\d+"
                                + " AWS_DISABLE_HOST_PREFIX_INJECTION=true");
                String endpoint = line.replaceAll(".*(http://127.0.0.1:\\d+) .*", "$1");

                assertThat(Shell.run("list", "--output", "json", "--endpoint", endpoint))
                        .isEqualTo(new Shell(0, "[]\n", ""));
                assertThat(function.requests.getFirst().service()).isEqualTo("lambda");

                assertThat(process.toHandle().destroy()).isTrue();
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(out.readLine()).isNull();
            } finally {
                process.destroyForcibly();
            }
            assertThat(folder.resolve("err")).content().isEqualTo("""
                What comes here is signed by AWS_ACCESS_KEY_ID for lambda in eu-west-1, and goes to %s. Ctrl-C ends it.
                Where your client runs, with any credentials:

                """.formatted(
                            "https://" + host + ":" + function.port() + "/"));
        }
    }

    @Test
    void whatNeedsNoProxyOrCannotHaveOneIsTold() throws Exception {
        assertThat(Shell.run("proxy", "--endpoint", "http://127.0.0.1:8083"))
                .isEqualTo(new Shell(
                        2,
                        "",
                        "reprise: http://127.0.0.1:8083 is on this machine, where nothing is signed: give it to the"
                                + " client as it is\n"));
        assertThat(Shell.run("proxy", "--endpoint", "https://workflows.example.org")
                        .err())
                .contains("--service execute-api");
        assertThat(Shell.run("proxy").exitCode()).isEqualTo(2);
        String function = "--endpoint=https://abc123.lambda-url.eu-west-1.on.aws/";
        assertThat(Shell.runWith(KEYS, "proxy", function, "--port", String.valueOf(proxy.port())))
                .isEqualTo(new Shell(
                        3,
                        "",
                        "reprise: Port " + proxy.port() + " is in use. Say another, --port PORT, or 0 for any that is"
                                + " free\n"));
    }
}
