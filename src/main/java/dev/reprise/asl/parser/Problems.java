package dev.reprise.asl.parser;

import dev.reprise.asl.Diagnostic;
import dev.reprise.asl.Diagnostic.Severity;
import dev.reprise.asl.Diagnostic.StepFunctionsWording;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with one file. */
final class Problems {

    /** The code of everything that a schema of the language could say. */
    static final String SCHEMA = "SCHEMA_VALIDATION_FAILED";

    /** More than anybody reads; a hostile file cannot fill the memory with its own mistakes. */
    private static final int MOST = 1_000;

    private final List<Diagnostic> found = new ArrayList<>();
    private int errors;
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
        error(SCHEMA, object.member(field), message, suggestion, new StepFunctionsWording(message, object.location()));
    }

    /** Something wrong under a code of its own, in words that Step Functions uses too. */
    void error(String code, Place place, String message, @Nullable String suggestion) {
        error(code, place, message, suggestion, new StepFunctionsWording(message, place.location()));
    }

    /** Something wrong that Step Functions puts differently. */
    void error(
            String code, Place place, String message, @Nullable String suggestion, StepFunctionsWording stepFunctions) {
        errors++;
        add(new Diagnostic(Severity.ERROR, code, place.pointer(), message, suggestion, stepFunctions));
    }

    /** Something doubtful that Step Functions says nothing of, or also only doubts. */
    void warning(String code, Place place, String message, @Nullable String suggestion) {
        add(new Diagnostic(
                Severity.WARNING,
                code,
                place.pointer(),
                message,
                suggestion,
                new StepFunctionsWording(message, place.location())));
    }

    boolean hasErrors() {
        return errors > 0;
    }

    /** What a misspelt name was perhaps meant to be; null when nothing is near, or nobody will read it. */
    @Nullable
    String nearest(String name, Collection<String> candidates) {
        return isFull() ? null : Suggestion.among(name, candidates);
    }

    private boolean isFull() {
        return found.size() >= MOST;
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

    private void add(Diagnostic diagnostic) {
        if (isFull()) {
            dropped++;
        } else {
            found.add(diagnostic);
        }
    }
}
