package dev.reprise.asl.parser;

import dev.reprise.asl.Diagnostic;
import java.util.List;

/** What is found wrong with a definition, as lines for people. */
final class Checked {

    private Checked() {}

    /** The problems of one state, which stands alone in a machine under the name S. */
    static List<String> state(String state) {
        return machine("{\"StartAt\": \"S\", \"States\": {\"S\": " + state + "}}").stream()
                .map(line -> line.replaceFirst("^/States/S", ""))
                .toList();
    }

    /** The same in a JSONata machine. */
    static List<String> jsonataState(String state) {
        return machine("{\"QueryLanguage\": \"JSONata\", \"StartAt\": \"S\", \"States\": {\"S\": " + state + "}}")
                .stream()
                .map(line -> line.replaceFirst("^/States/S", ""))
                .toList();
    }

    /** The problems of a whole definition. */
    static List<String> machine(String definition) {
        return Definitions.parse("definition", definition, new AnyExpression()).diagnostics().stream()
                .map(Diagnostic::toString)
                .toList();
    }
}
