package dev.reprise.asl.parser;

/** How a state says where it leads. */
final class Transitions {

    /** {@code Next} or {@code "End": true}. */
    static final FieldType NEXT_OR_END = (state, place, checking) -> {
        boolean ends = state.path("End").asBoolean();
        if (state.has("Next") && ends) {
            checking.problems().error(place, "There should only be one of the following fields: [Next, End]");
        } else if (!state.has("Next") && !ends) {
            checking.problems()
                    .error(
                            Problems.SCHEMA,
                            place,
                            "the state neither leads on nor ends",
                            "add \"Next\": \"the state that follows\", or \"End\": true",
                            new Wording(
                                    "This object should have only one of the following fields: [Next, End]", place));
        }
    };

    private Transitions() {}
}
