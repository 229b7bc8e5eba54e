package dev.reprise.examples;

import dev.reprise.task.Task;
import dev.reprise.task.TaskException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The first task of {@code order-file}: it reads what {@link GenerateOrderFile} writes. */
public class OrderFileTask {

    private static final int MOST_LINES = 1_000_000;

    /**
     * Which file to read.
     *
     * @param lines how many orders it is to have, 1 to 1,000,000
     */
    @RegisterForReflection
    public record Request(int lines) {}

    /**
     * The orders in the file, one a line. It stands in the folder for temporary files, the only one that Lambda lets a
     * function write to, and is made when it is not there. No path comes from the input: whoever may start the workflow
     * could read any file of the function.
     */
    @Task("read-order-file")
    List<Order> read(Request request) throws IOException {
        if (request.lines() < 1 || request.lines() > MOST_LINES) {
            throw new TaskException(
                    "InvalidRequest", "lines must be a number from 1 to " + MOST_LINES + ", was " + request.lines());
        }
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "reprise-orders-" + request.lines() + ".csv");
        if (!Files.isRegularFile(file)) {
            GenerateOrderFile.write(file, request.lines());
        }
        return parse(Files.readAllLines(file));
    }

    /** Reads each line as {@link GenerateOrderFile} writes it. */
    static List<Order> parse(List<String> lines) {
        List<Order> orders = new ArrayList<>();
        for (String line : lines) {
            orders.add(parse(line, orders.size() + 1));
        }
        return orders;
    }

    private static Order parse(String line, int number) {
        String[] fields = line.split(",", -1);
        try {
            return new Order(fields[0], fields[1], Integer.parseInt(fields[2]), Long.parseLong(fields[3]));
        } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
            throw new TaskException(
                    "MalformedOrderFile",
                    "Line " + number + " must be 'id,customer,quantity,unitPriceCents', was '" + line + "'");
        }
    }
}
