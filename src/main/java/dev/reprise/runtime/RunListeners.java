package dev.reprise.runtime;

import dev.reprise.process.ExhaustedMemory;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** All listeners as one, whose failures are nobody else's. Thread-safe. */
public final class RunListeners implements RunListener {

    private static final Logger LOG = Logger.getLogger(RunListeners.class);

    private final List<RunListener> listeners;

    /** Those whose failure is in the log. */
    private final Set<RunListener> failed = ConcurrentHashMap.newKeySet();

    public RunListeners(List<RunListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    public boolean isEmpty() {
        return listeners.isEmpty();
    }

    @Override
    public void on(RunEvent event) {
        for (RunListener listener : listeners) {
            try {
                listener.on(event);
            } catch (Throwable e) {
                ExhaustedMemory.haltOn(e);
                if (failed.add(listener)) {
                    LOG.errorf(
                            e,
                            "%s failed when it was told of %s. It is told on; failures are logged once",
                            listener,
                            event);
                }
            }
        }
    }
}
