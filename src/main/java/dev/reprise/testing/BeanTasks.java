package dev.reprise.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.task.InProcessTasks;
import dev.reprise.task.Task;
import dev.reprise.task.TaskDeclaration;
import dev.reprise.task.TaskDeclaration.Threads;
import dev.reprise.task.TaskLog;
import dev.reprise.task.TaskMethod;
import dev.reprise.task.TaskThreads;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the methods annotated with {@link Task} in objects that somebody gives, as the build finds those of beans. */
public final class BeanTasks {

    private BeanTasks() {}

    /**
     * The tasks of these objects.
     *
     * @throws IllegalArgumentException when a method can be no task, or two have the same name
     */
    static InProcessTasks of(List<Object> beans) {
        // What blocks runs where it is asked for: a test needs no other thread for it.
        return of(beans, new TaskThreads(Runnable::run));
    }

    /**
     * The same, where what blocks gets a thread.
     *
     * @throws IllegalArgumentException when a method can be no task, or two have the same name
     */
    public static InProcessTasks of(List<?> beans, TaskThreads threads) {
        Map<String, TaskMethod> found = new LinkedHashMap<>();
        for (Object bean : beans) {
            int before = found.size();
            for (Method method : methods(bean.getClass())) {
                Task task = method.getAnnotation(Task.class);
                if (task != null && found.putIfAbsent(task.value(), read(task.value(), method, bean)) != null) {
                    throw new IllegalArgumentException(
                            describe(method) + ": there is another @Task(\"" + task.value() + "\")");
                }
            }
            if (found.size() == before) {
                throw new IllegalArgumentException(
                        bean.getClass().getName() + " has no method that is annotated with @Task");
            }
        }
        return InProcessTasks.of(new ArrayList<>(found.values()), TestJson.MAPPER, threads, TaskLog.none());
    }

    /** Those that the class has, its own and inherited ones; what it overrides left out. */
    private static List<Method> methods(Class<?> bean) {
        List<Method> methods = new ArrayList<>();
        Set<List<Object>> overridden = new HashSet<>();
        for (Class<?> type = bean; type != null && type != Object.class; type = type.getSuperclass()) {
            List<Method> own = List.of(type.getDeclaredMethods());
            own.stream()
                    .filter(method -> !method.isSynthetic())
                    .filter(method ->
                            Modifier.isPrivate(method.getModifiers()) || !overridden.contains(signature(method)))
                    .forEach(methods::add);
            own.forEach(method -> overridden.add(signature(method)));
        }
        return methods;
    }

    private static List<Object> signature(Method method) {
        return List.of(method.getName(), List.of(method.getParameterTypes()));
    }

    private static String describe(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName();
    }

    private static TaskMethod read(String name, Method method, Object bean) {
        TaskDeclaration declaration = new TaskDeclaration(
                name,
                Modifier.isPrivate(method.getModifiers()),
                Arrays.stream(method.getParameterTypes()).map(Class::getName).toList(),
                method.getReturnType().getName(),
                threads(method),
                threads(method.getDeclaringClass()));
        List<String> problems = new ArrayList<>(declaration.problems());
        int inputAt = declaration.inputAt();
        Type input = inputAt < 0 ? JsonNode.class : method.getGenericParameterTypes()[inputAt];
        if (!isFullyKnown(input)) {
            problems.add("its input's type '" + input.getTypeName() + "' is not fully known");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("@Task " + describe(method) + ": " + String.join("; ", problems));
        }
        method.setAccessible(true);
        return new TaskMethod(
                name,
                describe(method),
                arguments -> call(method, bean, arguments),
                method.getParameterCount(),
                inputAt,
                input == JsonNode.class ? null : TestJson.MAPPER.constructType(input),
                declaration.contextAt(),
                declaration.returnsUni(),
                declaration.blocking());
    }

    private static Threads threads(AnnotatedElement element) {
        return new Threads(element.isAnnotationPresent(Blocking.class), element.isAnnotationPresent(NonBlocking.class));
    }

    private static boolean isFullyKnown(Type type) {
        return switch (type) {
            case TypeVariable<?> variable -> false;
            case ParameterizedType generic ->
                Arrays.stream(generic.getActualTypeArguments()).allMatch(BeanTasks::isFullyKnown);
            case GenericArrayType array -> isFullyKnown(array.getGenericComponentType());
            case WildcardType wildcard ->
                Arrays.stream(wildcard.getUpperBounds()).allMatch(BeanTasks::isFullyKnown);
            default -> true;
        };
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
