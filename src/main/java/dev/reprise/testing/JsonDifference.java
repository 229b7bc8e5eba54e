package dev.reprise.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The first place at which two values differ. Numbers are equal when their values are. */
public final class JsonDifference {

    private JsonDifference() {}

    /**
     * Such as {@code At /orders/0/paid true is expected, not false}.
     *
     * @return null when there is none
     */
    public static @Nullable String between(JsonNode expected, JsonNode found) {
        return between("", expected, found, false);
    }

    /** The same, where objects may have more members than are expected. */
    public static @Nullable String betweenPart(JsonNode expected, JsonNode found) {
        return between("", expected, found, true);
    }

    private static @Nullable String between(String at, JsonNode expected, JsonNode found, boolean part) {
        if (expected.isObject() && found.isObject()) {
            return ofObjects(at, expected, found, part);
        }
        if (expected.isArray() && found.isArray()) {
            return ofArrays(at, expected, found, part);
        }
        boolean same = (expected.isNumber() && found.isNumber())
                ? expected.decimalValue().compareTo(found.decimalValue()) == 0
                : expected.equals(found);
        return same ? null : "At " + place(at) + " " + shown(expected) + " is expected, not " + shown(found) + ".";
    }

    private static @Nullable String ofObjects(String at, JsonNode expected, JsonNode found, boolean part) {
        Set<String> names = new TreeSet<>();
        expected.fieldNames().forEachRemaining(names::add);
        if (!part) {
            found.fieldNames().forEachRemaining(names::add);
        }
        for (String name : names) {
            String place = at + "/" + name.replace("~", "~0").replace("/", "~1");
            JsonNode left = expected.get(name);
            JsonNode right = found.get(name);
            if (left == null) {
                return "At " + place + " nothing is expected, and there is " + shown(right) + ".";
            }
            if (right == null) {
                return "At " + place + " " + shown(left) + " is expected, and there is nothing.";
            }
            String difference = between(place, left, right, part);
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    private static @Nullable String ofArrays(String at, JsonNode expected, JsonNode found, boolean part) {
        Iterator<JsonNode> right = found.iterator();
        int index = 0;
        for (JsonNode left : expected) {
            if (!right.hasNext()) {
                break;
            }
            String difference = between(at + "/" + index, left, right.next(), part);
            if (difference != null) {
                return difference;
            }
            index++;
        }
        return expected.size() == found.size()
                ? null
                : "At " + place(at) + " " + expected.size() + " elements are expected, not " + found.size() + ".";
    }

    private static String place(String at) {
        return at.isEmpty() ? "the top" : at;
    }

    private static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
