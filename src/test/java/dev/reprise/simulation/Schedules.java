package dev.reprise.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Many simulations, on every core. Each is a world of its own, so it does not matter which of them run at once. */
final class Schedules {

    /**
     * What came of them.
     *
     * @param failures those in which something did not hold, by seed
     * @param counts what happened in all of them together
     */
    record Report(List<Simulation.Result> failures, Map<Occurrence, Integer> counts) {}

    private Schedules() {}

    /** Runs {@code count} of them, with the seeds from {@code firstSeed} on. */
    static Report run(Engine engine, long firstSeed, int count) {
        // The first one alone: Mutiny sets itself up when it is first used, and not safely if two threads do so at
        // once.
        Report first = part(engine, new AtomicLong(firstSeed), firstSeed + 1);
        AtomicLong seeds = new AtomicLong(firstSeed + 1);
        int cores = Runtime.getRuntime().availableProcessors();
        try (ExecutorService threads = Executors.newFixedThreadPool(cores)) {
            List<Future<Report>> parts = new ArrayList<>();
            for (int i = 0; i < cores; i++) {
                parts.add(threads.submit(() -> part(engine, seeds, firstSeed + count)));
            }
            return join(first, parts);
        }
    }

    private static Report part(Engine engine, AtomicLong seeds, long end) {
        Report report = new Report(new ArrayList<>(), new EnumMap<>(Occurrence.class));
        for (long seed = seeds.getAndIncrement(); seed < end; seed = seeds.getAndIncrement()) {
            Simulation.Result result = Simulation.run(engine, seed, false);
            result.counts().forEach((what, often) -> report.counts().merge(what, often, Integer::sum));
            if (!result.violations().isEmpty()) {
                report.failures().add(result);
            }
        }
        return report;
    }

    private static Report join(Report all, List<Future<Report>> parts) {
        for (Future<Report> part : parts) {
            try {
                all.failures().addAll(part.get().failures());
                part.get().counts().forEach((what, often) -> all.counts().merge(what, often, Integer::sum));
            } catch (ExecutionException | InterruptedException e) {
                throw new IllegalStateException("A simulation could not be run", e);
            }
        }
        all.failures().sort(Comparator.comparingLong(Simulation.Result::seed));
        return all;
    }
}
