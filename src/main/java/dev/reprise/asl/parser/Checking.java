package dev.reprise.asl.parser;

import dev.reprise.asl.ExpressionChecker;
import dev.reprise.asl.ExpressionChecker.StatesVariable;
import dev.reprise.asl.ItemProcessor.ExecutionType;
import dev.reprise.asl.QueryLanguage;

/**
 * What a check knows of its surroundings.
 *
 * @param problems where it reports
 * @param expressions who knows the query languages
 * @param bodies where each body found is noted, so that its transitions can be followed once all fields are known
 * @param executionType what runs the states: an express execution cannot wait for others
 * @param machineLanguage the language of states that name none
 * @param language the language of the state that is being looked at
 * @param visible what {@code $states} holds where the value stands
 */
record Checking(
        Problems problems,
        ExpressionChecker expressions,
        Bodies bodies,
        ExecutionType executionType,
        QueryLanguage machineLanguage,
        QueryLanguage language,
        StatesVariable visible) {

    Checking in(QueryLanguage other) {
        return new Checking(problems, expressions, bodies, executionType, machineLanguage, other, visible);
    }

    Checking seeing(StatesVariable other) {
        return new Checking(problems, expressions, bodies, executionType, machineLanguage, language, other);
    }

    Checking runBy(ExecutionType other) {
        return new Checking(problems, expressions, bodies, other, machineLanguage, language, visible);
    }

    boolean isJsonata() {
        return language == QueryLanguage.JSONATA;
    }
}
