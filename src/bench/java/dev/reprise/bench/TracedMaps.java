package dev.reprise.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.OperatingSystemMXBean;
import com.sun.net.httpserver.HttpServer;
import dev.reprise.runtime.RunListener;
import dev.reprise.task.aws.client.Connections;
import dev.reprise.task.aws.client.WebCalls;
import dev.reprise.telemetry.trace.HttpCollector;
import dev.reprise.telemetry.trace.SpanExport;
import dev.reprise.telemetry.trace.Traces;
import dev.reprise.testing.InMemoryStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/**
 * A Map of 10,000 tasks on a store in memory, without traces, with those of each hundredth item, and with those of
 * each: what traces add, up to when a collector on this machine has all spans. It reads them and does nothing.
 */
final class TracedMaps implements Measurement {

    private static final int ITEMS = 10_000;
    private static final int ROUNDS = 30;
    private static final int MOST_SPANS = 100_000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final JsonNode NUMBERS = Engine.numbers(ITEMS);
    private static final String MAP = Engine.map("JOURNALED");
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final AtomicLong received = new AtomicLong();

    @Override
    public String name() {
        return "traced-map-of-10000-tasks";
    }

    @Override
    public void run(Report report) throws IOException {
        HttpServer sink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sink.createContext("/", exchange -> {
            try (InputStream body = exchange.getRequestBody()) {
                received.addAndGet(body.transferTo(OutputStream.nullOutputStream()));
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        try (Connections connections = new Connections(ITEMS);
                ExecutorService threads = Executors.newFixedThreadPool(1)) {
            sink.setExecutor(threads);
            sink.start();
            WebCalls web = new WebCalls(
                    connections,
                    () -> "us-east-1",
                    () -> AwsBasicCredentials.create("none", "none"),
                    Clock.systemUTC());
            String address = "http://127.0.0.1:" + sink.getAddress().getPort();
            Kind without = new Kind(null, 0);
            Kind some = new Kind(export(web, address), 0.01);
            Kind all = new Kind(export(web, address), 1);
            for (int round = 0; round < ROUNDS; round++) {
                without.run();
                some.run();
                received.set(0);
                all.run();
            }
            without.report("without", report);
            some.report("one-in-100", report);
            all.report("all", report);
            int spans = 3 * ITEMS + 3;
            report.figure("all-cpu-a-span", (all.cpu() - without.cpu()) * 1e3 / spans, "us");
            report.figure("all-spans-a-second", spans / ((all.wall() - without.wall()) / 1e3), "spans/s");
            report.figure("all-bytes-a-span", received.get() / (double) spans, "bytes");
        } finally {
            sink.stop(0);
        }
    }

    private static SpanExport export(WebCalls web, String address) {
        return new SpanExport(
                new HttpCollector(web, address, Map.of()), Map.of("service.name", "bench"), PATIENCE, MOST_SPANS);
    }

    /** One way to run the Map, round by round; the first half of the rounds is for the just-in-time compilers. */
    private static final class Kind {

        private final SpanExport export;
        private final Engine engine;
        private final List<Double> wall = new ArrayList<>();
        private final List<Double> cpu = new ArrayList<>();

        Kind(SpanExport export, double itemRate) {
            this.export = export;
            List<RunListener> listeners = export == null
                    ? List.of()
                    : List.of(new Traces(new Traces.Settings("bench", itemRate, MOST_SPANS), export, () -> null));
            this.engine = new Engine(new InMemoryStore(), Engine.echo(), listeners);
        }

        void run() {
            long start = System.nanoTime();
            long cpuStart = PROCESS.getProcessCpuTime();
            engine.run(MAP, NUMBERS);
            if (export != null) {
                export.finish(PATIENCE);
            }
            wall.add((System.nanoTime() - start) / 1e6);
            cpu.add((PROCESS.getProcessCpuTime() - cpuStart) / 1e6);
        }

        double wall() {
            return median(wall);
        }

        double cpu() {
            return median(cpu);
        }

        void report(String kind, Report report) {
            report.figure(kind, wall(), "ms");
            report.figure(kind + "-cpu", cpu(), "ms");
        }

        private static double median(List<Double> rounds) {
            List<Double> warm = rounds.subList(rounds.size() / 2, rounds.size());
            return warm.stream().sorted().toList().get(warm.size() / 2);
        }
    }
}
