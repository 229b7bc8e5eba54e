package dev.reprise.workflow;

import dev.reprise.asl.SourcePosition;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A file beside the workflows with its tokens replaced.
 *
 * @param text what it says
 * @param inFile where a place of the text stands in the file
 * @param errors tokens without a value, and what is wrong with values; a line each with file and place
 * @param warnings values that nothing uses, in the same form
 */
public record SubstitutedFile(
        String text, UnaryOperator<SourcePosition> inFile, List<String> errors, List<String> warnings) {
    public SubstitutedFile {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }

    static SubstitutedFile of(Substituting substituting) {
        return new SubstitutedFile(
                substituting.text().text(),
                substituting.text()::inSource,
                substituting.errors(),
                substituting.warnings());
    }
}
