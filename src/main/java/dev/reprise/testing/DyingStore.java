package dev.reprise.testing;

import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.StoreUnavailableException;
import dev.reprise.journal.store.TaskStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store whose process dies once, at a write that was chosen: from then on every request of it fails, until it has
 * begun anew. What others write, such as a callback, is none of its business.
 */
final class DyingStore {

    /** When a process dies. */
    sealed interface Death {

        /** It lives on. */
        record Never() implements Death {}

        /** Before its write of that number, from 1: tasks may have run whose results are lost. */
        record Before(int write) implements Death {}

        /** After its write of that number, from 1: what was written may come again, and must not count twice. */
        record After(int write) implements Death {}

        /** Once the journal's entry of that number, from 1, is durable. */
        record AfterEntry(int entry) implements Death {}
    }

    private static final List<String> READS =
            List.of("read", "list", "due", "expired", "table", "writeUnits", "queued", "tasks");

    private final Death death;
    private final ExecutionStore store;
    private int writes;
    private boolean dead;
    private boolean hasDied;

    DyingStore(ExecutionStore store, Death death) {
        this.death = death;
        this.store = forwarding(ExecutionStore.class, store, forwarding(TaskStore.class, store.tasks(), null));
    }

    /** The store to be used. */
    ExecutionStore store() {
        return store;
    }

    /** How many writes the process has made. */
    int writes() {
        return writes;
    }

    boolean isDead() {
        return dead;
    }

    /** Whether it came to the write that was chosen. */
    boolean hasDied() {
        return hasDied;
    }

    /** Another process begins. */
    void beginAnew() {
        dead = false;
    }

    private <T> T forwarding(Class<T> type, T target, @Nullable TaskStore tasks) {
        return type.cast(Proxy.newProxyInstance(
                DyingStore.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> tasks != null && method.getName().equals("tasks")
                        ? tasks
                        : request(target, method, arguments)));
    }

    private @Nullable Object request(Object target, Method method, Object[] arguments) throws Throwable {
        if (RunningInvocation.current() == null) {
            return invoke(target, method, arguments);
        }
        if (dead) {
            throw died();
        }
        if (READS.stream().anyMatch(method.getName()::startsWith)) {
            return invoke(target, method, arguments);
        }
        writes++;
        if (!hasDied && death instanceof Death.Before before && before.write() == writes) {
            throw die();
        }
        Object answer = invoke(target, method, arguments);
        if (!hasDied && isOver(arguments)) {
            throw die();
        }
        return answer;
    }

    private boolean isOver(Object[] arguments) {
        return switch (death) {
            case Death.Never never -> false;
            case Death.Before before -> false;
            case Death.After after -> after.write() == writes;
            case Death.AfterEntry after -> isDurable(after.entry(), arguments);
        };
    }

    /** The first entry is written with the head, the last ones may be too. */
    private static boolean isDurable(int entry, Object[] arguments) {
        for (Object argument : arguments) {
            if (argument instanceof Segment segment && segment.last() >= entry) {
                return true;
            }
            if (argument instanceof Head head && (entry == 1 || head.ending() != null)) {
                return true;
            }
        }
        return false;
    }

    private StoreUnavailableException die() {
        dead = true;
        hasDied = true;
        return died();
    }

    private StoreUnavailableException died() {
        return new StoreUnavailableException("memory", "the process has died, as the test wants it", null);
    }

    private static @Nullable Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
