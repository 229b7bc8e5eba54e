package dev.reprise.journal.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/**
 * Where a listing by label goes on: after this item.
 *
 * @param startedAtMillis when its execution started, in milliseconds since 1970
 * @param key the item's sort key
 * @param partition the item's partition
 */
public record LabelToken(long startedAtMillis, String key, String partition) {

    /**
     * Reads what {@link #toString()} wrote.
     *
     * @throws IllegalArgumentException when {@code text} is something else
     */
    public static LabelToken parse(String text) {
        String[] parts = new String(Base64.getUrlDecoder().decode(text), UTF_8).split("\n", -1);
        if (parts.length != 3
                || !parts[0].matches("-?[0-9]{1,18}")
                || !fits(parts[1], Attributes.LONGEST_SK)
                || !fits(parts[2], Attributes.LONGEST_PK)) {
            throw new IllegalArgumentException("Not a token of a listing: '" + text
                    + "'. Give back the one that came with the page before, or none for the first page");
        }
        return new LabelToken(Long.parseLong(parts[0]), parts[1], parts[2]);
    }

    private static boolean fits(String key, int mostBytes) {
        return !key.isEmpty() && key.getBytes(UTF_8).length <= mostBytes;
    }

    @Override
    public String toString() {
        String text = startedAtMillis + "\n" + key + "\n" + partition;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}
