package dev.reprise.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.journal.store.Page;
import dev.reprise.operations.Invocation;
import dev.reprise.operations.TaskCallbacks.ActivityTask;
import dev.reprise.statemachine.Activities;
import dev.reprise.statemachine.Activities.CreatedActivity;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What can be asked about activities. Thread-safe. */
final class ActivityActions {

    /** So long before its end an invocation answers, whether a task has come or not. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private final ApiServices services;
    private final Activities activities;
    private final ActivityPolls polls;

    ActivityActions(ApiServices services) {
        this.services = services;
        this.activities = services.activities();
        this.polls = new ActivityPolls(services.callbacks());
    }

    ApiAnswer answer(ActivityRequest request, Invocation invocation) {
        Identities identities = Identities.of(invocation);
        return switch (request) {
            case ActivityRequest.CreateActivity(String name, SortedMap<String, String> tags, JsonNode encryption) ->
                create(name, tags, encryption, identities);
            case ActivityRequest.DeleteActivity(String arn) -> {
                String name = ApiArn.activity(arn).name();
                services.tags().delete(TagActions.activity(name));
                activities.delete(name);
                yield new ApiAnswer.Done();
            }
            case ActivityRequest.DescribeActivity(String arn) -> {
                CreatedActivity activity = require(arn);
                yield new ActivityAnswer.Described(
                        identities.activity(activity.name()),
                        activity.name(),
                        activity.createdAt(),
                        activity.encryption());
            }
            case ActivityRequest.ListActivities(Paging paging) -> list(paging, identities);
            case ActivityRequest.GetActivityTask(String arn, String workerName) -> task(arn, workerName, invocation);
        };
    }

    private ApiAnswer create(
            String name, SortedMap<String, String> tags, @Nullable JsonNode encryption, Identities identities) {
        if (!Identities.isName(name)) {
            throw ApiException.invalidName(name);
        }
        String arn = identities.activity(name);
        TagActions.requireFew(tags, arn);
        Instant now = Instant.ofEpochMilli(services.clock().millis());
        CreatedActivity existing = activities.create(new CreatedActivity(name, now, encryption));
        if (existing != null && !Objects.equals(existing.encryption(), encryption)) {
            throw ApiException.of("ActivityAlreadyExists", "Activity Already Exists: '" + arn + "'");
        }
        if (!tags.isEmpty()) {
            services.tags().begin(TagActions.activity(name), tags);
        }
        return new ActivityAnswer.Created(arn, existing == null ? now : existing.createdAt());
    }

    private CreatedActivity require(String arn) {
        CreatedActivity activity = activities.find(ApiArn.activity(arn).name());
        if (activity == null) {
            throw doesNotExist(arn);
        }
        return activity;
    }

    private static ApiException doesNotExist(String arn) {
        return ApiException.of("ActivityDoesNotExist", "Activity Does Not Exist: '" + arn + "'");
    }

    private ApiAnswer list(Paging paging, Identities identities) {
        Page<CreatedActivity> page = activities.list(NameToken.read(paging.nextToken()), paging.maxResults());
        return new ActivityAnswer.Listed(
                page.items().stream()
                        .map(activity -> new ActivityAnswer.Item(
                                identities.activity(activity.name()), activity.name(), activity.createdAt()))
                        .toList(),
                page.next() == null ? null : NameToken.write(page.next()));
    }

    private ApiAnswer task(String arn, @Nullable String workerName, Invocation invocation) {
        String name = ApiArn.activity(arn).name();
        ActivityTask task = services.callbacks().getActivityTask(arn, workerName);
        if (task == null) {
            // One that was never created is there as soon as a task waits in its queue.
            require(arn);
            task = polls.poll(arn, name, workerName, patience(invocation));
        }
        return new ActivityAnswer.Task(task == null ? null : task.taskToken(), task == null ? null : task.input());
    }

    private Duration patience(Invocation invocation) {
        if (invocation.deadline() == null) {
            return ActivityPolls.LONGEST;
        }
        Duration left = Duration.between(
                services.clock().instant(), invocation.deadline().minus(MARGIN));
        return left.isNegative()
                ? Duration.ZERO
                : left.compareTo(ActivityPolls.LONGEST) < 0 ? left : ActivityPolls.LONGEST;
    }
}
