package dev.reprise.corpus;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Counts what was met, by feature. */
final class Scores {

    /**
     * The score of one feature.
     *
     * @param passed cases whose status, output, error and states are AWS's
     * @param total cases
     * @param wordingPassed cases whose causes and event types are AWS's
     * @param wordingTotal cases that say something about these
     */
    record Score(int passed, int total, int wordingPassed, int wordingTotal) {

        static final Score NONE = new Score(0, 0, 0, 0);

        Score plus(Verdict verdict) {
            return new Score(
                    passed + (verdict.met() ? 1 : 0),
                    total + 1,
                    wordingPassed + (verdict.hasWording() && verdict.wordingMet() ? 1 : 0),
                    wordingTotal + (verdict.hasWording() ? 1 : 0));
        }

        Score plus(Score other) {
            return new Score(
                    passed + other.passed,
                    total + other.total,
                    wordingPassed + other.wordingPassed,
                    wordingTotal + other.wordingTotal);
        }

        @Override
        public String toString() {
            return passed + "/" + total + " cause " + wordingPassed + "/" + wordingTotal;
        }
    }

    private final Map<String, Score> byFeature = new TreeMap<>();
    private final ArrayNode failures = JsonNodeFactory.instance.arrayNode();

    void add(CorpusCase testCase, Verdict verdict) {
        byFeature.merge(testCase.feature(), Score.NONE.plus(verdict), Score::plus);
        if (!verdict.met() || !verdict.wordingMet()) {
            ObjectNode failure = failures.addObject();
            failure.put("id", testCase.id()).put("feature", testCase.feature()).put("passed", verdict.met());
            verdict.differences().forEach(failure.putArray("reasons")::add);
            verdict.differencesInWording().forEach(failure.putArray("causeReasons")::add);
        }
    }

    Map<String, Score> byFeature() {
        return Collections.unmodifiableMap(byFeature);
    }

    Score total() {
        return byFeature.values().stream().reduce(Score.NONE, Score::plus);
    }

    /** Writes every case that was not met, with the reasons. */
    void writeFailures(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), failures);
    }
}
