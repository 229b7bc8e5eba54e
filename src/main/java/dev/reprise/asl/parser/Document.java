package dev.reprise.asl.parser;

import dev.reprise.asl.ExpressionChecker;
import dev.reprise.asl.QueryLanguage;

/**
 * What stays the same for all checks of one document.
 *
 * @param problems where they report
 * @param expressions who knows the query languages
 * @param bodies where each body found is noted, so that its transitions can be followed once all fields are known
 * @param rateLimits those that were found so far
 * @param language the language of states that name none
 */
record Document(
        Problems problems,
        ExpressionChecker expressions,
        Bodies bodies,
        RateLimits rateLimits,
        QueryLanguage language) {}
