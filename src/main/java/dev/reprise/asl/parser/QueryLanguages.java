package dev.reprise.asl.parser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.QueryLanguage;

/** Which query language a machine or a state has. */
final class QueryLanguages {

    static final String FIELD = "QueryLanguage";

    /** The values that the field may have. */
    static final FieldType NAME = Values.oneOf(QueryLanguage.JSONPATH.aslName(), QueryLanguage.JSONATA.aslName());

    private QueryLanguages() {}

    /** The machine's own; JSONPath when it names none. */
    static QueryLanguage ofMachine(ObjectNode machine) {
        return of(machine, QueryLanguage.JSONPATH);
    }

    /** The state's own; the machine's when it names none, whatever the states around it name. */
    static QueryLanguage ofState(ObjectNode state, QueryLanguage machine) {
        return of(state, machine);
    }

    /** The same, reporting what is wrong with it: a JSONPath state cannot stand in a JSONata machine. */
    static QueryLanguage ofState(ObjectNode state, Place place, Checking checking) {
        JsonNode named = state.get(FIELD);
        if (named == null) {
            return checking.document().language();
        }
        NAME.check(named, place.member(FIELD), checking);
        QueryLanguage language = of(state, checking.document().language());
        if (language == QueryLanguage.JSONPATH && checking.document().language() == QueryLanguage.JSONATA) {
            checking.problems()
                    .error(place, "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine");
        }
        return language;
    }

    /** A name that is neither counts as JSONata, as it does for Step Functions; that it is wrong is reported beside. */
    private static QueryLanguage of(ObjectNode object, QueryLanguage otherwise) {
        JsonNode named = object.get(FIELD);
        if (named == null) {
            return otherwise;
        }
        return named.asText().equals(QueryLanguage.JSONPATH.aslName()) ? QueryLanguage.JSONPATH : QueryLanguage.JSONATA;
    }
}
