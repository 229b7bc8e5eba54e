package dev.reprise.function;

import dev.reprise.operations.Background;
import dev.reprise.task.aws.client.AwsClient;
import dev.reprise.wakeup.WakeUps;
import dev.reprise.wakeup.aws.AwsWakeUps;
import dev.reprise.wakeup.aws.Schedules;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What starts the next invocation of an execution that sleeps, and carries on behind an answer. */
@Singleton
final class WakeUpWiring {

    /**
     * The wake-ups of this function; dev mode and tests have others.
     *
     * @param aws asked for when an execution sleeps first
     * @param schedulerRole by which EventBridge Scheduler may invoke the function; without it the sweeper wakes up what
     *     waits for more than 15 minutes
     */
    @Produces
    @Singleton
    @DefaultBean
    WakeUps wakeUps(
            @ConfigProperty(name = "reprise.wake-up-queue-url") Optional<String> queueUrl,
            @ConfigProperty(name = "reprise.scheduler-role-arn") Optional<String> schedulerRole,
            @ConfigProperty(name = "reprise.scheduler-group", defaultValue = "default") String schedulerGroup,
            @ConfigProperty(name = "AWS_LAMBDA_FUNCTION_NAME", defaultValue = "reprise") String functionName,
            Provider<AwsClient> aws,
            InstantSource clock) {
        return new AwsWakeUps(
                functionName,
                aws::get,
                queueUrl,
                schedulerRole.map(role -> new Schedules(aws::get, role, schedulerGroup)),
                clock);
    }

    /** Where this process lives on after an answer, dev mode and tests have another. */
    @Produces
    @Singleton
    @DefaultBean
    Background background() {
        return new Background.AnotherInvocation();
    }
}
