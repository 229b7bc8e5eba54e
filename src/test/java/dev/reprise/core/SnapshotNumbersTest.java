package dev.reprise.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.execution.Entry;
import dev.reprise.execution.Provisions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A snapshot that is damaged is refused: nothing in it is taken for 0. */
class SnapshotNumbersTest {

    /** Two of three items are open, one of them in its second attempt; the first has failed and is tolerated. */
    private static final String MAP = """
        {'StartAt': 'Each', 'TimeoutSeconds': 9000, 'States': {'Each': {'Type': 'Map', 'End': true, 'MaxConcurrency': 2,
          'Reprise': {'MinSuccessful': 3, 'ToleratedFailureCount': 1},
          'ItemProcessor': {'StartAt': 'Work', 'States': {'Work': {'Type': 'Task', 'Resource': 'task:work', 'End': true,
            'TimeoutSeconds': 70, 'HeartbeatSeconds': 20,
            'Retry': [{'ErrorEquals': ['Again'], 'IntervalSeconds': 1}]}}}}}}\
        """;

    private static final Program PROGRAM = Scripted.compile(MAP);
    private static final Entry.Started STARTED =
            new Entry.Started(Instant.EPOCH, Scripted.json("['a', 'b', 'c', 'd']"));

    private static JsonNode snapshot() {
        Scripted run = Scripted.of(MAP).start("['a', 'b', 'c', 'd']");
        run.failed("/Each[0]:1", "Other").failed("/Each[1]:1", "Again");
        return Scripted.json(run.interpreter().snapshot().toString());
    }

    private static void restore(JsonNode snapshot) {
        Interpreter.restore(PROGRAM, Scripted.IDENTITY, InterpreterLimits.DEFAULT, Provisions.NONE, STARTED, snapshot);
    }

    /** Every place of a number, as a change of the snapshot. */
    private static List<Runnable> numbers(JsonNode in, JsonNode put) {
        List<Runnable> places = new ArrayList<>();
        if (in instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                if (field.getValue().isNumber()) {
                    places.add(() -> object.set(field.getKey(), put));
                }
                places.addAll(numbers(field.getValue(), put));
            });
        } else if (in instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                if (array.get(i).isNumber()) {
                    places.add(() -> array.set(index, put));
                }
                places.addAll(numbers(array.get(i), put));
            }
        }
        return places;
    }

    @Test
    void aNumberThatIsNoneIsRefusedWhereverItStands() {
        int places = numbers(snapshot(), TextNode.valueOf("x")).size();
        assertThat(places).isGreaterThan(25);

        for (int place = 0; place < places; place++) {
            JsonNode damaged = snapshot();
            numbers(damaged, TextNode.valueOf("x")).get(place).run();

            assertThatThrownBy(() -> restore(damaged))
                    .as("%s", damaged)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is no");
        }
    }

    @Test
    void aNumberThatIsMissingIsRefusedUnlessItIsLeftOutFor0() {
        for (String name : List.of("version", "position", "now", "draws", "events")) {
            ObjectNode damaged = (ObjectNode) snapshot();
            damaged.remove(name);

            assertThatThrownBy(() -> restore(damaged)).hasMessageContaining("'" + name + "' is no number: missing");
        }
        ObjectNode whole = (ObjectNode) snapshot();
        assertThat(whole.has("redrives")).isFalse();
        restore(whole);
    }

    @Test
    void aCountIsNotNegative() {
        ObjectNode damaged = (ObjectNode) snapshot();
        damaged.set("draws", IntNode.valueOf(-1));

        assertThatThrownBy(() -> restore(damaged)).hasMessage("A snapshot whose 'draws' is no count: -1");
    }
}
