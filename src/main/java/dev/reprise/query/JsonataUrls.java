package dev.reprise.query;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import dev.reprise.query.JsonataFunctions.Named;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The functions on URLs, which are the engine's; only what is malformed is reported as the reference implementation does. */
final class JsonataUrls {

    private JsonataUrls() {}

    static List<Named> all() {
        return List.of(
                url("encodeUrlComponent", Functions::encodeUrlComponent),
                url("encodeUrl", Functions::encodeUrl),
                url("decodeUrlComponent", Functions::decodeUrlComponent),
                url("decodeUrl", Functions::decodeUrl));
    }

    private static Named url(String name, UnaryOperator<String> engine) {
        return Named.of(name, "<s-:s>", 1, arguments -> apply(name, engine, (String) arguments.get(0)));
    }

    private static @Nullable String apply(String name, UnaryOperator<String> engine, @Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            return engine.apply(value);
        } catch (JException | IllegalArgumentException e) {
            throw new JException("D3140", -1, name, value);
        }
    }
}
