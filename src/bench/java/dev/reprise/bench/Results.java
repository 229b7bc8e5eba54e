package dev.reprise.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Random;

/** Results of tasks, of about 200 bytes. */
final class Results {

    private Results() {}

    /** Text that does not compress. */
    static JsonNode text(Random random) {
        StringBuilder text = new StringBuilder(200);
        for (int i = 0; i < 198; i++) {
            text.append((char) ('!' + 2 + random.nextInt(50)));
        }
        return JsonNodeFactory.instance.textNode(text.toString().replace('\\', '/'));
    }

    /** As orders look, the same for the same number. */
    static JsonNode order(int number) {
        Random random = new Random(number);
        return JsonNodeFactory.instance
                .objectNode()
                .put("orderId", "ORD-" + random.nextInt(1_000_000))
                .put("status", random.nextBoolean() ? "CHARGED" : "DECLINED")
                .put("customer", "customer-" + random.nextInt(10_000) + "@example.com")
                .put("amount", random.nextInt(100_000) / 100.0)
                .put("currency", "EUR")
                .put("receipt", Long.toHexString(random.nextLong()))
                .put("warehouse", "eu-central-" + random.nextInt(4));
    }
}
