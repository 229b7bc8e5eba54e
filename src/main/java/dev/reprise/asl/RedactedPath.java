package dev.reprise.asl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where values stand that nobody is to see, such as {@code $.card.number} or {@code $.cards[*]['number']}: names, and
 * {@code [*]} for all that is in an array or an object.
 *
 * @param steps from the root; empty for the root itself. Each is the name of a member, or empty for all
 */
public record RedactedPath(List<Optional<String>> steps) {

    private static final Pattern STEP = Pattern.compile("\\.([^.\\[\\]'\"*\\s$@?()]+)|\\['([^']+)'\\]|(\\[\\*\\])");

    public RedactedPath {
        steps = List.copyOf(steps);
    }

    /** Reads one; null when the text is none. */
    public static @Nullable RedactedPath parse(String text) {
        if (!text.startsWith("$")) {
            return null;
        }
        List<Optional<String>> steps = new ArrayList<>();
        Matcher step = STEP.matcher(text);
        int at = 1;
        while (at < text.length()) {
            if (!step.region(at, text.length()).lookingAt()) {
                return null;
            }
            String name = step.group(1) == null ? step.group(2) : step.group(1);
            steps.add(Optional.ofNullable(name));
            at = step.end();
        }
        return new RedactedPath(steps);
    }

    /** The last name in it; null when it has none. */
    public @Nullable String lastName() {
        return steps.reversed().stream().flatMap(Optional::stream).findFirst().orElse(null);
    }
}
