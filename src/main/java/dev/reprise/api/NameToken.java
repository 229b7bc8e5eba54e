package dev.reprise.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Where a list goes on that is in the order of names: after this name. */
final class NameToken {

    private static final String MARK = "after:";

    private NameToken() {}

    static String write(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((MARK + name).getBytes(UTF_8));
    }

    /**
     * The name; empty for the first page.
     *
     * @throws ApiException {@code InvalidToken} when it is no token
     */
    static String read(@Nullable String token) {
        if (token == null) {
            return "";
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), UTF_8);
            if (text.startsWith(MARK)) {
                return text.substring(MARK.length());
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw ApiException.invalidToken();
    }
}
