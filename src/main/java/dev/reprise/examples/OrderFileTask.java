package dev.reprise.examples;

import dev.reprise.task.Task;
import dev.reprise.task.TaskException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The first task of {@code order-file}: it reads what {@link GenerateOrderFile} writes. */
public class OrderFileTask {

    /**
     * Which file to read.
     *
     * @param file its path
     */
    public record Request(String file) {}

    /** The orders in the file, one a line. */
    @Task("read-order-file")
    List<Order> read(Request request) throws IOException {
        Path file = Path.of(request.file());
        if (!Files.isRegularFile(file)) {
            throw new TaskException(
                    "NoOrderFile",
                    "There is no file " + file.toAbsolutePath() + ". Make one: "
                            + "java src/main/java/dev/reprise/examples/GenerateOrderFile.java " + request.file()
                            + " 10000");
        }
        List<Order> orders = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
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
