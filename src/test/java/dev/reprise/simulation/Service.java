package dev.reprise.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who does the jobs that are polled: it knows a repeated request by its key, and calls nobody. Times are the
 * scheduler's.
 */
final class Service {

    /** A job that somebody has submitted. */
    static final class Work {

        final String idempotencyKey;

        /** What it is known by. */
        final JsonNode response;

        /** What comes of it; null when it goes on for ever. */
        final TaskWorld.@Nullable Answer answer;

        /** When it is done; never when it goes on for ever. */
        final long doneAt;

        /** When it was cancelled first; never when it was not. */
        long cancelledAt = Course.NEVER;

        private Work(String idempotencyKey, JsonNode response, TaskWorld.@Nullable Answer answer, long doneAt) {
            this.idempotencyKey = idempotencyKey;
            this.response = response;
            this.answer = answer;
            this.doneAt = doneAt;
        }

        boolean isCancelled() {
            return cancelledAt != Course.NEVER;
        }
    }

    private final World world;
    private final Map<String, Work> byKey = new LinkedHashMap<>();

    Service(World world) {
        this.world = world;
    }

    /** The job of that key, which begins now unless it is there. */
    Work submitted(String idempotencyKey, TaskWorld.@Nullable Answer answer) {
        return byKey.computeIfAbsent(idempotencyKey, key -> {
            long now = world.scheduler.now();
            JsonNode response = JsonNodeFactory.instance.objectNode().put("Id", "job-" + byKey.size());
            return new Work(key, response, answer, answer == null ? Course.NEVER : now + takes());
        });
    }

    private long takes() {
        return world.dice.chance(0.3) ? world.dice.magnitude(60_000, 5_000_000) : world.taskMillis();
    }

    /** The job that is known by that; null when there is none. */
    @Nullable
    Work known(JsonNode response) {
        for (Work work : byKey.values()) {
            if (work.response.equals(response)) {
                return work;
            }
        }
        return null;
    }

    /** Whether that is what the job of that key is known by. */
    boolean gave(String idempotencyKey, @Nullable JsonNode response) {
        Work work = byKey.get(idempotencyKey);
        return work != null && work.response.equals(response);
    }

    Iterable<Work> all() {
        return byKey.values();
    }

    /** Long after all of them are over it knows none of them any more. */
    void forget() {
        byKey.clear();
    }
}
