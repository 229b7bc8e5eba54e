package dev.reprise.function;

import dev.reprise.journal.Journals;
import dev.reprise.local.LocalWakeUps;
import dev.reprise.operations.Executions;
import dev.reprise.wakeup.AwsWakeUps;
import dev.reprise.wakeup.Schedules;
import dev.reprise.wakeup.WakeUps;
import jakarta.enterprise.inject.Disposes;
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

/** What starts the next invocation of an execution that sleeps. */
@Singleton
final class WakeUpWiring {

    /**
     * The wake-ups of this function.
     *
     * @param form {@code reprise.wake-ups}: {@code aws}, or {@code local} in development and tests
     * @param schedulerRole by which EventBridge Scheduler may invoke the function; without it the sweeper wakes up what
     *     waits for more than 15 minutes
     */
    @Produces
    @Singleton
    WakeUps wakeUps(
            @ConfigProperty(name = "reprise.wake-ups", defaultValue = "aws") String form,
            @ConfigProperty(name = "reprise.wake-up-queue-url") Optional<String> queueUrl,
            @ConfigProperty(name = "reprise.scheduler-role-arn") Optional<String> schedulerRole,
            @ConfigProperty(name = "reprise.scheduler-group", defaultValue = "default") String schedulerGroup,
            @ConfigProperty(name = "AWS_LAMBDA_FUNCTION_NAME", defaultValue = "reprise") String functionName,
            Provider<Executions> executions,
            Provider<SqsClient> sqs,
            Journals journals,
            InstantSource clock) {
        return switch (form) {
            case "local" -> new LocalWakeUps(executions::get, journals, clock);
            case "aws" ->
                new AwsWakeUps(
                        functionName,
                        new ClientOnDemand<>(WakeUpWiring::lambda),
                        queueUrl,
                        sqs::get,
                        schedulerRole.map(role ->
                                new Schedules(new ClientOnDemand<>(WakeUpWiring::scheduler), role, schedulerGroup)),
                        clock);
            default -> throw new IllegalArgumentException("reprise.wake-ups is 'aws' or 'local', not '" + form + "'");
        };
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

    void close(@Disposes WakeUps wakeUps) throws Exception {
        if (wakeUps instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }
}
