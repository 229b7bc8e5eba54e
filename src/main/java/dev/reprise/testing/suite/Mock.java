package dev.reprise.testing.suite;

import dev.reprise.testing.Answer;
import dev.reprise.testing.StateMock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the calls of a state, or of a resource, are answered with.
 *
 * @param answers in turn; empty when only certain items have answers
 * @param repeatsLast whether the last of them answers all further calls
 * @param items answers for certain items of a Map or branches of a Parallel, by their numbers
 */
record Mock(List<Answer> answers, boolean repeatsLast, Map<Integer, Mock> items) {

    Mock {
        answers = List.copyOf(answers);
        items = new TreeMap<>(items);
    }

    static Mock always(Answer answer) {
        return new Mock(List.of(answer), true, Map.of());
    }

    /** Says it to a test. */
    void applyTo(StateMock mock) {
        Answer[] inTurn = answers.toArray(Answer[]::new);
        if (inTurn.length > 0) {
            if (repeatsLast) {
                mock.answersInTurnThenRepeats(inTurn);
            } else {
                mock.answersInTurn(inTurn);
            }
        }
        items.forEach((index, each) -> each.applyTo(mock.item(index)));
    }
}
