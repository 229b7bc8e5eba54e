package dev.reprise.journal;

import static dev.reprise.journal.Fixtures.NOON;
import static dev.reprise.journal.Fixtures.execution;
import static dev.reprise.journal.Fixtures.json;
import static dev.reprise.journal.Fixtures.noise;
import static dev.reprise.journal.Fixtures.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.core.Entry;
import dev.reprise.core.Outcome;
import dev.reprise.journal.ExpiredExecutions.Deletion;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** On every store: nothing of an open execution goes, and all of a closed one its retention after its end. The retention is 14 days. */
abstract class RetentionContract {

    private static final ExecutionId ID = new ExecutionId("orders", "one");
    private static final Outcome DONE = new Outcome.Succeeded(json("{'done': true}"));
    private static final Duration RETENTION = Duration.ofDays(14);

    private final ExecutionStore store = newStore();
    private final UnitMeter meter = new UnitMeter();
    private Instant now = NOON;

    abstract ExecutionStore newStore();

    private Journals journals() {
        return journals(store);
    }

    private Journals journals(ExecutionStore on) {
        return new Journals(on, () -> now, new Random());
    }

    @Test
    void nothingOfAnExecutionThatRunsOrWaitsIsEverDeleted() {
        large(ID);
        Journal waiting = large(new ExecutionId("orders", "waits"));
        waiting.suspend(NOON.plusSeconds(60), () -> json("{}"));
        int before = items(ID);

        now = NOON.plus(Duration.ofDays(10_000));

        assertThat(journals().expired().find(10)).isEmpty();
        assertThat(journals().expired().delete(ID, 1_000)).isEqualTo(new Deletion(0, true));
        assertThat(items(ID)).isEqualTo(before);
        assertThat(journals().head(ID)).isNotNull();
    }

    @Test
    void allOfAnExecutionIsDeletedOnceItsRetentionIsOver() {
        Journal journal = large(ID);
        journals().inbox().put(ID, new Entry.Stopped(NOON, null, null));
        journal.close(DONE, NOON);

        now = NOON.plus(RETENTION);
        assertThat(journals().head(ID)).isNull();
        assertThat(journals().expired().find(10)).isEmpty();

        now = now.plus(ExpiredExecutions.MARGIN);
        assertThat(journals().expired().find(10)).containsExactly(ID);
        int items = items(ID);
        assertThat(items).isGreaterThan(4);
        assertThat(journals().expired().delete(ID, 1_000)).isEqualTo(new Deletion(items + 1, true));

        assertThat(items(ID)).isZero();
        assertThat(store.readHead(ID, meter)).isNull();
        assertThat(journals().expired().find(10)).isEmpty();
        assertThat(journals().expired().delete(ID, 1_000)).isEqualTo(new Deletion(0, true));
    }

    @Test
    void itsDefinitionStaysForOthers() {
        large(ID).close(DONE, NOON);
        now = NOON.plus(RETENTION).plus(ExpiredExecutions.MARGIN);

        journals().expired().delete(ID, 1_000);

        assertThat(journals().definition("d".repeat(64))).isEqualTo(Fixtures.DEFINITION);
    }

    @Test
    void whatIsTooMuchAtOnceIsDeletedBitByBitAndTheHeadLast() {
        many(ID, 60).close(DONE, NOON);
        now = NOON.plus(RETENTION).plus(ExpiredExecutions.MARGIN);

        assertThat(journals().expired().delete(ID, 30)).isEqualTo(new Deletion(50, false));
        assertThat(journals().expired().find(10)).containsExactly(ID);
        assertThat(journals().expired().delete(ID, 30)).isEqualTo(new Deletion(11, true));
        assertThat(journals().expired().find(10)).isEmpty();
    }

    @Test
    void whoDiesInTheMiddleLeavesAnExecutionThatIsFoundAgain() {
        many(ID, 60).close(DONE, NOON);
        now = NOON.plus(RETENTION).plus(ExpiredExecutions.MARGIN);
        ExecutionStore dying = new FaultyStore(store).failing("deleteItems", 2);

        assertThatThrownBy(() -> journals(dying).expired().delete(ID, 1_000))
                .isInstanceOf(TransientStoreException.class);

        assertThat(journals().expired().find(10)).containsExactly(ID);
        assertThat(journals().expired().delete(ID, 1_000)).isEqualTo(new Deletion(36, true));
    }

    @Test
    void twoWhoDeleteAtOnceDoNoHarm() {
        many(ID, 60).close(DONE, NOON);
        now = NOON.plus(RETENTION).plus(ExpiredExecutions.MARGIN);
        FaultyStore overtaken = new FaultyStore(store);
        overtaken.before(4, () -> journals().expired().delete(ID, 1_000));

        assertThat(journals(overtaken).expired().delete(ID, 1_000).complete()).isTrue();

        assertThat(store.readHead(ID, meter)).isNull();
        assertThat(items(ID)).isZero();
    }

    @Test
    void aNameIsFreeAgainThoughNobodyHasSweptYet() {
        many(ID, 60).close(DONE, NOON);
        now = NOON.plus(RETENTION).plus(ExpiredExecutions.MARGIN);

        StartOutcome started = journals().start(execution(ID, json("{'other': 1}"), now));

        assertThat(started).isInstanceOf(StartOutcome.Created.class);
        assertThat(items(ID)).isZero();
        assertThat(journals().history(ID)).isNotNull();
    }

    @Test
    void anExecutionThatTakesTheNameOfAnExpiredOneKeepsTheInputThatBothHave() {
        large(ID).close(DONE, NOON);
        now = NOON.plus(RETENTION).plus(ExpiredExecutions.MARGIN);

        large(ID);

        assertThat(journals().input(Objects.requireNonNull(journals().head(ID))))
                .isEqualTo(noise(500_000, 1));
    }

    /** Entries, a large input, a large value and a snapshot. */
    private Journal large(ExecutionId id) {
        StartOutcome.Created created = (StartOutcome.Created) journals().start(execution(id, noise(500_000, 1), now));
        Journal journal = created.journal();
        journal.append(succeeded(0, noise(500_000, 2)));
        journal.flush();
        journal.keep(noise(1_000, 3));
        return journal;
    }

    private Journal many(ExecutionId id, int segments) {
        Journal journal = ((StartOutcome.Created) journals().start(execution(id, json("{}"), NOON))).journal();
        for (int i = 0; i < segments; i++) {
            journal.append(succeeded(i));
            journal.flush();
        }
        return journal;
    }

    private int items(ExecutionId id) {
        int items = 0;
        String after = "";
        while (after != null) {
            Page<String> page = store.readItemKeys(id, after, meter);
            items += page.items().size();
            after = page.next();
        }
        return items;
    }
}
