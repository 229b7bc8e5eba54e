package dev.reprise.examples;

import dev.reprise.task.Task;
import dev.reprise.task.TaskContext;
import dev.reprise.task.TaskException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.NonBlocking;
import org.jboss.logging.Logger;

/** Tasks of {@code process-orders} and {@code order-file}. */
public class OrderTasks {

    private static final Logger LOG = Logger.getLogger(OrderTasks.class);

    /**
     * What was charged.
     *
     * @param order the order's id
     * @param cents how much
     */
    @RegisterForReflection
    public record Receipt(String order, long cents) {}

    /** Gives the order back when it can be met, and fails with {@code InvalidOrder} when it cannot. */
    @Task("validate-order")
    @NonBlocking
    Order validate(Order order) {
        if (order.quantity() < 1) {
            throw new TaskException("InvalidOrder", "quantity must be at least 1, was " + order.quantity());
        }
        return order;
    }

    /**
     * Charges the customer's card. It may run again after a crash; with the same key, a payment service would charge
     * once.
     */
    @Task("charge-card")
    Receipt charge(Order order, TaskContext context) {
        LOG.debugf("Charging %d cents under the key %s", order.cents(), context.idempotencyKey());
        return new Receipt(order.id(), order.cents());
    }

    /** What an order costs, in cents. */
    @Task("price-order")
    @NonBlocking
    long price(Order order) {
        return order.cents();
    }
}
