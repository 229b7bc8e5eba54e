package dev.reprise.api.model;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a member may be. */
public sealed interface Shape {

    /**
     * A string.
     *
     * @param least how many characters at least
     * @param most how many characters at most
     * @param pattern what it has to be like; null for anything
     * @param secret whether messages must not show it
     */
    record Text(int least, int most, @Nullable Pattern pattern, boolean secret) implements Shape {}

    /**
     * One of some words.
     *
     * @param words in the order of the service's model
     */
    record OneOf(List<String> words) implements Shape {
        public OneOf {
            words = List.copyOf(words);
        }
    }

    /**
     * A number.
     *
     * @param whole whether it has no fraction
     */
    record Numeric(long least, long most, boolean whole) implements Shape {}

    /** True or false. */
    record Flag() implements Shape {}

    /** A time. */
    record Time() implements Shape {}

    /** Some of the same shape, and how many at least and at most. */
    record Many(Shape of, int least, int most) implements Shape {}

    /** Members of any name. */
    record Named(Shape of) implements Shape {}

    /**
     * Members by their names, in the order of the service's model.
     *
     * @param members unmodifiable
     */
    record Structure(Map<String, Member> members) implements Shape {}

    /**
     * A member of a structure.
     *
     * @param required whether a request without it is refused
     */
    record Member(String name, Shape shape, boolean required) {}
}
