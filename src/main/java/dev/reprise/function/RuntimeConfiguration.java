package dev.reprise.function;

import dev.reprise.asl.QueryLanguage;
import dev.reprise.journal.Journals;
import dev.reprise.journal.dynamodb.DynamoDbStore;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.RetryingStore;
import dev.reprise.local.LocalWakeUps;
import dev.reprise.operations.ExecutionServices;
import dev.reprise.operations.Executions;
import dev.reprise.operations.JournaledExecutions;
import dev.reprise.operations.Sweeper;
import dev.reprise.operations.TaskCallbacks;
import dev.reprise.query.Queries;
import dev.reprise.query.QueryLimits;
import dev.reprise.query.check.QueryExpressionChecker;
import dev.reprise.query.jsonata.JsonataQueries;
import dev.reprise.query.jsonpath.JsonPathQueries;
import dev.reprise.runtime.MapData;
import dev.reprise.runtime.RunListener;
import dev.reprise.runtime.Time;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskThreads;
import dev.reprise.wakeup.AwsWakeUps;
import dev.reprise.wakeup.Schedules;
import dev.reprise.wakeup.WakeUps;
import dev.reprise.workflow.UnknownResources;
import dev.reprise.workflow.UnreadableItems;
import dev.reprise.workflow.WorkflowCatalogue;
import io.quarkus.arc.All;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Puts the runtime's parts together for this function. */
@Singleton
final class RuntimeConfiguration {

    @Produces
    @Singleton
    InstantSource clock() {
        return Clock.systemUTC();
    }

    /** The configured client, which leaves it to {@link RetryingStore} to try again: where both do, their attempts and their waits multiply. */
    @Produces
    @Singleton
    DynamoDbClient client(DynamoDbClientBuilder configured) {
        ClientOverrideConfiguration override = configured.overrideConfiguration().toBuilder()
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                .build();
        return configured.overrideConfiguration(override).build();
    }

    void close(@Disposes DynamoDbClient client) {
        client.close();
    }

    @Produces
    @Singleton
    Journals journals(
            DynamoDbClient client,
            @ConfigProperty(name = "reprise.table-name", defaultValue = "reprise") String table,
            InstantSource clock) {
        SecureRandom random = new SecureRandom();
        ExecutionStore store = new RetryingStore(new DynamoDbStore(client, table), random);
        return new Journals(store, clock, random);
    }

    /**
     * The workflows of this function.
     *
     * @param folder {@code reprise.workflows}: where the files are; {@code workflows} beside the function's code by default
     * @param codeFolder where Lambda has put the function's code; the working directory elsewhere
     */
    @Produces
    @Singleton
    WorkflowCatalogue workflows(
            @ConfigProperty(name = "reprise.workflows", defaultValue = "workflows") Path folder,
            @ConfigProperty(name = "LAMBDA_TASK_ROOT") Optional<Path> codeFolder,
            TaskRunners tasks) {
        Map<QueryLanguage, Queries> languages = new EnumMap<>(QueryLanguage.class);
        languages.put(QueryLanguage.JSONPATH, new JsonPathQueries());
        languages.put(QueryLanguage.JSONATA, new JsonataQueries(QueryLimits.DEFAULT));
        return new WorkflowCatalogue(
                codeFolder.map(code -> code.resolve(folder)).orElse(folder),
                new QueryExpressionChecker(),
                language -> Objects.requireNonNull(languages.get(language)),
                List.of(new UnknownResources(tasks), new UnreadableItems()));
    }

    /**
     * @param form {@code reprise.wake-ups}: {@code aws}, or {@code local} in development and tests
     * @param schedulerRole by which EventBridge Scheduler may invoke the function; without it the sweeper wakes up what waits for more than 15 minutes
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
                        new ClientOnDemand<>(RuntimeConfiguration::lambda),
                        queueUrl,
                        sqs::get,
                        schedulerRole.map(role -> new Schedules(
                                new ClientOnDemand<>(RuntimeConfiguration::scheduler), role, schedulerGroup)),
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

    @Produces
    @Singleton
    Executions executions(
            WorkflowCatalogue workflows,
            Journals journals,
            TaskRunners tasks,
            MapData mapData,
            TaskThreads threads,
            WakeUps wakeUps,
            RunnerConfiguration runner,
            StateMachineMapping stateMachines,
            @Any @All List<RunListener> listeners,
            InstantSource clock) {
        return new JournaledExecutions(new ExecutionServices(
                workflows,
                journals,
                tasks,
                mapData,
                threads,
                wakeUps,
                runner.limits(),
                runner.settings(),
                stateMachines.workflows(),
                listeners,
                Time.of(clock)));
    }

    @Produces
    @Singleton
    TaskCallbacks taskCallbacks(Journals journals, WakeUps wakeUps, InstantSource clock) {
        return new TaskCallbacks(journals, wakeUps, clock);
    }

    @Produces
    @Singleton
    Sweeper sweeper(Journals journals, WakeUps wakeUps, SweepConfiguration sweep, InstantSource clock) {
        return new Sweeper(journals, wakeUps, sweep.settings(), clock);
    }
}
