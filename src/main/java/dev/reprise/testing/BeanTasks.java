package dev.reprise.testing;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.task.InProcessTasks;
import dev.reprise.task.Task;
import dev.reprise.task.TaskContext;
import dev.reprise.task.TaskLog;
import dev.reprise.task.TaskMethod;
import dev.reprise.task.TaskThreads;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the methods annotated with {@link Task} in objects that a test gives, as the build finds those of beans. */
final class BeanTasks {

    private BeanTasks() {}

    /**
     * The tasks of these objects.
     *
     * @throws IllegalArgumentException when a method can be no task, or two have the same name
     */
    static InProcessTasks of(List<Object> beans) {
        Map<String, TaskMethod> found = new LinkedHashMap<>();
        for (Object bean : beans) {
            int before = found.size();
            for (Class<?> type = bean.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
                for (Method method : type.getDeclaredMethods()) {
                    Task task = method.isSynthetic() ? null : method.getAnnotation(Task.class);
                    if (task != null && found.putIfAbsent(task.value(), read(task.value(), method, bean)) != null) {
                        throw new IllegalArgumentException(
                                describe(method) + ": there is another @Task(\"" + task.value() + "\")");
                    }
                }
            }
            if (found.size() == before) {
                throw new IllegalArgumentException(
                        bean.getClass().getName() + " has no method that is annotated with @Task");
            }
        }
        // What blocks runs where it is asked for: a test needs no other thread for it.
        return InProcessTasks.of(
                new ArrayList<>(found.values()), TestJson.MAPPER, new TaskThreads(Runnable::run), TaskLog.none());
    }

    private static String describe(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName();
    }

    private static TaskMethod read(String name, Method method, Object bean) {
        if (Modifier.isPrivate(method.getModifiers())) {
            throw new IllegalArgumentException("@Task " + describe(method) + " is private, so nothing can call it");
        }
        int inputAt = -1;
        int contextAt = -1;
        JavaType inputType = null;
        Parameter[] parameters = method.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i].getType() == TaskContext.class) {
                contextAt = i;
            } else if (inputAt >= 0) {
                throw new IllegalArgumentException("@Task " + describe(method)
                        + " has more than one parameter for the input; take a record with the parts instead");
            } else {
                inputAt = i;
                inputType = parameters[i].getType() == JsonNode.class
                        ? null
                        : TestJson.MAPPER.constructType(parameters[i].getParameterizedType());
            }
        }
        method.setAccessible(true);
        boolean returnsUni = method.getReturnType() == Uni.class;
        return new TaskMethod(
                name,
                describe(method),
                arguments -> call(method, bean, arguments),
                parameters.length,
                inputAt,
                inputType,
                contextAt,
                returnsUni,
                !returnsUni || method.isAnnotationPresent(Blocking.class));
    }

    private static @Nullable Object call(Method method, Object bean, @Nullable Object[] arguments) throws Exception {
        try {
            return method.invoke(bean, arguments);
        } catch (InvocationTargetException e) {
            switch (e.getCause()) {
                case Exception thrown -> throw thrown;
                case Error thrown -> throw thrown;
                case null, default -> throw e;
            }
        }
    }
}
