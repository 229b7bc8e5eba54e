package dev.reprise.testing.teststate;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What may stand in one field of a service's answer. */
sealed interface Shape {

    /** Whatever it is. */
    record Anything() implements Shape {}

    /**
     * A string.
     *
     * @param least its length in characters; null without a bound
     * @param most its length in characters; null without a bound
     * @param values the only ones there are; empty when there is no such list
     */
    record Text(@Nullable Integer least, @Nullable Integer most, List<String> values) implements Shape {
        public Text {
            values = List.copyOf(values);
        }
    }

    /** A number within bounds, of which each may be missing. */
    record Numeric(@Nullable BigDecimal least, @Nullable BigDecimal most) implements Shape {}

    /** True or false. */
    record Flag() implements Shape {}

    /** An array. */
    record ListOf(Shape element) implements Shape {}

    /** An object whose names are data. */
    record MapOf(Shape value) implements Shape {}

    /** An object that the service's table describes under this name. */
    record Named(String name) implements Shape {}

    /** An object whose names are known, in the order of the table. */
    record Structure(Map<String, Field> fields) implements Shape {
        public Structure {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }
    }

    /**
     * One field of a structure.
     *
     * @param name as the service's own API has it
     * @param required whether it is always there
     */
    record Field(String name, Shape shape, boolean required) {

        /**
         * Its name in the AWS SDK for Java, which integrations through the SDK use: an abbreviation at the beginning
         * loses its capitals, {@code KMSKeyArn} is {@code KmsKeyArn}.
         */
        String sdkName() {
            int capitals = 0;
            while (capitals < name.length() && Character.isUpperCase(name.charAt(capitals))) {
                capitals++;
            }
            boolean wordFollows = capitals < name.length() && Character.isLowerCase(name.charAt(capitals));
            int end = wordFollows ? capitals - 1 : capitals;
            return end < 2
                    ? name
                    : name.charAt(0) + name.substring(1, end).toLowerCase(Locale.ROOT) + name.substring(end);
        }
    }
}
