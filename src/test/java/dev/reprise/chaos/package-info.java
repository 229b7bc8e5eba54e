/**
 * The engine in processes that really die, and behind a network that really fails, over DynamoDB Local. What the
 * simulation shows of every order of events, this shows of the operating system.
 */
@NullMarked
package dev.reprise.chaos;

import org.jspecify.annotations.NullMarked;
