package dev.reprise.cli.dev;

import dev.reprise.workflow.WorkflowCatalogue;
import dev.reprise.workflow.WorkflowFile;
import java.time.Duration;
import java.util.Collection;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Looks at the workflows' files now and then, so that a mistake is told when the file is saved, and not when somebody
 * runs it. What has changed the catalogue logs itself.
 */
final class WorkflowWatch {

    private static final Logger LOG = Logger.getLogger("reprise");

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final WorkflowCatalogue workflows;

    /** Whether each could run when it was last looked at. Owned by the watching thread once there is one. */
    private TreeMap<String, Boolean> seen;

    private WorkflowWatch(WorkflowCatalogue workflows, Collection<WorkflowFile> now) {
        this.workflows = workflows;
        this.seen = byName(now);
    }

    /** @param now as they were when somebody was told of them */
    static void start(WorkflowCatalogue workflows, Collection<WorkflowFile> now) {
        WorkflowWatch watch = new WorkflowWatch(workflows, now);
        Thread.ofPlatform().daemon().name("workflows").start(watch::run);
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(BETWEEN_LOOKS);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A folder that cannot be read at this moment is looked at again. */
    private void look() {
        try {
            TreeMap<String, Boolean> now = byName(workflows.all());
            now.forEach((name, runs) -> {
                Boolean before = seen.get(name);
                if (before == null) {
                    LOG.infof("%s is there%s", name, runs ? "" : ", and cannot run");
                } else if (runs && !before) {
                    LOG.infof("%s can run again", name);
                }
            });
            seen.keySet().stream()
                    .filter(name -> !now.containsKey(name))
                    .forEach(name -> LOG.infof("%s is gone", name));
            seen = now;
        } catch (RuntimeException e) {
            LOG.debugf(e, "The workflows cannot be looked at");
        }
    }

    private static TreeMap<String, Boolean> byName(Collection<WorkflowFile> files) {
        TreeMap<String, Boolean> byName = new TreeMap<>();
        files.forEach(file -> byName.put(file.name(), file.workflow() != null));
        return byName;
    }
}
