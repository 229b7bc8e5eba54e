package dev.reprise.wakeup.aws;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.task.aws.client.AwsCall;
import dev.reprise.task.aws.client.AwsClient;
import dev.reprise.task.aws.client.ServiceRefusedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.function.Supplier;

/**
 * One-time schedules of EventBridge Scheduler. Each invokes a function once, within the minute that begins at its time,
 * and is deleted then.
 *
 * @see <a href="https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#one-time">One-time
 *     schedules</a>
 */
public final class Schedules {

    private static final DateTimeFormatter AT =
            DateTimeFormatter.ofPattern("'at('uuuu-MM-dd'T'HH:mm:ss')'").withZone(ZoneOffset.UTC);

    /** A schedule's name has at most 64 characters. */
    private static final int NAME_DIGITS = 48;

    private final Supplier<AwsClient> client;
    private final String roleArn;
    private final String group;

    /**
     * @param client asked for when it is needed first
     * @param roleArn the role by which the scheduler may invoke the function
     * @param group the group that the schedules are in
     */
    public Schedules(Supplier<AwsClient> client, String roleArn, String group) {
        this.client = client;
        this.roleArn = roleArn;
        this.group = group;
    }

    /**
     * Invokes the function at that time. Asked for twice, it is done once: the name follows from the function, the
     * event and the time, and so does the token by which the scheduler knows a request again.
     *
     * @param at whole seconds; a fraction is cut off
     * @param latest when the answer comes too late
     * @throws ServiceRefusedException when the scheduler does not make it
     * @throws dev.reprise.task.aws.client.UnreachableServiceException when there is no answer
     */
    void create(String functionArn, String event, Instant at, Instant latest) {
        String expression = AT.format(at);
        String name = name(functionArn + event + expression);
        ObjectNode request = JsonNodeFactory.instance
                .objectNode()
                .put("GroupName", group)
                .put("Name", name)
                .put("ScheduleExpression", expression)
                .put("ScheduleExpressionTimezone", "UTC")
                .put("ActionAfterCompletion", "DELETE");
        request.putObject("FlexibleTimeWindow").put("Mode", "OFF");
        request.putObject("Target")
                .put("Arn", functionArn)
                .put("RoleArn", roleArn)
                .put("Input", event);
        try {
            client.get()
                    .call(AwsCall.of("scheduler", "createSchedule", request)
                            .recognisedBy(name)
                            .until(latest));
        } catch (ServiceRefusedException e) {
            if (!"ConflictException".equals(e.error().code())) {
                throw e;
            }
            // It was asked for before.
        }
    }

    private static String name(String what) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(what.getBytes(StandardCharsets.UTF_8));
            return "wake-" + HexFormat.of().formatHex(hash).substring(0, NAME_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
