package dev.reprise.asl.parser;

import dev.reprise.asl.Diagnostic.StepFunctionsWording;
import org.jspecify.annotations.Nullable;

/**
 * How Step Functions puts a problem. Its text is made only for a problem that is kept.
 *
 * @param message what is wrong
 * @param place where Step Functions sees it; null when it names no place
 */
record Wording(String message, @Nullable Place place) {

    StepFunctionsWording text() {
        return new StepFunctionsWording(message, place == null ? null : place.location());
    }
}
