package dev.reprise.corpus;

/** Plays a case the way its kind asks for. */
final class Plays {

    private Plays() {}

    /** What came out. Whatever goes wrong on the way is a difference too. */
    static Verdict play(CorpusCase testCase) {
        try {
            return switch (testCase.kind()) {
                case "execution" -> ExecutionPlay.play(testCase);
                case "validation" -> ValidationPlay.play(testCase);
                case "test_state" -> TestStatePlay.play(testCase);
                case "variable_references" -> VariableReferencesPlay.play(testCase);
                case DurableCases.KIND -> DurablePlay.play(testCase);
                default -> throw new UnsupportedOperationException("Cases of kind " + testCase.kind());
            };
        } catch (RuntimeException | StackOverflowError e) {
            Verdict verdict = new Verdict();
            verdict.wrong("could not be played: " + e);
            return verdict;
        }
    }
}
