package dev.reprise.examples;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Random;

/**
 * Writes a file of orders, always the same for the same number of lines. Needs no build: {@code java
 * src/examples/java/dev/reprise/examples/GenerateOrderFile.java target/orders.csv 10000}.
 */
public final class GenerateOrderFile {

    private static final String[] CUSTOMERS = {"Ada", "Barbara", "Edsger", "Frances", "Grace", "Tony"};

    private GenerateOrderFile() {}

    /**
     * Writes the file.
     *
     * @param arguments its path and the number of lines
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("Give a file and a number of lines: target/orders.csv 10000");
        }
        write(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    }

    /** Writes such lines to a file, which appears whole or not at all, so nobody reads half of one. */
    public static void write(Path file, int lines) throws IOException {
        Path whole = file.toAbsolutePath();
        Path folder = Objects.requireNonNull(whole.getParent(), "A folder is no file to write");
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, "orders", ".part");
        try {
            try (BufferedWriter writer = Files.newBufferedWriter(part)) {
                write(writer, lines);
            }
            Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Lines of the form {@code o-1,Ada,3,1250}: id, customer, quantity, price of one in cents. */
    static void write(Appendable out, int lines) throws IOException {
        Random random = new Random(lines);
        for (int line = 1; line <= lines; line++) {
            out.append("o-" + line + "," + CUSTOMERS[random.nextInt(CUSTOMERS.length)] + "," + (1 + random.nextInt(9))
                    + "," + (100 + random.nextInt(20_000)) + "\n");
        }
    }
}
