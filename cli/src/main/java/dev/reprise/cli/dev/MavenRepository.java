package dev.reprise.cli.dev;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Maven repository from which files are fetched, each checked by its checksum. Safe for use by many threads. */
final class MavenRepository implements AutoCloseable {

    static final URI CENTRAL = URI.create("https://repo.maven.apache.org/maven2/");

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final URI base;
    private final @Nullable String authorization;
    private final HttpClient http;

    /**
     * @param url by http or https; may have a user and a password in it
     * @param environment whose {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY} count, unless the JVM has
     *     its own properties for that
     */
    MavenRepository(URI url, Map<String, String> environment) {
        if (url.getHost() == null || !("https".equals(url.getScheme()) || "http".equals(url.getScheme()))) {
            throw new IllegalArgumentException(
                    "A repository is an address such as https://repo.example.org/maven2/, not " + url);
        }
        String user = url.getUserInfo();
        authorization = user == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
        String text = user == null ? url.toString() : url.toString().replace(url.getRawUserInfo() + "@", "");
        base = URI.create(text.endsWith("/") ? text : text + "/");
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NORMAL);
        URI proxy = proxy(base, environment);
        builder.proxy(
                proxy == null
                        ? ProxySelector.getDefault()
                        : ProxySelector.of(new InetSocketAddress(proxy.getHost(), port(proxy))));
        if (proxy != null && proxy.getUserInfo() != null) {
            builder.authenticator(new ProxyUser(proxy.getUserInfo()));
        }
        http = builder.build();
    }

    private static final class ProxyUser extends Authenticator {

        private final String user;

        ProxyUser(String user) {
            this.user = user;
        }

        @Override
        protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            int colon = user.indexOf(':');
            return colon < 0 || getRequestorType() != RequestorType.PROXY
                    ? null
                    : new PasswordAuthentication(
                            user.substring(0, colon), user.substring(colon + 1).toCharArray());
        }
    }

    private static int port(URI proxy) {
        return proxy.getPort() >= 0 ? proxy.getPort() : "https".equals(proxy.getScheme()) ? 443 : 80;
    }

    /** The proxy that the environment names for that address; null when none is, or it is to be asked directly. */
    static @Nullable URI proxy(URI url, Map<String, String> environment) {
        String host = url.getHost().toLowerCase(Locale.ROOT);
        String none = first(environment, "no_proxy", "NO_PROXY");
        boolean direct = none != null
                && Arrays.stream(none.split(",", -1))
                        .map(each -> each.strip().toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
                        .anyMatch(each -> each.equals("*")
                                || !each.isEmpty() && (host.equals(each) || host.endsWith("." + each)));
        String variable = url.getScheme() + "_proxy";
        String proxy = first(environment, variable, variable.toUpperCase(Locale.ROOT));
        if (direct || proxy == null || System.getProperty(url.getScheme() + ".proxyHost") != null) {
            return null;
        }
        try {
            URI named = new URI(proxy.contains("://") ? proxy : "http://" + proxy);
            if (named.getHost() != null) {
                return named;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new IllegalArgumentException("The environment's " + variable + " is no address of a proxy");
    }

    private static @Nullable String first(Map<String, String> environment, String... names) {
        return Arrays.stream(names)
                .map(environment::get)
                .filter(value -> value != null && !value.isBlank())
                .findFirst()
                .orElse(null);
    }

    /** Its address, without a password. */
    URI address() {
        return base;
    }

    /**
     * Fetches a file. It is there whole, with its own checksum, or not at all.
     *
     * @throws IOException when it cannot be had, or is another
     */
    void fetch(LocalFile file, Path to) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(file.path())).timeout(TIMEOUT);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException(base.resolve(file.path()) + " answers " + answer.statusCode());
        }
        String sha256 = sha256(answer.body());
        if (!sha256.equals(file.sha256())) {
            throw new IOException(
                    base.resolve(file.path()) + " has the checksum " + sha256 + ", and should have " + file.sha256());
        }
        Files.createDirectories(to.getParent());
        Path part = Files.createTempFile(to.getParent(), ".", ".part");
        try {
            Files.write(part, answer.body());
            Files.move(part, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
