package dev.reprise.nativetests.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;

/** The file of orders that the workflow {@code order-run} reads, and what is to become of each. */
final class OrderFile {

    static final int ORDERS = 24;

    /** From here on somebody has to approve. */
    static final int DEAR_FROM = 60_00;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CENTS_EACH = 3_00;

    /** A comma, quotation marks and an umlaut stand in values, as they do in files of others. */
    private static final String CUSTOMER = "Müller, \"Söhne\" & Co";

    /** @param number from 1 */
    record Order(int number) {

        String id() {
            return "o-%02d".formatted(number);
        }

        int cents() {
            return number * CENTS_EACH;
        }

        boolean isDear() {
            return cents() >= DEAR_FROM;
        }

        /** What its child of the Map gives. */
        JsonNode result() {
            ObjectNode result = JSON.createObjectNode()
                    .put("order", id())
                    .put("customer", CUSTOMER)
                    .put("quantity", Integer.toString(number))
                    .put("cents", cents());
            return isDear() ? result.put("approvedBy", "Grace") : result;
        }
    }

    private OrderFile() {}

    static List<Order> orders() {
        return IntStream.rangeClosed(1, ORDERS).mapToObj(Order::new).toList();
    }

    static List<String> dear() {
        return orders().stream().filter(Order::isDear).map(Order::id).toList();
    }

    static String csv() {
        StringBuilder text = new StringBuilder("order,customer,quantity\n");
        for (Order order : orders()) {
            text.append("%s,\"%s\",%d%n".formatted(order.id(), CUSTOMER.replace("\"", "\"\""), order.number()));
        }
        return text.toString();
    }

    /** What the function that knows the prices answers. */
    static String price(String event) {
        try {
            int quantity = JSON.readTree(event).path("quantity").asInt();
            return "{\"cents\": " + quantity * CENTS_EACH + "}";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(event, e);
        }
    }
}
