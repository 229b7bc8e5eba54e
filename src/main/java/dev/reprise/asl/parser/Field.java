package dev.reprise.asl.parser;

import dev.reprise.asl.QueryLanguage;
import org.jspecify.annotations.Nullable;

/**
 * One line of a {@link FieldTable}.
 *
 * @param type what its value must be
 * @param only the query language that has the field; null when both have
 * @param isRequired whether the object is wrong without it
 */
record Field(String name, FieldType type, @Nullable QueryLanguage only, boolean isRequired) {

    static Field required(String name, FieldType type) {
        return new Field(name, type, null, true);
    }

    static Field optional(String name, FieldType type) {
        return new Field(name, type, null, false);
    }

    /** A field that states of one query language must have, and others cannot. */
    static Field requiredIn(QueryLanguage language, String name, FieldType type) {
        return new Field(name, type, language, true);
    }

    /** An optional field of JSONPath states. */
    static Field jsonPath(String name, FieldType type) {
        return new Field(name, type, QueryLanguage.JSONPATH, false);
    }

    /** An optional field of JSONata states. */
    static Field jsonata(String name, FieldType type) {
        return new Field(name, type, QueryLanguage.JSONATA, false);
    }

    boolean isIn(QueryLanguage language) {
        return only == null || only == language;
    }
}
