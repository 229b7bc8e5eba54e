package dev.reprise.corpus;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.StateMachine;
import dev.reprise.asl.parser.Definitions;
import dev.reprise.query.check.VariableReferences;

/** Plays a {@code variable_references} case: what DescribeStateMachine says of the variables that each state reads. */
final class VariableReferencesPlay {

    private VariableReferencesPlay() {}

    static Verdict play(CorpusCase testCase) {
        Verdict verdict = new Verdict();
        StateMachine machine = Definitions.parse(
                        "definition", testCase.at("definition").toString(), Languages.CHECKER)
                .machine();
        if (machine == null) {
            verdict.wrong("the definition is refused");
            return verdict;
        }
        ObjectNode references = JsonNodeFactory.instance.objectNode();
        VariableReferences.of(machine).forEach((state, names) -> names.forEach(references.withArray("/" + state)::add));
        verdict.check("variableReferences", testCase.at("expected").get("variableReferences"), references);
        return verdict;
    }
}
