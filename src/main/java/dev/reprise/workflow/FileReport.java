package dev.reprise.workflow;

import dev.reprise.asl.Diagnostic;
import dev.reprise.asl.SourcePosition;
import dev.reprise.asl.parser.DefinitionFormat;
import dev.reprise.asl.parser.SourcePositions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong with a workflow's files, a line each, as compilers write it:
 * {@code workflows/orders.asl.json:12:7: /States/Charge/Next: no state named 'Recipt'}. Lines and columns are those of
 * the file, also where tokens were replaced.
 */
final class FileReport {

    private final Path path;
    private final SubstitutedText text;
    private final List<String> errors = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private DefinitionFormat format = DefinitionFormat.JSON;

    FileReport(Path path, SubstitutedText text) {
        this.path = path;
        this.text = text;
    }

    Path path() {
        return path;
    }

    /** What the definition is read from. */
    String text() {
        return text.text();
    }

    /** How that is written. */
    void readAs(DefinitionFormat actual) {
        format = actual;
    }

    void error(String line) {
        errors.add(line);
    }

    void warning(String line) {
        warnings.add(line);
    }

    boolean hasErrors() {
        return !errors.isEmpty();
    }

    void add(List<Diagnostic> diagnostics) {
        List<String> pointers = diagnostics.stream()
                .filter(diagnostic -> diagnostic.position() == null)
                .map(Diagnostic::pointer)
                .distinct()
                .toList();
        Map<String, SourcePosition> positions =
                pointers.isEmpty() ? Map.of() : SourcePositions.find(text.text(), format, pointers);
        for (Diagnostic diagnostic : diagnostics) {
            (diagnostic.isError() ? errors : warnings).add(line(diagnostic, positions));
        }
    }

    private String line(Diagnostic diagnostic, Map<String, SourcePosition> positions) {
        SourcePosition own = diagnostic.position();
        SourcePosition read = own != null ? own : positions.getOrDefault(diagnostic.pointer(), SourcePosition.START);
        String token = own == null ? null : text.tokenAt(own);
        return path + ":" + text.inSource(read) + ": " + diagnostic.withoutPosition()
                + (token == null ? "" : " (in the value of ${" + token + "}, or behind it)");
    }

    WorkflowFile file(String name, @Nullable Workflow workflow) {
        return new WorkflowFile(name, path, workflow, errors, warnings);
    }
}
