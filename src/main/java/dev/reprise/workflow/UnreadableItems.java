package dev.reprise.workflow;

import dev.reprise.asl.Diagnostic;
import dev.reprise.asl.Diagnostic.Severity;
import dev.reprise.asl.State;
import dev.reprise.asl.StateMachine;
import java.util.ArrayList;
import java.util.List;

/** Data sets of a type that is not read here: Parquet. */
public final class UnreadableItems implements DefinitionCheck {

    @Override
    public List<Diagnostic> check(StateMachine machine) {
        List<Diagnostic> found = new ArrayList<>();
        StateWalk.visit(machine, (pointer, state) -> {
            if (state instanceof State.Map map
                    && map.reader() != null
                    && "PARQUET".equals(map.reader().config().inputType())) {
                found.add(new Diagnostic(
                        Severity.ERROR,
                        "UNREADABLE_ITEMS",
                        pointer + "/ItemReader/ReaderConfig/InputType",
                        "Items of type PARQUET cannot be read",
                        "unload them as CSV or JSON Lines"));
            }
        });
        return found;
    }
}
