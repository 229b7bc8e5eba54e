package dev.reprise.testing.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One thing that a case does to its run. */
sealed interface Step {

    /** Lets time pass. */
    record Advance(Duration time) implements Step {}

    /** Lets happen what is due. */
    record RunUntilIdle() implements Step {}

    /** Brings the execution to its end. */
    record RunToEnd() implements Step {}

    /** Ends a task by its token, or as an activity's worker. */
    record Succeed(String state, @Nullable Integer item, JsonNode output) implements Step {}

    /** Ends a task with an error. */
    record Fail(
            String state,
            @Nullable Integer item,
            @Nullable String error,
            @Nullable String cause) implements Step {}

    /** Tells that somebody is still at a task. */
    record Heartbeat(String state, @Nullable Integer item) implements Step {}

    /** Stops the execution. */
    record Stop(@Nullable String error, @Nullable String cause) implements Step {}

    /** Has it go on after it failed. */
    record Redrive() implements Step {}

    /** Something is to hold at this moment. */
    record Expect(Expectation expectation) implements Step {}
}
