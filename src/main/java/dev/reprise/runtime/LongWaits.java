package dev.reprise.runtime;

import dev.reprise.asl.Diagnostic;
import dev.reprise.asl.Diagnostic.Severity;
import dev.reprise.asl.Retrier;
import dev.reprise.asl.State;
import dev.reprise.asl.StateMachine;
import dev.reprise.asl.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Waits, and delays before a retry, that are longer than this function can be woken after. */
final class LongWaits implements DefinitionCheck {

    private final WakeUps wakeUps;
    private final Duration waitInProcess;

    /** @param waitInProcess waits up to this length need no wake-up */
    LongWaits(WakeUps wakeUps, Duration waitInProcess) {
        this.wakeUps = wakeUps;
        this.waitInProcess = waitInProcess;
    }

    @Override
    public List<Diagnostic> check(StateMachine machine) {
        Duration woken = wakeUps.longestWait();
        List<Diagnostic> found = new ArrayList<>();
        if (woken == null || machine.durability() == StateMachine.Durability.NONE) {
            return found;
        }
        Duration longest = woken.compareTo(waitInProcess) < 0 ? waitInProcess : woken;
        StateWalk.visit(machine, (pointer, state) -> {
            switch (state) {
                case State.Wait wait -> checkWait(wait, pointer, longest, found);
                case State.Guarded guarded -> checkRetries(guarded, pointer, longest, found);
                default -> {}
            }
        });
        return found;
    }

    private void checkWait(State.Wait wait, String pointer, Duration longest, List<Diagnostic> found) {
        if (wait.until() instanceof State.WaitUntil.Seconds seconds
                && seconds.value() instanceof Value.Literal literal
                && literal.json().asLong() > longest.toSeconds()) {
            found.add(tooLong(
                    pointer + "/Seconds", "A wait of " + literal.json().asLong() + " seconds is too long", null));
        }
    }

    private void checkRetries(State.Guarded state, String pointer, Duration longest, List<Diagnostic> found) {
        List<Retrier> retriers = state.retry();
        for (int i = 0; i < retriers.size(); i++) {
            double seconds = longestDelay(retriers.get(i));
            if (seconds > longest.toSeconds()) {
                found.add(tooLong(
                        pointer + "/Retry/" + i,
                        "The delay before the last retry comes to " + Math.round(seconds)
                                + " seconds, which is too long",
                        "set MaxDelaySeconds to " + longest.toSeconds() + " at most"));
            }
        }
    }

    private static double longestDelay(Retrier retrier) {
        if (retrier.maxAttempts() == 0) {
            return 0;
        }
        double seconds =
                (double) retrier.interval().toSeconds() * Math.pow(retrier.backoffRate(), retrier.maxAttempts() - 1.0);
        Duration cap = retrier.maxDelay();
        return cap == null ? seconds : Math.min(seconds, (double) cap.toSeconds());
    }

    private Diagnostic tooLong(String pointer, String problem, @Nullable String suggestion) {
        return new Diagnostic(Severity.ERROR, "WAIT_TOO_LONG", pointer, problem + ": " + wakeUps.limit(), suggestion);
    }
}
