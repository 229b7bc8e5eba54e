package dev.reprise.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.task.TaskCall;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of one state, or of one resource, are answered with. The last thing that is said counts. Not
 * thread-safe: say all before a run begins.
 */
public final class StateMock {

    private final String subject;
    private final NavigableMap<Integer, StateMock> items = new TreeMap<>();
    private List<Answer> answers = List.of();
    private boolean lastRepeats;

    StateMock(String subject) {
        this.subject = subject;
    }

    /** Every call gives this. */
    public StateMock answers(Answer answer) {
        answers = List.of(answer);
        lastRepeats = true;
        return this;
    }

    /** Every call gives this JSON, such as {@code {"ok": true}}. */
    public StateMock returns(String json) {
        return answers(Answer.json(json));
    }

    /** Every call gives this. */
    public StateMock returns(JsonNode output) {
        return answers(new Answer.Result(output));
    }

    /** Every call gives what the function does; see {@link Answer.Computed}. */
    public StateMock computes(Function<TaskCall, @Nullable Object> function) {
        return answers(new Answer.Computed(function));
    }

    /** Every call fails. */
    public StateMock fails(String error, @Nullable String cause) {
        return answers(Answer.error(error, cause));
    }

    /** No call is answered. */
    public StateMock neverAnswers() {
        return answers(Answer.none());
    }

    /**
     * The first call gives the first of these, the second call the second, and so on: retries are calls too. One call
     * too many fails the test.
     */
    public StateMock answersInTurn(Answer... each) {
        answers = List.of(each);
        lastRepeats = false;
        return this;
    }

    /** The same, and every further call gives the last of them. */
    public StateMock answersInTurnThenRepeats(Answer... each) {
        answersInTurn(each);
        lastRepeats = true;
        return this;
    }

    /**
     * What the calls for one item of a Map, or one branch of a Parallel, are answered with; those of other items by
     * what is said without one.
     *
     * @param index of the innermost item, from 0
     */
    public StateMock item(int index) {
        return items.computeIfAbsent(index, unseen -> new StateMock(subject + " for item " + unseen));
    }

    /** Whose calls these are, for messages. */
    String subject() {
        return subject;
    }

    /** The mock for an item, if there is one of its own; else this. */
    public StateMock of(@Nullable Integer item) {
        StateMock own = item == null ? null : items.get(item);
        return own == null ? this : own;
    }

    boolean isEmpty() {
        return answers.isEmpty();
    }

    /**
     * What the call of that number gets.
     *
     * @param number from 0
     * @throws AssertionError when there is no answer for it
     */
    public Answer answer(int number) {
        if (answers.isEmpty()) {
            throw new AssertionError(subject + " is called, and the test has answers for certain items only");
        }
        if (number >= answers.size() && !lastRepeats) {
            throw new AssertionError(subject + " is called " + (number + 1) + " times, and the test has "
                    + answers.size() + (answers.size() == 1 ? " answer" : " answers") + " for it");
        }
        return answers.get(Math.min(number, answers.size() - 1));
    }
}
