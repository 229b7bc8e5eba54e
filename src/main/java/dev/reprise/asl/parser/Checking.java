package dev.reprise.asl.parser;

import dev.reprise.asl.ExpressionChecker;
import dev.reprise.asl.ExpressionChecker.StatesVariable;
import dev.reprise.asl.ItemProcessor.ExecutionType;
import dev.reprise.asl.QueryLanguage;

/**
 * What a check knows of its surroundings.
 *
 * @param document what holds everywhere
 * @param executionType what runs the states: an express execution cannot wait for others
 * @param scope the variables of the body that is being looked at
 * @param language the language of the state that is being looked at
 * @param visible what {@code $states} holds where the value stands
 */
record Checking(
        Document document,
        ExecutionType executionType,
        VariableScope scope,
        QueryLanguage language,
        StatesVariable visible) {

    Checking in(QueryLanguage other) {
        return new Checking(document, executionType, scope, other, visible);
    }

    Checking seeing(StatesVariable other) {
        return new Checking(document, executionType, scope, language, other);
    }

    Checking runBy(ExecutionType other) {
        return new Checking(document, other, scope, language, visible);
    }

    Checking within(VariableScope other) {
        return new Checking(document, executionType, other, language, visible);
    }

    Problems problems() {
        return document.problems();
    }

    ExpressionChecker expressions() {
        return document.expressions();
    }

    boolean isJsonata() {
        return language == QueryLanguage.JSONATA;
    }
}
