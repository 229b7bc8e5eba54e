package dev.reprise.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Items as they are held. */
class PagedItemsTest {

    private static final int MANY = 20_000;

    private final PagedItems.Writer writer = new PagedItems.Writer();

    @Test
    void givesEachItemInAnyOrder() {
        for (int i = 0; i < MANY; i++) {
            writer.add(item(i));
        }
        PagedItems items = writer.done();
        List<Integer> shuffled = IntStream.range(0, MANY).boxed().collect(Collectors.toList());
        Collections.shuffle(shuffled.subList(0, 200), new Random(1));

        assertThat(items.size()).isEqualTo(MANY);
        assertThat(shuffled).allSatisfy(i -> assertThat(items.get(i)).isEqualTo(item(i)));
        assertThat(items.get(MANY - 1)).isEqualTo(item(MANY - 1));
        assertThat(items.get(0)).isEqualTo(item(0));
    }

    private static JsonNode item(int i) {
        return JsonNodeFactory.instance.objectNode().put("id", i).put("text", "the name of line " + i);
    }

    @Test
    void anItemMayBeLargerThanAPage() {
        writer.add(JsonNodeFactory.instance.textNode("x".repeat(1_000_000)));
        writer.add(JsonNodeFactory.instance.numberNode(1));

        PagedItems items = writer.done();

        assertThat(items.get(0).textValue()).hasSize(1_000_000);
        assertThat(items.get(1).intValue()).isEqualTo(1);
    }

    @Test
    void thereMayBeNone() {
        PagedItems items = writer.done();

        assertThat(items.size()).isZero();
        assertThatThrownBy(() -> items.get(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
