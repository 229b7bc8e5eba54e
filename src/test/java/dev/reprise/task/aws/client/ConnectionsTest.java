package dev.reprise.task.aws.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConnectionsTest {

    /** A connection is known on the other side by the port that it comes from. */
    @Test
    void noConnectionIsUsedAgainWhoseOtherSideMayHaveHungUpUnseen() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-28T12:00:00Z"));
        List<Integer> ports = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            ports.add(exchange.getRemoteAddress().getPort());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .build();
        try (Connections connections = new Connections(1_000, now::get)) {
            for (int seconds : List.of(0, 10, 10, 60)) {
                now.updateAndGet(instant -> instant.plusSeconds(seconds));
                assertThat(connections.send(request, Duration.ofSeconds(20)).status())
                        .isEqualTo(204);
            }
        } finally {
            server.stop(0);
        }

        assertThat(ports.subList(0, 3)).containsOnly(ports.getFirst());
        assertThat(ports.getLast()).isNotEqualTo(ports.getFirst());
    }
}
