package dev.reprise.examples;

import dev.reprise.task.Task;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.NonBlocking;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The task of {@code order-lines}. */
public class OrderLineTasks {

    /**
     * A line of an order on its way through the warehouse.
     *
     * @param article what was ordered
     * @param quantity how many
     * @param done what has been done with it, in order
     */
    @RegisterForReflection
    public record OrderLine(
            String article, int quantity, @Nullable List<String> done) {
        public OrderLine {
            done = done == null ? List.of() : List.copyOf(done);
        }
    }

    /**
     * What is to be done with a line.
     *
     * @param step such as {@code Pick}
     */
    @RegisterForReflection
    public record Handling(OrderLine line, String step) {}

    /** Does one step, and gives the line that now has it done. */
    @Task("handle-line")
    @NonBlocking
    OrderLine handle(Handling handling) {
        OrderLine line = handling.line();
        return new OrderLine(
                line.article(),
                line.quantity(),
                Stream.concat(Stream.ofNullable(line.done()).flatMap(List::stream), Stream.of(handling.step()))
                        .toList());
    }
}
