package dev.reprise.task;

import dev.reprise.asl.Resource;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.regex.Pattern;

/**
 * A method annotated with {@link Task}, as it is written: what it may look like, and how it is to be called. The build
 * reads beans so, and a test the objects that it is given.
 *
 * @param name the task's
 * @param parameterTypes the full names of their classes, without type arguments
 * @param returnType the same
 * @param onMethod what the method says of its threads
 * @param onClass what its class says, which counts where the method says nothing
 */
public record TaskDeclaration(
        String name,
        boolean isPrivate,
        List<String> parameterTypes,
        String returnType,
        Threads onMethod,
        Threads onClass) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

    private static final List<Class<?>> FUTURES = List.of(CompletionStage.class, CompletableFuture.class, Future.class);

    /** Whether it is annotated with {@code @Blocking} and {@code @NonBlocking}. */
    public record Threads(boolean blocking, boolean nonBlocking) {}

    public TaskDeclaration {
        parameterTypes = List.copyOf(parameterTypes);
    }

    /** The position of the parameter that takes the input, from 0; -1 when there is none. */
    public int inputAt() {
        for (int i = 0; i < parameterTypes.size(); i++) {
            if (!isContext(parameterTypes.get(i))) {
                return i;
            }
        }
        return -1;
    }

    /** The position of the parameter that takes the context, from 0; -1 when there is none. */
    public int contextAt() {
        return parameterTypes.indexOf(TaskContext.class.getName());
    }

    private static boolean isContext(String type) {
        return type.equals(TaskContext.class.getName());
    }

    /** Whether the result comes as a {@code Uni}. */
    public boolean returnsUni() {
        return returnType.equals(Uni.class.getName());
    }

    /** Whether it runs on a worker thread. */
    public boolean blocking() {
        return returnsUni() ? threads().blocking() : !threads().nonBlocking();
    }

    private Threads threads() {
        return onMethod.blocking() || onMethod.nonBlocking() ? onMethod : onClass;
    }

    /** What no task may look like; empty when all is well. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!NAME.matcher(name).matches()) {
            problems.add("its name '" + name + "' must consist of letters, digits, '.', '_' and '-'");
        }
        if (name.endsWith(Resource.Pattern.WAIT_FOR_TASK_TOKEN.suffix())) {
            problems.add("its name must not end in '" + Resource.Pattern.WAIT_FOR_TASK_TOKEN.suffix()
                    + "', which a workflow adds to the name of any task whose token it waits for");
        }
        long contexts =
                parameterTypes.stream().filter(TaskDeclaration::isContext).count();
        if (contexts > 1) {
            problems.add("it has two parameters of type TaskContext");
        }
        if (parameterTypes.size() - contexts > 1) {
            problems.add("it has more than one parameter for the input; take a record with the parts instead");
        }
        if (isPrivate) {
            problems.add("it is private, so nothing can call it");
        }
        FUTURES.stream()
                .filter(future -> returnType.equals(future.getName()))
                .forEach(future ->
                        problems.add("it returns a " + future.getSimpleName() + "; return a Uni, or the value itself"));
        if (threads().blocking() && threads().nonBlocking()) {
            problems.add("it cannot be both @Blocking and @NonBlocking");
        }
        return problems;
    }
}
