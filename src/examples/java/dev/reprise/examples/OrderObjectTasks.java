package dev.reprise.examples;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.reprise.dataset.ObjectStore;
import dev.reprise.task.Task;
import dev.reprise.task.TaskException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Tasks of {@code orders-from-s3}. */
public class OrderObjectTasks {

    private static final int MOST_LINES = 1_000_000;

    private final ObjectStore objects;

    @Inject
    OrderObjectTasks(ObjectStore objects) {
        this.objects = objects;
    }

    /**
     * Which file to make.
     *
     * @param bucket where
     * @param lines how many orders it is to have, 0 to 1,000,000
     */
    @RegisterForReflection
    public record Request(String bucket, int lines) {}

    /** Where an object is. */
    @RegisterForReflection
    public record Place(String bucket, String key) {}

    /**
     * Orders that are priced together, as {@code ItemBatcher} puts them together.
     *
     * @param input what all of them have in common
     * @param items the rows of the file; Jackson reads the numbers from their text
     */
    @RegisterForReflection
    public record Batch(
            @JsonProperty("BatchInput") Common input,
            @JsonProperty("Items") List<Order> items) {}

    /** What all batches have in common. */
    @RegisterForReflection
    public record Common(String currency) {}

    /**
     * What an order costs.
     *
     * @param order its id
     */
    @RegisterForReflection
    public record Price(String order, long cents, String currency) {}

    /** Puts a file of orders into the bucket, with a header. */
    @Task("put-orders")
    Place put(Request request) throws IOException {
        if (request.lines() < 0 || request.lines() > MOST_LINES) {
            throw new TaskException(
                    "InvalidRequest", "lines must be a number from 0 to " + MOST_LINES + ", was " + request.lines());
        }
        StringBuilder file = new StringBuilder("id,customer,quantity,unitPriceCents\n");
        GenerateOrderFile.write(file, request.lines());
        Place place = new Place(request.bucket(), "orders-" + request.lines() + ".csv");
        objects.put(place.bucket(), place.key(), file.toString().getBytes(StandardCharsets.UTF_8));
        return place;
    }

    /** What each order of a batch costs. */
    @Task("price-orders")
    @NonBlocking
    List<Price> price(Batch batch) {
        return batch.items().stream()
                .map(order -> new Price(order.id(), order.cents(), batch.input().currency()))
                .toList();
    }
}
