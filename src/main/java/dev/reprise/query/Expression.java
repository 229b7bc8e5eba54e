package dev.reprise.query;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Something that was compiled once, when its definition was loaded, and gives a value wherever it is evaluated: a
 * literal, a path, a payload template, or a template with JSONata expressions. Immutable and safe for use by any
 * thread.
 */
@FunctionalInterface
public interface Expression {

    /**
     * Gives the value. The result may share structure with what {@code environment} holds; neither may be changed
     * afterwards.
     *
     * @throws EvaluationException when there is no value; with the error name that ASL prescribes
     */
    JsonNode evaluate(Environment environment);
}
