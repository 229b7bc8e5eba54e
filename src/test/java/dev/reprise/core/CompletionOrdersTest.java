package dev.reprise.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Maps with rules drawn at random, whose items end in an order drawn at random: each is compared with a bookkeeping
 * that counts and nothing else, and with itself read from a snapshot.
 */
class CompletionOrdersTest {

    private static final int RUNS = 200;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyOrderGivesWhatCountingGives(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            new Case(random).play();
        }
    }

    /** One Map and what became of its items. */
    private static final class Case {

        private final Random random;
        private final int total;
        private final int concurrency;
        private final @Nullable Integer minSuccessful;
        private final @Nullable Integer toleratedFailureCount;
        private final @Nullable Integer toleratedFailurePercentage;

        /** Under way, by index. */
        private final List<Integer> running = new ArrayList<>();

        private final String[] statuses;
        private int started;

        Case(Random random) {
            this.random = random;
            total = 1 + random.nextInt(12);
            concurrency = random.nextInt(5);
            minSuccessful = perhaps(1 + random.nextInt(total));
            toleratedFailureCount = perhaps(random.nextInt(total + 1));
            toleratedFailurePercentage = perhaps(random.nextInt(101));
            statuses = new String[total];
            fill();
        }

        private @Nullable Integer perhaps(int value) {
            return random.nextBoolean() ? value : null;
        }

        private void fill() {
            while (started < total && (concurrency == 0 || running.size() < concurrency)) {
                statuses[started] = "STARTED";
                running.add(started++);
            }
        }

        void play() {
            Scripted map = Scripted.ofState(definition()).start(items());
            CompletionReason reason = null;
            while (reason == null) {
                map = random.nextInt(4) == 0 ? map.restored() : map;
                int index = running.remove(random.nextInt(running.size()));
                boolean success = random.nextInt(3) > 0;
                String effect = "/S[" + index + "]:1";
                map = success ? map.succeeded(effect, String.valueOf(index)) : map.failed(effect, "E");
                statuses[index] = success ? "SUCCEEDED" : "FAILED";
                reason = reason();
                if (reason == null) {
                    assertThat(map.outcome()).as(this::toString).isNull();
                    fill();
                }
            }
            check(map, reason);
        }

        private String definition() {
            StringBuilder rules = new StringBuilder("'Result': 'BATCH'");
            add(rules, "MinSuccessful", minSuccessful);
            add(rules, "ToleratedFailureCount", toleratedFailureCount);
            add(rules, "ToleratedFailurePercentage", toleratedFailurePercentage);
            return "'Type': 'Map', 'MaxConcurrency': " + concurrency + ", 'Reprise': {" + rules
                    + "}, 'ItemProcessor': {'StartAt': 'T', 'States': {'T': {'Type': 'Task', 'Resource': 'task:t',"
                    + " 'End': true}}}";
        }

        private static void add(StringBuilder rules, String name, @Nullable Integer value) {
            if (value != null) {
                rules.append(", '").append(name).append("': ").append(value);
            }
        }

        private String items() {
            List<Integer> items = new ArrayList<>();
            for (int i = 0; i < total; i++) {
                items.add(i);
            }
            return items.toString();
        }

        private int count(String status) {
            int count = 0;
            for (String each : statuses) {
                count += status.equals(each) ? 1 : 0;
            }
            return count;
        }

        private @Nullable CompletionReason reason() {
            int failed = count("FAILED");
            boolean ruled =
                    minSuccessful != null || toleratedFailureCount != null || toleratedFailurePercentage != null;
            if ((!ruled && failed > 0)
                    || (toleratedFailureCount != null && failed > toleratedFailureCount)
                    || (toleratedFailurePercentage != null && failed * 100 > toleratedFailurePercentage * total)) {
                return CompletionReason.FAILURE_TOLERANCE_EXCEEDED;
            }
            if (failed + count("SUCCEEDED") == total) {
                return CompletionReason.ALL_COMPLETED;
            }
            return minSuccessful != null && count("SUCCEEDED") >= minSuccessful
                    ? CompletionReason.MIN_SUCCESSFUL_REACHED
                    : null;
        }

        private void check(Scripted map, CompletionReason reason) {
            JsonNode batch = Scripted.json(String.valueOf(map.outcome()).replace("succeeded ", ""));
            assertThat(batch.path("completionReason").asText())
                    .as(this::toString)
                    .isEqualTo(reason.name());
            assertThat(batch.path("successCount").asInt()).isEqualTo(count("SUCCEEDED"));
            assertThat(batch.path("failureCount").asInt()).isEqualTo(count("FAILED"));
            assertThat(batch.path("startedCount").asInt()).isEqualTo(count("STARTED"));
            assertThat(batch.path("skippedCount").asInt()).isEqualTo(total - started);
            assertThat(batch.path("totalCount").asInt()).isEqualTo(total);
            for (int i = 0; i < total; i++) {
                assertThat(batch.path("all").path(i).path("status").asText())
                        .as("%s, item %d", this, i)
                        .isEqualTo(statuses[i] == null ? "SKIPPED" : statuses[i]);
            }
            assertThat(map.openEffects()).isEmpty();
        }

        @Override
        public String toString() {
            return definition() + " " + List.of(statuses.length, started);
        }
    }
}
