package dev.reprise.asl;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What runs in one scope: a machine's own states, a Parallel branch's, or an item processor's.
 *
 * @param startAt the name of the first state, one of {@code states}
 * @param states the states by name, in the file's order
 * @see <a href="https://states-language.net/#toplevelfields">ASL, Top-level fields</a>
 */
public record Body(String startAt, Map<String, State> states) {
    public Body {
        states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
        if (!states.containsKey(startAt)) {
            throw new IllegalArgumentException("StartAt names no state: '" + startAt + "'");
        }
    }
}
