package dev.reprise.cli;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;

/** An endpoint that lets a request through as AWS does: when its signature is the one that its content gives. */
final class SignedStub implements AutoCloseable {

    static final AwsSessionCredentials CREDENTIALS = AwsSessionCredentials.create("AKID", "a secret", "a token");

    private static final Pattern AUTHORIZATION = Pattern.compile("AWS4-HMAC-SHA256 Credential=AKID/\\d{8}/([a-z0-9-]+)/"
            + "([a-z0-9-]+)/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=[0-9a-f]{64}");

    private static final DateTimeFormatter AMZ_DATE = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");

    /** What came: what it was signed for, its path and its body. */
    record Request(String service, String region, String path, String body, Headers headers) {}

    /** Answers what is signed. */
    interface Answering {
        void answer(HttpExchange exchange, Request request) throws IOException;
    }

    final List<Request> requests = new CopyOnWriteArrayList<>();

    /** Why requests were not let through. */
    final List<String> refused = new CopyOnWriteArrayList<>();

    private final HttpServer server;

    private SignedStub(HttpServer server, Answering answering) {
        this.server = server;
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Request request = verified(exchange, body);
            if (request == null) {
                refused.add(String.valueOf(exchange.getRequestHeaders().entrySet()));
                send(exchange, 403, "{\"Message\":\"Forbidden. For troubleshooting see the documentation\"}");
            } else {
                requests.add(request);
                answering.answer(exchange, request);
            }
        });
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    static SignedStub start(Answering answering) throws IOException {
        return new SignedStub(
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512), answering);
    }

    /** The same by TLS. */
    static SignedStub startWithTls(Path keyStore, Answering answering) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            keys.load(in, "password".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "password".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new SignedStub(server, answering);
    }

    /** A key store with a certificate of that host's, made by the JDK's tool. */
    static Path keyStore(Path folder, String host) throws Exception {
        Path file = folder.resolve("keys.p12");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "password",
                        "-alias",
                        "stub",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + host,
                        "-ext",
                        "san=dns:" + host)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
        return file;
    }

    private static Request verified(HttpExchange exchange, byte[] body) {
        Headers headers = exchange.getRequestHeaders();
        String authorization = String.valueOf(headers.getFirst("Authorization"));
        Matcher matcher = AUTHORIZATION.matcher(authorization);
        if (!matcher.matches()) {
            return null;
        }
        List<String> signed = Arrays.asList(matcher.group(3).split(";"));
        String protocol = exchange.getHttpContext().getServer() instanceof HttpsServer ? "https" : "http";
        SdkHttpFullRequest.Builder again = SdkHttpFullRequest.builder()
                .method(SdkHttpMethod.fromValue(exchange.getRequestMethod()))
                .uri(URI.create(protocol + "://" + headers.getFirst("Host") + exchange.getRequestURI()));
        // The signer adds these by itself.
        List<String> own = List.of("host", "x-amz-date", "x-amz-content-sha256", "x-amz-security-token");
        signed.stream().filter(name -> !own.contains(name)).forEach(name -> again.putHeader(name, headers.get(name)));
        Instant at =
                LocalDateTime.parse(headers.getFirst("X-Amz-Date"), AMZ_DATE).toInstant(ZoneOffset.UTC);
        String expected = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(CREDENTIALS)
                        .request(again.build())
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, matcher.group(2))
                        .putProperty(AwsV4HttpSigner.REGION_NAME, matcher.group(1))
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(at, ZoneOffset.UTC)))
                .request()
                .firstMatchingHeader("Authorization")
                .orElseThrow();
        boolean isSigned = expected.equals(authorization)
                && signed.containsAll(List.of("content-type", "host", "x-amz-target"))
                && Collections.singletonList("a token").equals(headers.get("X-Amz-Security-Token"));
        return isSigned
                ? new Request(
                        matcher.group(2),
                        matcher.group(1),
                        exchange.getRequestURI().toString(),
                        new String(body, StandardCharsets.UTF_8),
                        headers)
                : null;
    }

    static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    int port() {
        return server.getAddress().getPort();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
