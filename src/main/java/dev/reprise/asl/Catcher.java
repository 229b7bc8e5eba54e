package dev.reprise.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code Catch}.
 *
 * @param errorEquals error names it handles, not empty
 * @param next the state that goes on
 * @param resultPath JSONPath: where the error output goes in the state's input, default {@code "$"}; null when the file
 *     says null
 * @param output JSONata: template of the next state's input; null when absent (the error output)
 * @param assign template of variables; null when absent
 * @see <a href="https://states-language.net/#fallback-states">ASL, Fallback states</a>
 */
public record Catcher(
        List<String> errorEquals,
        String next,
        @Nullable String resultPath,
        @Nullable JsonNode output,
        @Nullable ObjectNode assign) {
    public Catcher {
        errorEquals = List.copyOf(errorEquals);
    }
}
