package dev.reprise.function;

import dev.reprise.operations.Background;
import dev.reprise.task.aws.client.OnDemand;
import dev.reprise.wakeup.AwsWakeUps;
import dev.reprise.wakeup.Schedules;
import dev.reprise.wakeup.WakeUps;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What starts the next invocation of an execution that sleeps, and carries on behind an answer. */
@Singleton
final class WakeUpWiring {

    /**
     * The wake-ups of this function; dev mode and tests have others.
     *
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
            Provider<SqsClient> sqs,
            InstantSource clock) {
        return new AwsWakeUps(
                functionName,
                new OnDemand<>(WakeUpWiring::lambda),
                queueUrl,
                sqs::get,
                schedulerRole.map(role -> new Schedules(new OnDemand<>(WakeUpWiring::scheduler), role, schedulerGroup)),
                clock);
    }

    /** Where this process lives on after an answer, dev mode and tests have another. */
    @Produces
    @Singleton
    @DefaultBean
    Background background() {
        return new Background.AnotherInvocation();
    }

    private static LambdaClient lambda() {
        return LambdaClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private static SchedulerClient scheduler() {
        return SchedulerClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}
