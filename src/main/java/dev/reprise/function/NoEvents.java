package dev.reprise.function;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Where Quarkus' loop asks for events in dev mode, and never gets one: requests come by dev mode's own server there.
 * The loop cannot be switched off, and stops the application when nobody answers at all. So there is an address that
 * takes its question, and says nothing.
 *
 * <p>The value is made when it is asked for first, which only dev mode's configuration does.
 */
public final class NoEvents implements ConfigSource {

    private static final String ADDRESS = "reprise.dev.no-events";

    private static @Nullable String address;

    @Override
    public Set<String> getPropertyNames() {
        return Set.of();
    }

    @Override
    public @Nullable String getValue(String name) {
        return name.equals(ADDRESS) ? address() : null;
    }

    @Override
    public String getName() {
        return ADDRESS;
    }

    private static synchronized String address() {
        String known = address;
        if (known == null) {
            known = listen();
            address = known;
        }
        return known;
    }

    private static String listen() {
        try {
            ServerSocket silent = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
            Thread.ofVirtual().name("no-events").start(() -> acceptAll(silent));
            return "127.0.0.1:" + silent.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("Dev mode cannot listen on the loopback interface", e);
        }
    }

    private static void acceptAll(ServerSocket silent) {
        try (silent) {
            while (true) {
                Socket asking = silent.accept();
                Thread.ofVirtual().name("no-events").start(() -> listenTo(asking));
            }
        } catch (IOException e) {
            // The process is about to end.
        }
    }

    /** To the end, which comes when the application does. */
    private static void listenTo(Socket asking) {
        try (asking) {
            while (asking.getInputStream().read() >= 0) {
                // Nothing is said to it.
            }
        } catch (IOException e) {
            // The end may be abrupt.
        }
    }
}
