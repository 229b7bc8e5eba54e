package dev.reprise.simulation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.execution.ItemList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one data set that there is: an object which changes, goes and comes back, while executions run over what they
 * have read of it.
 */
final class SimulatedObjects {

    static final String BUCKET = "data";
    static final String KEY = "items.json";

    /** Whatever it was at some time; its number is its version. */
    private final List<ArrayNode> contents = new ArrayList<>();

    private int current;
    private boolean gone;

    /** Whether an execution may have seen anything else than what was there at the beginning. */
    private boolean disturbed;

    SimulatedObjects(Dice dice) {
        contents.add(items(dice.between(1, 5), 0));
    }

    private static ArrayNode items(int count, int from) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < count; i++) {
            items.add(from + i);
        }
        return items;
    }

    /** Others are written in their place, perhaps as many. */
    void change(Dice dice) {
        disturbed = true;
        gone = false;
        int size = contents.get(current).size();
        contents.add(items(dice.chance(0.5) ? size : dice.between(1, 5), 100 * contents.size()));
        current = contents.size() - 1;
    }

    void vanish() {
        disturbed = true;
        gone = true;
    }

    /** The first ones are there again, under the version that they had. */
    void comeBack() {
        gone = false;
        current = 0;
    }

    /** It could not be read when somebody asked for it. */
    void outOfReach() {
        disturbed = true;
    }

    boolean isDisturbed() {
        return disturbed;
    }

    /** The version that is there; null when there is none. */
    @Nullable
    String version() {
        return gone ? null : String.valueOf(current);
    }

    /** What is there, as JSON. */
    String text() {
        return contents.get(current).toString();
    }

    /** Items as they were, whether they are still there or not. */
    ItemList items(String version) {
        return ItemList.of(contents.get(Integer.parseInt(version)));
    }

    /** Whether there ever were so many items of that version. */
    boolean knows(String version, int count) {
        int number = Integer.parseInt(version);
        return number < contents.size() && contents.get(number).size() == count;
    }
}
