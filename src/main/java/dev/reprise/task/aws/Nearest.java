package dev.reprise.task.aws;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What somebody may have meant who misspelt a name. */
final class Nearest {

    /** A third of a name may be wrong. */
    private static final int SHARE = 3;

    private Nearest() {}

    /** {@code did you mean 'TableName'?}; null when no name is near. */
    static @Nullable String of(String name, Collection<String> names) {
        String nearest = null;
        int least = Math.max(1, name.length() / SHARE) + 1;
        for (String each : names) {
            int distance = distance(name.toLowerCase(Locale.ROOT), each.toLowerCase(Locale.ROOT), least);
            if (distance < least) {
                least = distance;
                nearest = each;
            }
        }
        return nearest == null ? null : "did you mean '" + nearest + "'?";
    }

    /** How many letters have to be changed, put in or left out; {@code atMost} when it is that many or more. */
    private static int distance(String one, String other, int atMost) {
        if (Math.abs(one.length() - other.length()) >= atMost) {
            return atMost;
        }
        int[] before = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(before[j], row[j - 1]) + 1);
            }
            before = row;
        }
        return Math.min(before[other.length()], atMost);
    }
}
