package dev.reprise.api.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of a model. A member's line is its name, with {@code !} where it is required, and its shape:
 *
 * <ul>
 *   <li>{@code text 1..80 like PATTERN}, or {@code secret} for one that no message shows
 *   <li>{@code A|B|C}: one of these
 *   <li>{@code whole 0..100}, {@code number}, {@code flag}, {@code time}
 *   <li>{@code many 1..2 SHAPE}, {@code named SHAPE}
 *   <li>{@code :NAME}: a structure that was given before
 *   <li>any other word: an object that is not described here
 * </ul>
 */
final class ModelText {

    private final Map<String, Shape.Structure> structures = new LinkedHashMap<>();

    private ModelText() {}

    /** All structures by their names. */
    static Map<String, Shape.Structure> read(String text) {
        ModelText model = new ModelText();
        String name = null;
        Map<String, Shape.Member> members = new LinkedHashMap<>();
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("  ")) {
                Shape.Member member = model.member(line.strip());
                members.put(member.name(), member);
            } else {
                model.add(name, members);
                name = line;
                members = new LinkedHashMap<>();
            }
        }
        return Collections.unmodifiableMap(model.structures);
    }

    private void add(@Nullable String name, Map<String, Shape.Member> members) {
        if (name != null) {
            structures.put(name, new Shape.Structure(Collections.unmodifiableMap(members)));
        }
    }

    private Shape.Member member(String line) {
        String[] parts = line.split(" ", 2);
        boolean required = parts[0].endsWith("!");
        String name = required ? parts[0].substring(0, parts[0].length() - 1) : parts[0];
        return new Shape.Member(name, shape(new ArrayList<>(Arrays.asList(parts[1].split(" ")))), required);
    }

    /** @param words what is left of the line; those that are read are taken off */
    private Shape shape(List<String> words) {
        String kind = words.removeFirst();
        if (kind.startsWith(":")) {
            return structure(kind);
        }
        if (kind.contains("|")) {
            return new Shape.OneOf(List.of(kind.split("\\|")));
        }
        return switch (kind) {
            case "text", "secret" -> {
                Range range = Range.of(words);
                yield new Shape.Text((int) range.least(), (int) range.most(), pattern(words), kind.equals("secret"));
            }
            case "whole", "number" -> {
                Range range = Range.of(words);
                yield new Shape.Numeric(range.least(), range.most(), kind.equals("whole"));
            }
            case "flag" -> new Shape.Flag();
            case "time" -> new Shape.Time();
            case "many" -> {
                Range range = Range.of(words);
                yield new Shape.Many(shape(words), (int) range.least(), (int) range.most());
            }
            case "named" -> new Shape.Named(shape(words));
            default -> new Shape.Structure(Map.of());
        };
    }

    private Shape.Structure structure(String name) {
        Shape.Structure known = structures.get(name);
        if (known == null) {
            throw new IllegalArgumentException("The model names " + name + " before it says what that is");
        }
        return known;
    }

    private static @Nullable Pattern pattern(List<String> words) {
        if (words.isEmpty()) {
            return null;
        }
        words.removeFirst();
        return Pattern.compile(words.removeFirst());
    }

    /** Such as {@code 1..80} or {@code 0..}; without one, anything from 0 on. */
    private record Range(long least, long most) {

        static Range of(List<String> words) {
            String text = words.isEmpty() ? "" : words.getFirst();
            if (!text.contains("..")) {
                return new Range(0, Integer.MAX_VALUE);
            }
            words.removeFirst();
            int dots = text.indexOf("..");
            String most = text.substring(dots + 2);
            return new Range(
                    Long.parseLong(text.substring(0, dots)), most.isEmpty() ? Integer.MAX_VALUE : Long.parseLong(most));
        }
    }
}
