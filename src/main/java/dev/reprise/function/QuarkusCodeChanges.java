package dev.reprise.function;

import dev.reprise.local.CodeChanges;
import dev.reprise.local.CodeProblem;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.dev.console.DevConsoleManager;
import io.quarkus.dev.spi.HotReplacementContext;
import jakarta.inject.Singleton;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What Quarkus' dev mode knows of the code that it runs. Thread-safe. */
@IfBuildProfile("dev")
@Singleton
final class QuarkusCodeChanges implements CodeChanges {

    private static final Logger LOG = Logger.getLogger("reprise");

    private final ReentrantLock lock = new ReentrantLock();

    /** When the last look began. Guarded by the lock. */
    private long begun = System.nanoTime();

    @Override
    public void takeIn() {
        HotReplacementContext context = DevConsoleManager.getHotReplacementContext();
        if (context == null) {
            return;
        }
        long asked = System.nanoTime();
        lock.lock();
        try {
            // Whoever looked after this was asked has seen all that is to be seen.
            if (begun - asked < 0) {
                begun = System.nanoTime();
                boolean unused = context.doScan(true);
            }
        } catch (Exception e) {
            LOG.errorf(e, "It could not be found out what has changed");
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable String problem() {
        HotReplacementContext context = DevConsoleManager.getHotReplacementContext();
        Throwable problem = context == null ? null : context.getDeploymentProblem();
        return problem == null ? null : CodeProblem.text(problem);
    }
}
