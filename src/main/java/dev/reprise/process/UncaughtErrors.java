package dev.reprise.process;

import org.jboss.logging.Logger;

/**
 * Sees what ends threads, as the process' default handler. Nothing vanishes: it is in the log. And where the thread
 * ends that asks Lambda for events, the process does too: it would never ask again, and each invocation that is given
 * to it would time out. Quarkus' loop on that thread outlives exceptions, but no error.
 */
public final class UncaughtErrors implements Thread.UncaughtExceptionHandler {

    private static final Logger LOG = Logger.getLogger(UncaughtErrors.class);

    /** How Quarkus names the thread; more follows. */
    private static final String ASKS_FOR_EVENTS = "Lambda Thread";

    /** With which the process ends when nobody asks for events any more. */
    public static final int EXIT_STATUS = 1;

    /**
     * From now on everything that ends a thread of this process comes here, unless the thread has a handler of its own.
     */
    public static void see() {
        Thread.setDefaultUncaughtExceptionHandler(new UncaughtErrors());
    }

    private UncaughtErrors() {}

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        ExhaustedMemory.haltOn(thrown);
        boolean asksForEvents = thread.getName().startsWith(ASKS_FOR_EVENTS);
        try {
            LOG.errorf(thrown, "The thread '%s' ended by an error", thread.getName());
        } finally {
            if (asksForEvents) {
                Runtime.getRuntime().halt(EXIT_STATUS);
            }
        }
    }
}
