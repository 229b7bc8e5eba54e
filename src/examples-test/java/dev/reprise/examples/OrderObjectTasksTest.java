package dev.reprise.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.dataset.FolderObjects;
import dev.reprise.task.TaskException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tasks around the file of orders in a bucket. */
class OrderObjectTasksTest {

    @TempDir
    Path folder;

    @Test
    void theFileHasAHeaderAndALineForEachOrder() throws IOException {
        OrderObjectTasks.Place place = tasks().put(new OrderObjectTasks.Request("orders", 3));

        assertThat(place).isEqualTo(new OrderObjectTasks.Place("orders", "orders-3.csv"));
        assertThat(folder.resolve("orders/orders-3.csv"))
                .content()
                .startsWith("id,customer,quantity,unitPriceCents\no-1,")
                .hasLineCount(4);
    }

    @Test
    void aNumberOfLinesOutOfRangeIsRefused() {
        assertThatThrownBy(() -> tasks().put(new OrderObjectTasks.Request("orders", -1)))
                .isInstanceOf(TaskException.class)
                .hasMessage("InvalidRequest: lines must be a number from 0 to 1000000, was -1");
    }

    @Test
    void eachOrderOfABatchIsPriced() {
        OrderObjectTasks.Batch batch = new OrderObjectTasks.Batch(
                new OrderObjectTasks.Common("EUR"), List.of(new Order("o-1", "Ada", 3, 1250)));

        assertThat(tasks().price(batch)).containsExactly(new OrderObjectTasks.Price("o-1", 3750, "EUR"));
    }

    private OrderObjectTasks tasks() {
        return new OrderObjectTasks(new FolderObjects(folder));
    }
}
