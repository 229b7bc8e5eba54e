package dev.reprise.asl.parser;

import dev.reprise.asl.Diagnostic;
import dev.reprise.asl.Diagnostic.Severity;
import dev.reprise.asl.Diagnostic.StepFunctionsWording;
import dev.reprise.asl.SourcePosition;
import dev.reprise.asl.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with one file. */
final class Problems {

    /** The code of everything that a schema of the language could say. */
    static final String SCHEMA = "SCHEMA_VALIDATION_FAILED";

    /** More than anybody reads; a hostile file cannot fill the memory with its own mistakes. */
    private static final int MOST = 1_000;

    /** The same where names are long: each problem in an object tells its name. */
    private static final long MOST_CHARACTERS = 4_000_000;

    /** Each looks through all names of its kind: a file cannot have as many sought as it has names. */
    private static final int MOST_SUGGESTIONS = 50;

    private final List<Diagnostic> found = new ArrayList<>();
    private int errors;
    private long characters;
    private int suggestions;
    private int dropped;

    /** Something wrong in words that Step Functions uses too. */
    void error(Place place, String message) {
        error(place, message, null);
    }

    /** Something wrong in words that Step Functions uses too, and what to do about it. */
    void error(Place place, String message, @Nullable String suggestion) {
        error(SCHEMA, place, message, suggestion);
    }

    /** A field that an object cannot have: people are shown the field, Step Functions names the object. */
    void unsupported(String field, Place object, @Nullable String suggestion) {
        String message = "Field '" + field + "' is not supported";
        error(SCHEMA, object.member(field), message, suggestion, new Wording(message, object));
    }

    /** Something wrong under a code of its own, in words that Step Functions uses too. */
    void error(String code, Place place, String message, @Nullable String suggestion) {
        error(code, place, message, suggestion, new Wording(message, place));
    }

    /** Something wrong that Step Functions puts differently. */
    void error(String code, Place place, String message, @Nullable String suggestion, Wording stepFunctions) {
        errors++;
        if (hasRoom()) {
            add(Severity.ERROR, code, place, message, suggestion, stepFunctions.text());
        }
    }

    /** The text is no JSON, or no YAML. */
    void unreadable(SourcePosition position, String message, StepFunctionsWording stepFunctions) {
        errors++;
        if (hasRoom()) {
            add(new Diagnostic(Severity.ERROR, "INVALID_JSON_DESCRIPTION", "", message, null, position, stepFunctions));
        }
    }

    /** Something doubtful that Step Functions says nothing of, or also only doubts. */
    void warning(String code, Place place, String message, @Nullable String suggestion) {
        if (hasRoom()) {
            add(Severity.WARNING, code, place, message, suggestion, new Wording(message, place).text());
        }
    }

    boolean hasErrors() {
        return errors > 0;
    }

    /** What a misspelt name was perhaps meant to be; null when nothing is near, or nobody will read it. */
    @Nullable
    String nearest(String name, Supplier<? extends Collection<String>> candidates) {
        if (isFull() || suggestions >= MOST_SUGGESTIONS) {
            return null;
        }
        suggestions++;
        return Suggestion.among(name, candidates.get());
    }

    private boolean isFull() {
        return found.size() >= MOST || characters >= MOST_CHARACTERS;
    }

    List<Diagnostic> all() {
        if (dropped == 0) {
            return List.copyOf(found);
        }
        List<Diagnostic> all = new ArrayList<>(found);
        String more = "and " + dropped + " more problems, which are not listed";
        all.add(new Diagnostic(errors > 0 ? Severity.ERROR : Severity.WARNING, "TOO_MANY_PROBLEMS", "", more, null));
        return List.copyOf(all);
    }

    private boolean hasRoom() {
        if (isFull()) {
            dropped++;
            return false;
        }
        return true;
    }

    private void add(
            Severity severity,
            String code,
            Place place,
            String message,
            @Nullable String suggestion,
            StepFunctionsWording stepFunctions) {
        add(new Diagnostic(severity, code, place.pointer(), message, suggestion, null, stepFunctions));
    }

    private void add(Diagnostic diagnostic) {
        found.add(diagnostic);
        characters += diagnostic.pointer().length() + diagnostic.message().length();
    }
}
