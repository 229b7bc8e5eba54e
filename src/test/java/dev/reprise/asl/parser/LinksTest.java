package dev.reprise.asl.parser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Where transitions lead. */
class LinksTest {

    @Test
    void aTransitionNamesAStateOfItsOwnBody() {
        assertThat(Checked.machine("""
            {
              "StartAt": "Charge",
              "States": {
                "Charge": {"Type": "Pass", "Next": "Recipt"},
                "Receipt": {"Type": "Parallel", "End": true, "Branches": [
                  {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "Charge"}, "B": {"Type": "Succeed"}}}
                ]}
              }
            }
            """))
                .containsExactly(
                        "/States/Charge/Next: no state named 'Recipt' (did you mean 'Receipt'?)",
                        "/States/Receipt: State \"Receipt\" is not reachable. (lead to it from another state, or"
                                + " remove it)",
                        "/States/Receipt/Branches/0/States/A/Next: no state named 'Charge'",
                        "/States/Receipt/Branches/0/States/B: State \"B\" is not reachable. (lead to it from another"
                                + " state, or remove it)");
    }

    @Test
    void aMachineStartsSomewhere() {
        assertThat(Checked.machine("""
            {"StartAt": "Not sure", "States": {
              "One": {"Type": "Pass", "Next": "Two"},
              "Two": {"Type": "Succeed"}
            }}
            """))
                .containsExactly(
                        "/StartAt: no state named 'Not sure'",
                        "/States/One: State \"One\" is not reachable. (lead to it from another state, or remove it)");
    }

    @Test
    void aMachineEndsSomewhere() {
        assertThat(Checked.machine("""
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Next": "B"},
              "B": {"Type": "Pass", "Next": "A"},
              "C": {"Type": "Pass", "Next": "A"}
            }}
            """))
                .containsExactly("/States: Workflow has no terminal state (give one state \"End\": true)");
    }

    @Test
    void aRingApartFromTheRestIsDoubtful() {
        assertThat(Checked.machine("""
            {"StartAt": "A", "States": {
              "A": {"Type": "Succeed"},
              "B": {"Type": "Pass", "Next": "C"},
              "C": {"Type": "Pass", "Next": "B"}
            }}
            """))
                .containsExactly(
                        "/States/B: warning: no way leads here from StartAt (remove it)",
                        "/States/C: warning: no way leads here from StartAt (remove it)");
    }

    @Test
    void namesAreUniqueInTheWholeMachine() {
        assertThat(Checked.machine("""
            {"StartAt": "A", "States": {
              "A": {"Type": "Parallel", "End": true, "Branches": [{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}]}
            }}
            """))
                .containsExactly(
                        "/States/A/Branches/0/States/A: Duplicate State name: A (rename one of the two: it must be"
                                + " unique in the whole machine)");
    }

    @Test
    void aNameHasAtMostEightyCharacters() {
        String name = "ä".repeat(81);
        assertThat(Checked.machine(
                        "{\"StartAt\": \"" + name + "\", \"States\": {\"" + name + "\": {\"Type\": \"Succeed\"}}}"))
                .containsExactly("/States/" + name + ": Invalid State name: State '" + name
                        + "' exceeds the 80-character limit allowed by the service");
    }
}
