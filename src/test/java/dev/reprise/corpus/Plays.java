package dev.reprise.corpus;

import java.util.function.Supplier;

/** Plays a case the way its kind asks for. */
final class Plays {

    private Plays() {}

    /** What came out. Whatever goes wrong on the way is a difference too. */
    static Verdict play(CorpusCase testCase) {
        return guarded(() -> directly(testCase));
    }

    /** The same over the HTTP form of the Step Functions API, of cases that it has actions for. */
    static Verdict throughHttp(CorpusCase testCase) {
        return guarded(() -> switch (testCase.kind()) {
            case "execution" -> HttpPlays.execution(testCase);
            case "validation" -> HttpPlays.validation(testCase);
            case "test_state" -> TestStatePlay.throughHttp(testCase);
            case "variable_references" -> HttpPlays.variableReferences(testCase);
            default -> directly(testCase);
        });
    }

    private static Verdict directly(CorpusCase testCase) {
        return switch (testCase.kind()) {
            case "execution" -> ExecutionPlay.play(testCase);
            case "validation" -> ValidationPlay.play(testCase);
            case "test_state" -> TestStatePlay.play(testCase);
            case "variable_references" -> VariableReferencesPlay.play(testCase);
            case DurableCases.KIND -> DurablePlay.play(testCase);
            default -> throw new UnsupportedOperationException("Cases of kind " + testCase.kind());
        };
    }

    private static Verdict guarded(Supplier<Verdict> play) {
        try {
            return play.get();
        } catch (RuntimeException | StackOverflowError e) {
            Verdict verdict = new Verdict();
            verdict.wrong("could not be played: " + e);
            return verdict;
        }
    }
}
