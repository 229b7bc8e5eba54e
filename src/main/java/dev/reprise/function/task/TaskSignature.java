package dev.reprise.function.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.task.Task;
import dev.reprise.task.TaskDeclaration;
import dev.reprise.task.TaskDeclaration.Threads;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.enterprise.lang.model.AnnotationTarget;
import jakarta.enterprise.lang.model.declarations.MethodInfo;
import jakarta.enterprise.lang.model.types.Type;
import java.util.List;

/**
 * How a task method is to be called.
 *
 * @param declaration the method, as it is written
 * @param input what the input is read as; {@link TypeShape#NONE} when it is passed as JSON
 */
record TaskSignature(TaskDeclaration declaration, TypeShape input) {

    /** The modifier's bit in a class file (JVM specification, table 4.6-A). */
    private static final int PRIVATE = 0x0002;

    /** Reads it off the method, and adds to {@code problems} what no task may look like. */
    static TaskSignature of(MethodInfo method, List<String> problems) {
        List<Type> parameters =
                method.parameters().stream().map(parameter -> parameter.type()).toList();
        TaskDeclaration declaration = new TaskDeclaration(
                method.annotation(Task.class).value().asString(),
                (method.modifiers() & PRIVATE) != 0,
                parameters.stream().map(TaskSignature::name).toList(),
                name(method.returnType()),
                threads(method),
                threads(method.declaringClass()));
        problems.addAll(declaration.problems());
        int inputAt = declaration.inputAt();
        return new TaskSignature(
                declaration, inputAt < 0 ? TypeShape.NONE : shapeOf(parameters.get(inputAt), problems));
    }

    private static TypeShape shapeOf(Type type, List<String> problems) {
        if (name(type).equals(JsonNode.class.getName())) {
            return TypeShape.NONE;
        }
        try {
            return TypeShape.of(type);
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
            return TypeShape.NONE;
        }
    }

    private static Threads threads(AnnotationTarget target) {
        return new Threads(target.hasAnnotation(Blocking.class), target.hasAnnotation(NonBlocking.class));
    }

    /** The full name of its class; of what is none, as it is written. */
    private static String name(Type type) {
        return switch (type.kind()) {
            case CLASS -> type.asClass().declaration().name();
            case PARAMETERIZED_TYPE -> type.asParameterizedType().declaration().name();
            default -> type.toString();
        };
    }
}
