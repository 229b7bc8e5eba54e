package dev.reprise.query.jsonpath;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A place in a value, as error texts name it: {@code $['a'][0]}.
 *
 * @param above null at the root
 * @param text of the last step
 */
record Location(@Nullable Location above, String text) {

    static final Location ROOT = new Location(null, "$");

    Location member(String name) {
        return new Location(this, "['" + name + "']");
    }

    Location element(int index) {
        return new Location(this, "[" + index + "]");
    }

    @Override
    public String toString() {
        Deque<String> texts = new ArrayDeque<>();
        for (Location place = this; place != null; place = place.above) {
            texts.push(place.text);
        }
        return String.join("", texts);
    }
}
