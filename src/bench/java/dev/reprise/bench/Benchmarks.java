package dev.reprise.bench;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs every benchmark whose name matches, and prints a line {@code bench NAME VALUE UNIT} for each figure.
 *
 * <p>There are two kinds. What can be repeated until it is warm is a JMH benchmark in this package, named after its
 * method. What is a run of its own, with a store or a process beside it, is a {@link Measurement}.
 */
public final class Benchmarks {

    private static final List<Measurement> MEASUREMENTS = List.of(
            new DynamoDbFloor(),
            new DurableExecutions(),
            new LargeMaps(),
            new StoppedMaps(),
            new FirstPages(),
            new PollingLoop(),
            new TracedMaps(),
            new ExpressionFuel(),
            new DevEndpoint());

    private Benchmarks() {}

    /** @param arguments one regular expression, which a name has to match from end to end */
    public static void main(String[] arguments) throws Exception {
        Pattern wanted = Pattern.compile(arguments[0]);
        for (RunResult result : runJmh(wanted)) {
            print(
                    nameOf(result.getParams().getBenchmark()),
                    result.getPrimaryResult().getScore(),
                    result.getPrimaryResult().getScoreUnit());
        }
        for (Measurement measurement : MEASUREMENTS) {
            if (wanted.matcher(measurement.name()).matches()) {
                measurement.run((figure, value, unit) -> print(measurement.name() + "-" + figure, value, unit));
            }
        }
        // Whatever a measurement left running ends here.
        System.exit(0);
    }

    private static Collection<RunResult> runJmh(Pattern wanted) throws RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        Set<BenchmarkListEntry> all = BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of());
        boolean any = false;
        for (BenchmarkListEntry entry : all) {
            if (wanted.matcher(nameOf(entry.getUsername())).matches()) {
                options.include("^" + Pattern.quote(entry.getUsername()) + "$");
                any = true;
            }
        }
        if (!any) {
            return List.of();
        }
        return new Runner(options.forks(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(1))
                        .jvmArgsAppend("-Xmx256m")
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();
    }

    /** {@code dev.reprise.bench.X.parseScopePath} is {@code parse-scope-path}. */
    private static String nameOf(String method) {
        return method.substring(method.lastIndexOf('.') + 1)
                .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }

    private static void print(String name, double value, String unit) {
        String digits = value >= 100 ? "%.0f" : value >= 1 ? "%.2f" : "%.4f";
        System.out.printf(Locale.ROOT, "bench %s " + digits + " %s%n", name, value, unit);
    }
}
