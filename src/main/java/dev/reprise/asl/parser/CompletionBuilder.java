package dev.reprise.asl.parser;

import dev.reprise.asl.CompletionOptions;
import dev.reprise.asl.CompletionOptions.Nesting;
import dev.reprise.asl.CompletionOptions.ResultForm;

/** Makes the {@code Reprise} block of a Map or Parallel. */
final class CompletionBuilder {

    private CompletionBuilder() {}

    static CompletionOptions options(Fields block) {
        if (block.object().isEmpty()) {
            return CompletionOptions.PLAIN;
        }
        return new CompletionOptions(
                block.value("MinSuccessful"),
                block.value("ToleratedFailureCount"),
                block.value("ToleratedFailurePercentage"),
                block.value("MaxConcurrency"),
                block.object().path("CaptureErrors").asBoolean(),
                block.choice("Result", ResultForm.VALUES),
                block.value("ItemName"),
                block.choice("Nesting", Nesting.NESTED),
                block.json("Summary"));
    }
}
