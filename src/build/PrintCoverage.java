import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Prints the share of bytecode instructions that the tests ran, as one line at the end of the build.
 *
 * <p>The build starts it from source, with the CSV report of JaCoCo as its only argument.
 */
final class PrintCoverage {

    private static final int INSTRUCTION_MISSED = 3;
    private static final int INSTRUCTION_COVERED = 4;

    private PrintCoverage() {}

    public static void main(String[] arguments) throws IOException {
        Path report = Path.of(arguments[0]);
        if (!Files.exists(report)) {
            System.out.println("coverage: not measured, no test ran");
            return;
        }
        List<String> classes = Files.readAllLines(report).stream().skip(1).toList();
        long covered = sum(classes, INSTRUCTION_COVERED);
        long all = covered + sum(classes, INSTRUCTION_MISSED);
        double percentage = all == 0 ? 100 : 100.0 * covered / all;
        System.out.printf(Locale.ROOT, "coverage: %.1f %% of instructions%n", percentage);
    }

    private static long sum(List<String> classes, int column) {
        return classes.stream()
                .mapToLong(line -> Long.parseLong(line.split(",")[column]))
                .sum();
    }
}
