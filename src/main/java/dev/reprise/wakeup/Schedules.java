package dev.reprise.wakeup;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.function.Supplier;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ActionAfterCompletion;
import software.amazon.awssdk.services.scheduler.model.ConflictException;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;

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

    private final Supplier<SchedulerClient> client;
    private final String roleArn;
    private final String group;

    /**
     * @param client asked for when it is needed first
     * @param roleArn the role by which the scheduler may invoke the function
     * @param group the group that the schedules are in
     */
    public Schedules(Supplier<SchedulerClient> client, String roleArn, String group) {
        this.client = client;
        this.roleArn = roleArn;
        this.group = group;
    }

    /**
     * Invokes the function at that time. Asked for twice, it is done once: the name follows from the function, the
     * event and the time.
     *
     * @param at whole seconds; a fraction is cut off
     */
    void create(String functionArn, String event, Instant at) {
        String expression = AT.format(at);
        try {
            client.get()
                    .createSchedule(request -> request.groupName(group)
                            .name(name(functionArn + event + expression))
                            .scheduleExpression(expression)
                            .scheduleExpressionTimezone("UTC")
                            .flexibleTimeWindow(window -> window.mode(FlexibleTimeWindowMode.OFF))
                            .actionAfterCompletion(ActionAfterCompletion.DELETE)
                            .target(target ->
                                    target.arn(functionArn).roleArn(roleArn).input(event)));
        } catch (ConflictException e) {
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
