package dev.reprise.function.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.task.TaskContext;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.lang.model.declarations.MethodInfo;
import jakarta.enterprise.lang.model.types.Type;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/**
 * How a task method is to be called.
 *
 * @param inputAt position of the parameter that takes the input; -1 when there is none
 * @param input what the input is read as; {@link TypeShape#NONE} when it is passed as JSON
 * @param contextAt position of the parameter that takes the context; -1 when there is none
 */
record TaskSignature(int inputAt, TypeShape input, int contextAt, boolean returnsUni, boolean blocking) {

    /** The modifier's bit in a class file (JVM specification, table 4.6-A). */
    private static final int PRIVATE = 0x0002;

    /** Reads it off the method, and adds to {@code problems} what no task may look like. */
    static TaskSignature of(MethodInfo method, List<String> problems) {
        int inputAt = -1;
        int contextAt = -1;
        TypeShape input = TypeShape.NONE;
        for (int i = 0; i < method.parameters().size(); i++) {
            Type type = method.parameters().get(i).type();
            if (isClass(type, TaskContext.class)) {
                if (contextAt >= 0) {
                    problems.add("it has two parameters of type TaskContext");
                }
                contextAt = i;
            } else if (inputAt >= 0) {
                problems.add("it has more than one parameter for the input; take a record with the parts instead");
            } else {
                inputAt = i;
                input = isClass(type, JsonNode.class) ? TypeShape.NONE : shapeOf(type, problems);
            }
        }
        boolean returnsUni = isClass(method.returnType(), Uni.class);
        checkMethod(method, problems);
        return new TaskSignature(inputAt, input, contextAt, returnsUni, isBlocking(method, returnsUni, problems));
    }

    private static TypeShape shapeOf(Type type, List<String> problems) {
        try {
            return TypeShape.of(type);
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
            return TypeShape.NONE;
        }
    }

    private static void checkMethod(MethodInfo method, List<String> problems) {
        if ((method.modifiers() & PRIVATE) != 0) {
            problems.add("it is private, so nothing can call it");
        }
        for (Class<?> future : List.of(CompletionStage.class, CompletableFuture.class, Future.class)) {
            if (isClass(method.returnType(), future)) {
                problems.add("it returns a " + future.getSimpleName() + "; return a Uni, or the value itself");
            }
        }
    }

    private static boolean isBlocking(MethodInfo method, boolean returnsUni, List<String> problems) {
        boolean blocking = has(method, Blocking.class);
        boolean nonBlocking = has(method, NonBlocking.class);
        if (blocking && nonBlocking) {
            problems.add("it cannot be both @Blocking and @NonBlocking");
        }
        return returnsUni ? blocking : !nonBlocking;
    }

    /** On the method, or on its class where the method says neither. */
    private static boolean has(MethodInfo method, Class<? extends java.lang.annotation.Annotation> annotation) {
        boolean methodSays = method.hasAnnotation(Blocking.class) || method.hasAnnotation(NonBlocking.class);
        return methodSays
                ? method.hasAnnotation(annotation)
                : method.declaringClass().hasAnnotation(annotation);
    }

    private static boolean isClass(Type type, Class<?> expected) {
        if (type.isParameterizedType()) {
            return type.asParameterizedType().declaration().name().equals(expected.getName());
        }
        return type.isClass() && type.asClass().declaration().name().equals(expected.getName());
    }
}
