package dev.reprise.examples;

import dev.reprise.task.Task;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jboss.logging.Logger;

/** The task of {@code approval}. */
public class ApprovalTasks {

    private static final Logger LOG = Logger.getLogger(ApprovalTasks.class);

    /**
     * What somebody is to approve.
     *
     * @param token comes back with the answer
     */
    @RegisterForReflection
    public record ApprovalRequest(String approver, String request, String token) {}

    /** A message on its way. */
    @RegisterForReflection
    public record Sent(String to) {}

    /** Would send a message that has the token in it. Here it stands in the log. */
    @Task("ask-for-approval")
    Sent ask(ApprovalRequest approval) {
        LOG.infof("%s is to approve: %s. The token is %s", approval.approver(), approval.request(), approval.token());
        return new Sent(approval.approver());
    }
}
