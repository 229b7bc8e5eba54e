package dev.reprise.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;

/** Tasks of every allowed form. The class says no scope: having tasks makes it a bean. */
class SampleTasks {

    record Order(String id, int quantity) {}

    record Receipt(String order, long cents, boolean paid) {}

    static final class CardDeclined extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CardDeclined(String message) {
            super(message);
        }
    }

    @Task("sample.charge")
    Receipt charge(Order order) {
        return new Receipt(order.id(), order.quantity() * 250L, true);
    }

    @Task("sample.same")
    @NonBlocking
    JsonNode same(JsonNode input) {
        return input;
    }

    @Task("sample.context")
    @NonBlocking
    TaskContext context(TaskContext context) {
        return context;
    }

    @Task("sample.count")
    int count(List<Order> orders, TaskContext context) {
        return orders.stream().mapToInt(Order::quantity).sum() + context.attempt();
    }

    @Task("sample.keys")
    List<String> keys(Map<String, ? extends Order[]> orders) {
        return orders.entrySet().stream()
                .map(entry -> entry.getKey() + entry.getValue().length)
                .toList();
    }

    @Task("sample.double")
    int twice(int number) {
        return 2 * number;
    }

    @Task("sample.nothing")
    void nothing() {}

    @Task("sample.later")
    Uni<Receipt> later(Order order) {
        return Uni.createFrom().item(() -> charge(order));
    }

    @Task("sample.laterBlocking")
    @Blocking
    Uni<String> laterBlocking() {
        String thread = Thread.currentThread().getName();
        return Uni.createFrom().item(thread);
    }

    @Task("sample.thread")
    String thread() {
        return Thread.currentThread().getName();
    }

    @Task("sample.threadOfOwner")
    @NonBlocking
    String threadOfOwner() {
        return Thread.currentThread().getName();
    }

    @Task("sample.declined")
    Receipt declined(Order order) {
        throw new CardDeclined("card ends in 4242");
    }

    @Task("sample.declinedLater")
    Uni<Receipt> declinedLater(Order order) {
        return Uni.createFrom().failure(new CardDeclined("card ends in 4242"));
    }

    @Task("sample.declinedByName")
    Receipt declinedByName(Order order) {
        throw new TaskException("CardDeclined", "card ends in 4242");
    }

    @Task("sample.unwritable")
    Object unwritable() {
        return new Object();
    }

    @Task("sample.notANumber")
    double notANumber() {
        return 0.0 / 0.0;
    }

    @Task("sample.endless")
    List<Float> endless() {
        return List.of(Float.POSITIVE_INFINITY);
    }

    @Task("sample.shared")
    static String shared(String text) {
        return text.strip();
    }
}
