package dev.reprise.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.Outcome;
import dev.reprise.journal.DueInvariant;
import dev.reprise.journal.History;
import dev.reprise.journal.Journals;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Head;
import dev.reprise.testing.InMemoryStore;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/** One execution, seen from outside: what is durable of it, and whether what was durable is done again. */
final class Witnessed {

    private final ExecutionStore store;
    private final Journals journals;
    private final ExecutionId id;
    private int begun;

    Witnessed(ExecutionStore store, String execution) {
        this.store = store;
        journals = new Journals(store, InstantSource.system(), new Random());
        id = new ExecutionId(Squares.NAME, execution);
    }

    /** Keys of the tasks whose results are in the journal. */
    Set<String> durable() {
        Set<String> durable = new HashSet<>();
        History history = journals.history(id);
        if (history != null) {
            String arn = history.head().beginning().executionArn();
            history.entries().forEachRemaining(entry -> {
                if (entry instanceof Entry.TaskSucceeded succeeded) {
                    assertThat(durable.add(arn + succeeded.effect()))
                            .as("%s has one result only", succeeded.effect())
                            .isTrue();
                }
            });
        }
        return durable;
    }

    /** What the next process did, given what was durable before it began. */
    void lived(Life life, Set<String> durableBefore) {
        begun += life.begun().size();
        assertThat(life.begun()).as("tasks begun in one process").doesNotHaveDuplicates();
        assertThat(life.begun().stream().filter(durableBefore::contains))
                .as("tasks begun although their results were durable")
                .isEmpty();
        assertThat(durable()).as("what is durable stays so").containsAll(durableBefore);
        assertSomebodyLooksAfterIt();
    }

    /** Whatever its process died of, the sweeper finds it. */
    private void assertSomebodyLooksAfterIt() {
        assertThat(DueInvariant.violated(store, id)).isNull();
    }

    /** It has ended as one does that nothing disturbs, and no item is missing. */
    void endedWell() {
        assertThat(durable()).hasSize(Squares.ITEMS);
        assertSomebodyLooksAfterIt();
        assertThat(outcome(journals, id)).isEqualTo(undisturbed());
    }

    /** How many tasks were begun more than once, because they had not come to their end. */
    int begunAgain() {
        return begun - Squares.ITEMS;
    }

    private static Outcome outcome(Journals journals, ExecutionId id) {
        Head head = Objects.requireNonNull(journals.head(id));
        return Objects.requireNonNull(journals.outcome(head), "the execution has not ended");
    }

    private static Outcome undisturbed() {
        ExecutionStore store = new InMemoryStore();
        new SquaringEngine(store, call -> {}).run("undisturbed");
        return outcome(
                new Journals(store, InstantSource.system(), new Random()),
                new ExecutionId(Squares.NAME, "undisturbed"));
    }
}
