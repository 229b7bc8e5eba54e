package dev.reprise.examples;

import dev.reprise.task.Task;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;

/** Tasks of {@code fan-out} and {@code approval-reminder}. */
public class CustomerTasks {

    /** A customer who wants something sent. */
    @RegisterForReflection
    public record Inquiry(String customer, String country, int kilograms) {}

    /**
     * How well somebody pays.
     *
     * @param score 0 to 1,000
     */
    @RegisterForReflection
    public record CreditScore(int score) {}

    /** What sending costs. */
    @RegisterForReflection
    public record ShippingQuote(long cents) {}

    /** A message to a person. */
    @RegisterForReflection
    public record Message(String to, String text) {}

    /** A plain method: it may block, and runs on a worker thread. */
    @Task("credit-score")
    CreditScore creditScore(Inquiry inquiry) {
        return new CreditScore(Math.min(1_000, 100 * inquiry.customer().length()));
    }

    /** The same in the reactive style, for clients that are so: it runs on the engine's thread and must not block. */
    @Task("shipping-quote")
    Uni<ShippingQuote> shippingQuote(Inquiry inquiry) {
        long zone = inquiry.country().equals("PT") ? 1 : 2;
        return Uni.createFrom().item(new ShippingQuote(zone * (390 + 110L * inquiry.kilograms())));
    }

    /** Would send a message, and gives back what it has sent. */
    @Task("send-message")
    Message send(Message message) {
        return message;
    }
}
