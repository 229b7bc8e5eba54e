package dev.reprise.asl.parser;

import dev.reprise.asl.Diagnostic;
import dev.reprise.asl.StateMachine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a definition's text.
 *
 * @param file the name that its problems are reported under
 * @param readable whether the text is an object at all; without that nothing can be said of a definition
 * @param machine what can run; null when there is an error
 * @param diagnostics everything wrong or doubtful, in the order in which it was found: fields first, then transitions
 */
public record ParsedDefinition(
        String file, boolean readable, @Nullable StateMachine machine, List<Diagnostic> diagnostics) {
    public ParsedDefinition {
        diagnostics = List.copyOf(diagnostics);
    }

    /** What keeps it from running; empty when it can. */
    public List<Diagnostic> errors() {
        return diagnostics.stream().filter(Diagnostic::isError).toList();
    }

    /**
     * One line for each diagnostic, such as
     * {@code workflows/orders.asl.json: /States/Charge/Next: no state named 'Recipt' (did you mean 'Receipt'?)}.
     */
    public List<String> report() {
        return diagnostics.stream().map(diagnostic -> file + ": " + diagnostic).toList();
    }
}
