package dev.reprise.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What is asked about activities. */
public sealed interface ActivityRequest extends ApiRequest {

    /** Makes one, unless there is one of that name. */
    record CreateActivity(
            String name,
            SortedMap<String, String> tags,
            @Nullable JsonNode encryptionConfiguration) implements ActivityRequest {}

    /** Deletes one. */
    record DeleteActivity(String activityArn) implements ActivityRequest {}

    /** Tells what one is. */
    record DescribeActivity(String activityArn) implements ActivityRequest {}

    /** Tells which there are. */
    record ListActivities(Paging paging) implements ActivityRequest {}

    /** Gives a worker a task of one, or waits for one to come. */
    record GetActivityTask(String activityArn, @Nullable String workerName) implements ActivityRequest {}
}
