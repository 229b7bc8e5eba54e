package dev.reprise.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.task.TaskException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of orders: how it is made, and how it is read. */
class OrderFileTest {

    @TempDir
    Path folder;

    @Test
    void isTheSameForTheSameNumberOfLines() throws IOException {
        assertThat(written("one.csv", 100)).hasSameTextualContentAs(written("other.csv", 100));
    }

    @Test
    void isWrittenFromTheCommandLine() throws IOException {
        Path file = folder.resolve("new/orders.csv");

        GenerateOrderFile.main(new String[] {file.toString(), "100"});

        assertThat(file).hasSameTextualContentAs(written("orders.csv", 100));
    }

    @Test
    void leavesNothingElseBehind() throws IOException {
        Path file = written("orders.csv", 1);

        assertThat(folder).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void isReadAsOneOrderALine() throws IOException {
        List<Order> orders = OrderFileTask.parse(Files.readAllLines(written("orders.csv", 1_000)));

        assertThat(orders).hasSize(1_000).allMatch(order -> order.quantity() >= 1 && order.unitPriceCents() >= 100);
        assertThat(orders).extracting(Order::id).startsWith("o-1", "o-2").endsWith("o-1000");
    }

    @Test
    void saysWhichLineCannotBeRead() {
        assertThatThrownBy(() -> OrderFileTask.parse(List.of("o-1,Ada,3,1250", "o-2,Ada,three,1250")))
                .isInstanceOf(TaskException.class)
                .hasMessage("MalformedOrderFile: Line 2 must be 'id,customer,quantity,unitPriceCents', was"
                        + " 'o-2,Ada,three,1250'");
    }

    private Path written(String name, int lines) throws IOException {
        Path file = folder.resolve(name);
        GenerateOrderFile.write(file, lines);
        return file;
    }
}
