package dev.reprise.asl;

import org.jspecify.annotations.Nullable;

/**
 * One thing wrong, or doubtful, in a definition.
 *
 * @param code what kind of problem, in AWS's terms where AWS has one, such as {@code SCHEMA_VALIDATION_FAILED} or
 *     {@code MISSING_TRANSITION_TARGET}
 * @param pointer JSON pointer to the place, such as {@code /States/Charge/Next}; empty for the whole document
 * @param message what is wrong
 * @param suggestion what to do, such as {@code did you mean 'Receipt'?}; null when there is none
 * @param position where a text that is no JSON or YAML could not be read on; null where the pointer says the place
 * @param stepFunctions how AWS Step Functions puts it
 * @see
 *     <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinitionDiagnostic.html">AWS,
 *     ValidateStateMachineDefinitionDiagnostic</a>
 */
public record Diagnostic(
        Severity severity,
        String code,
        String pointer,
        String message,
        @Nullable String suggestion,
        @Nullable SourcePosition position,
        StepFunctionsWording stepFunctions) {

    /** Whether the definition can run. */
    public enum Severity {
        ERROR,
        WARNING
    }

    /**
     * The same problem in the words of the {@code CreateStateMachine} and {@code ValidateStateMachineDefinition} APIs,
     * which tools may have learnt to read.
     *
     * @param message what is wrong
     * @param location such as {@code /States/Charge/Catch[0]/Next}; null when the problem has no place
     */
    public record StepFunctionsWording(
            String message, @Nullable String location) {}

    /** A problem that Step Functions does not know, or puts in the same words at the same place. */
    public Diagnostic(Severity severity, String code, String pointer, String message, @Nullable String suggestion) {
        this(
                severity,
                code,
                pointer,
                message,
                suggestion,
                null,
                new StepFunctionsWording(message, pointer.isEmpty() ? "/" : pointer));
    }

    /** Whether the definition cannot run with it. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /**
     * One line for people, to which a file's name can be put in front:
     * {@code /States/Charge/Next: no state named 'Recipt' (did you mean 'Receipt'?)}. Where the text could not be read,
     * it begins with {@code line 3, column 7: }.
     */
    @Override
    public String toString() {
        return position == null
                ? withoutPosition()
                : "line " + position.line() + ", column " + position.column() + ": " + withoutPosition();
    }

    /** The same line where the position is told in another way. */
    public String withoutPosition() {
        String place = pointer.isEmpty() ? "" : pointer + ": ";
        String level = isError() ? "" : "warning: ";
        return place + level + message + (suggestion == null ? "" : " (" + suggestion + ")");
    }
}
