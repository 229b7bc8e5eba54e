/**
 * Finds the methods annotated with {@link dev.reprise.task.Task} while the application is built. Quarkus knows this
 * package by a file in {@code META-INF/services}; nothing depends on it.
 */
@NullMarked
package dev.reprise.function.task;

import org.jspecify.annotations.NullMarked;
