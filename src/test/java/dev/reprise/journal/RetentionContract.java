package dev.reprise.journal;

import static dev.reprise.journal.Fixtures.NOON;
import static dev.reprise.journal.Fixtures.execution;
import static dev.reprise.journal.Fixtures.json;
import static dev.reprise.journal.Fixtures.noise;
import static dev.reprise.journal.Fixtures.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.Outcome;
import dev.reprise.journal.ExpiredExecutions.Deletion;
import dev.reprise.journal.store.ContendedException;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.ForwardingStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.Origin;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.RetryingStore;
import dev.reprise.journal.store.TransientStoreException;
import dev.reprise.journal.store.UnitMeter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * On every store: nothing of an open execution goes, and all of a closed one its retention after its end. The retention
 * is 14 days.
 */
abstract class RetentionContract {

    private static final ExecutionId ID = new ExecutionId("orders", "one");
    private static final Outcome DONE = new Outcome.Succeeded(json("{'done': true}"));
    private static final Duration RETENTION = Duration.ofDays(14);

    /** It takes two chunks. */
    private static final JsonNode INPUT = noise(360_000, 1);

    private final ExecutionStore store = new AlwaysDue(newStore());
    private final UnitMeter meter = new UnitMeter();
    private Instant now = NOON;

    abstract ExecutionStore newStore();

    /** What others may overtake is tried at each request where that is quick, else at every so many. */
    abstract int requestsBetweenOvertakings();

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
        assertThat(journals().expired().delete(ID, 1_000)).isEqualTo(new Deletion(0, true));
        now = now.plus(ExpiredExecutions.CLAIM);
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
    void anExecutionThatTakesTheNameOfAnExpiredOneIsFoundByItsLabel() {
        startLabelled("4711", json("{}")).close(DONE, NOON);
        now = NOON.plus(RETENTION).plus(ExpiredExecutions.MARGIN);

        startLabelled("4711", json("{}"));

        assertThat(found("4711")).containsExactly(ID);
    }

    @Test
    void whoIsTooLateToStartTakesNoLabelFromWhoStarted() {
        ExecutionStore slow = new ForwardingStore(store) {
            @Override
            public void putLabels(ExecutionId id, Map<String, String> labels, Instant startedAt, UnitMeter units) {
                startLabelled("4711", json("{}"));
                super.putLabels(id, labels, startedAt, units);
            }
        };

        assertThat(journals(slow).start(labelledExecution("4712", json("{'other': 1}"))))
                .isInstanceOf(StartOutcome.Conflict.class);

        assertThat(found("4711")).containsExactly(ID);
    }

    private Journal startLabelled(String order, JsonNode input) {
        return ((StartOutcome.Created) journals().start(labelledExecution(order, input))).journal();
    }

    private NewExecution labelledExecution(String order, JsonNode input) {
        NewExecution plain = execution(ID, input, now);
        return new NewExecution(
                plain.identity(),
                input,
                plain.definitionHash(),
                plain.definition(),
                now,
                plain.retention(),
                false,
                null,
                plain.lease(),
                Origin.NONE.labelled(Map.of("order", order)));
    }

    private List<ExecutionId> found(String order) {
        return store.labelled(JournalTable.label("order", order), null, null, 10, null, meter).items().stream()
                .map(Head::id)
                .toList();
    }

    @Test
    void anExecutionThatTakesTheNameOfAnExpiredOneKeepsTheInputThatBothHave() {
        large(ID).close(DONE, NOON);
        now = NOON.plus(RETENTION).plus(ExpiredExecutions.MARGIN);

        large(ID);

        assertThat(journals().input(Objects.requireNonNull(journals().head(ID))))
                .isEqualTo(noise(500_000, 1));
    }

    @Test
    void whoeverStartsAnExecutionAmidTheDeletionOfItsNamesakeKeepsAllOfIt() {
        for (int step = 1; step == 1 || overtakeDeletion(step); step += requestsBetweenOvertakings()) {
            assertThat(step).isLessThan(50);
        }
    }

    /**
     * Whether a deletion has that many requests; before the last of them others delete too, and start an execution of
     * the name.
     */
    private boolean overtakeDeletion(int step) {
        ExecutionId id = expiredExecution("overtaken-" + step);
        boolean[] overtaken = {false};
        FaultyStore slow = new FaultyStore(store).before(step, () -> {
            overtaken[0] = true;
            journals().expired().delete(id, 30);
            startAnew(id, journals());
        });

        journals(slow).expired().delete(id, 1_000);

        requireWhole(id);
        return overtaken[0];
    }

    @Test
    void whoeverDeletesAmidTheStartOfANamesakeLeavesAllOfIt() {
        for (int step = 1; step == 1 || overtakeStart(step); step += requestsBetweenOvertakings()) {
            assertThat(step).isLessThan(60);
        }
    }

    private boolean overtakeStart(int step) {
        ExecutionId id = expiredExecution("started-" + step);
        boolean[] overtaken = {false};
        FaultyStore slow = new FaultyStore(store).before(step, () -> {
            overtaken[0] = true;
            journals().expired().delete(id, 1_000);
        });

        startAnew(id, journals(slow));

        requireWhole(id);
        return overtaken[0];
    }

    @Test
    void twoWhoStartTheSameNameAnewGetOneExecution() {
        for (int step = 1; step == 1 || startTwice(step); step += requestsBetweenOvertakings()) {
            assertThat(step).isLessThan(60);
        }
    }

    private boolean startTwice(int step) {
        ExecutionId id = expiredExecution("twice-" + step);
        boolean[] overtaken = {false};
        FaultyStore slow = new FaultyStore(store).before(step, () -> {
            overtaken[0] = true;
            startAnew(id, journals());
        });

        startAnew(id, journals(slow));

        requireWhole(id);
        return overtaken[0];
    }

    @Test
    void whoIsLaterThanHisClaimDeletesNothingMore() {
        ExecutionId id = expiredExecution("late");
        ExecutionStore slow = new ForwardingStore(store) {
            @Override
            public Page<String> readItemKeys(ExecutionId of, String after, UnitMeter units) {
                Page<String> keys = super.readItemKeys(of, after, units);
                now = now.plus(ExpiredExecutions.CLAIM);
                startAnew(id, journals());
                return keys;
            }
        };

        assertThat(journals(slow).expired().delete(id, 1_000)).isEqualTo(new Deletion(0, false));

        requireWhole(id);
    }

    @Test
    void aNameThatIsBeingDeletedIsNotGivenAway() {
        ExecutionId id = expiredExecution("claimed");
        assertThatThrownBy(() -> journals(new FaultyStore(store).failing("deleteItems", 1))
                        .expired()
                        .delete(id, 1_000))
                .isInstanceOf(TransientStoreException.class);

        assertThatThrownBy(() -> journals().start(execution(id, json("{}"), now)))
                .isInstanceOf(ContendedException.class)
                .hasMessageContaining("are being deleted")
                .hasMessageContaining(now.plus(ExpiredExecutions.CLAIM).toString());
        now = now.plus(ExpiredExecutions.CLAIM);
        assertThat(journals().start(execution(id, json("{}"), now))).isInstanceOf(StartOutcome.Created.class);
    }

    @Test
    void whoeverIsBehindTheClockOfOneWhoDeletesDoesNotTakeWhatIsLeftForAnExecution() {
        ExecutionId id = expiredExecution("ahead");
        assertThatThrownBy(() -> journals(new FaultyStore(store).failing("deleteHead", 1))
                        .expired()
                        .delete(id, 1_000))
                .isInstanceOf(TransientStoreException.class);

        now = now.minusMillis(1);

        assertThatThrownBy(() -> journals().start(execution(id, INPUT, now)))
                .isInstanceOf(ContendedException.class)
                .hasMessageContaining("are being deleted");
    }

    /** A deletion that its sender has given up may be carried out all the same. */
    @Test
    void aNameIsNotGivenAwayAsLongAsADeletionMayStillCome() {
        ExecutionId id = expiredExecution("unanswered");
        List<Runnable> late = new ArrayList<>();
        ExecutionStore slow = new RetryingStore(
                new ForwardingStore(store) {
                    @Override
                    public List<String> deleteItems(ExecutionId of, List<String> keys, UnitMeter units) {
                        if (late.isEmpty()) {
                            late.add(() -> super.deleteItems(of, keys, new UnitMeter()));
                            throw new TransientStoreException("it is not answered in time", null);
                        }
                        return super.deleteItems(of, keys, units);
                    }
                },
                wait -> {},
                new Random(1));

        assertThatThrownBy(() -> journals(slow).start(execution(id, INPUT, now)))
                .isInstanceOf(ContendedException.class)
                .hasMessageContaining(now.plus(ExpiredExecutions.CLAIM).toString());
        startAnew(id, journals());
        late.forEach(Runnable::run);

        assertThat(late).hasSize(1);
        requireWhole(id);
    }

    /** Its input is the one that its namesake will have. */
    private ExecutionId expiredExecution(String name) {
        now = NOON;
        ExecutionId id = new ExecutionId("orders", name);
        startAnew(id, journals());
        Journal journal = Fixtures.replayed(journals().open(id, Fixtures.LEASE));
        journal.close(DONE, NOON);
        now = NOON.plus(RETENTION).plus(ExpiredExecutions.MARGIN);
        return id;
    }

    private void startAnew(ExecutionId id, Journals journals) {
        try {
            if (journals.start(execution(id, INPUT, now)) instanceof StartOutcome.Created created) {
                created.journal().append(succeeded(1));
                created.journal().flush();
            }
        } catch (ContendedException e) {
            assertThat(e).hasMessageContaining("are being deleted");
        }
    }

    /** Of the new execution nothing is missing; where its start was refused, it is started when the claim is over. */
    private void requireWhole(ExecutionId id) {
        if (journals().head(id) == null) {
            now = now.plus(ExpiredExecutions.CLAIM);
            startAnew(id, journals());
        }
        History history = Objects.requireNonNull(journals().history(id));
        assertThat(history.started().input()).isEqualTo(INPUT);
        assertThat(Fixtures.all(history.entries())).containsExactly(history.started(), succeeded(1));
        assertThat(history.head().lease()).isNotNull();
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
