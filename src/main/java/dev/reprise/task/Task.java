package dev.reprise.task;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a bean's method a task of this function: {@code "Resource": "task:charge"} runs the method annotated with
 * {@code @Task("charge")}.
 *
 * <p><b>Input.</b> One parameter takes the task's input: a {@link com.fasterxml.jackson.databind.JsonNode} (as it is,
 * without a copy; do not change it), or any type that Jackson can read. It may be left out. A further parameter of type
 * {@link TaskContext} gets the context.
 *
 * <p><b>Result.</b> A value that Jackson can write, a {@code JsonNode}, nothing ({@code void} gives JSON null), or a
 * {@link io.smallrye.mutiny.Uni} of one of these.
 *
 * <p><b>Threads.</b> A method that returns a plain value runs on a worker thread, for it may block. Annotated with
 * {@link io.smallrye.common.annotation.NonBlocking}, or returning a {@code Uni}, it runs on the thread that owns the
 * execution, and must return at once; {@link io.smallrye.common.annotation.Blocking} brings a {@code Uni} method to a
 * worker thread too. When nobody waits for a task any more (its Map ended early, it timed out), the subscription is
 * cancelled, or the worker thread interrupted.
 *
 * <p><b>Failure.</b> A thrown {@link TaskException} says the error name itself. Any other exception fails the task with
 * its class' full name as error (as a Java Lambda function would) and its message as cause.
 *
 * <p><b>Callbacks.</b> {@code "Resource": "task:charge.waitForTaskToken"} runs the same method, and waits until
 * somebody sends {@link TaskContext#taskToken()} back; what the method gives is not the task's result.
 *
 * <p><b>At least once.</b> A task whose result was not yet durable when its process died runs again, with the same
 * {@link TaskContext#idempotencyKey()}.
 *
 * <p><b>Native executables.</b> Jackson reads and writes a type by reflection, of which a native executable knows only
 * what it was told: annotate such types of your own with {@link io.quarkus.runtime.annotations.RegisterForReflection}.
 *
 * <p>A class that has such methods and no scope of its own is a {@link jakarta.inject.Singleton}. Mistakes (two tasks
 * of one name, a second input parameter) fail the build.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Task {

    /** The name after {@code task:}; letters, digits, {@code .}, {@code _} and {@code -}. */
    String value();
}
