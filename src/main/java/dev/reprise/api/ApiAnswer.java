package dev.reprise.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** An answer of the Step Functions API. */
public sealed interface ApiAnswer
        permits ActivityAnswer, ApiAnswer.Done, ApiAnswer.Read, ExecutionAnswer, MapRunAnswer, StateMachineAnswer {

    /** As JSON, with the members of the service's model: absent ones are left out, times are seconds since 1970. */
    ObjectNode toJson();

    /** There is nothing to tell. */
    record Done() implements ApiAnswer {
        @Override
        public ObjectNode toJson() {
            return new AnswerJson().json();
        }
    }

    /** What another part of the engine says in the API's own form. */
    record Read(ObjectNode json) implements ApiAnswer {
        @Override
        public ObjectNode toJson() {
            return json;
        }
    }
}
