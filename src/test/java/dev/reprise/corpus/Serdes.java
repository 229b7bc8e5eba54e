package dev.reprise.corpus;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A serializer of an SDK: what it makes of a value before that is stored, and of what was stored afterwards. A state
 * machine says it in JSONata.
 *
 * @param serialize what is stored of a value, which stands at {@code %s}
 * @param deserialize the value of what was stored, which stands at {@code %s}
 */
record Serdes(String serialize, String deserialize) {

    private static final Pattern PREFIX = Pattern.compile("prefix \"([^\"]*)\" on serialize.*");
    private static final Pattern WRAPPED = Pattern.compile("v -> \\{\"(\\w+)\": v\\}.*");

    /** As a case describes it. */
    static Serdes of(String text) {
        Matcher prefix = PREFIX.matcher(text);
        if (prefix.matches()) {
            String quoted = "'" + prefix.group(1) + "'";
            return new Serdes(quoted + " & %s", "$substringAfter(%s, " + quoted + ")");
        }
        Matcher wrapped = WRAPPED.matcher(text);
        if (wrapped.matches()) {
            return new Serdes("{'" + wrapped.group(1) + "': %s}", "%s." + wrapped.group(1));
        }
        if (text.startsWith("uppercase on serialize")) {
            return new Serdes("$uppercase(%s)", "%s");
        }
        // Whatever else it does, it gives back what it was given.
        return new Serdes("%s", "%s");
    }

    String serialized(String value) {
        return serialize.formatted(value);
    }

    String deserialized(String stored) {
        return deserialize.formatted(stored);
    }
}
