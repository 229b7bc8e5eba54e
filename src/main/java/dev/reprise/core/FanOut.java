package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.StatesError;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A Map or Parallel in progress, whose children run in scopes of this execution. Owned by one scope, and so by its
 * thread.
 */
final class FanOut {

    /** The state that it is the work of. */
    final FanOutBehaviour state;

    final Scope owner;
    /** The visit's number, part of the children's paths. */
    final int visit;
    /**
     * Whether children see neither the variables nor the item of what is around them, as those of a distributed Map.
     */
    final boolean isolated;

    final Work work;
    final Children children;
    /** When each child started and stopped; null when nobody asks. */
    @Nullable
    ChildTimes times;
    /** How far the results are written elsewhere; null when they stay here. */
    @Nullable
    ResultWriting writing;

    private final @Nullable Scope[] scopes;

    FanOut(FanOutBehaviour state, Scope owner, int visit, boolean isolated, Work work, Children children) {
        this.state = state;
        this.owner = owner;
        this.visit = visit;
        this.isolated = isolated;
        this.work = work;
        this.children = children;
        this.scopes = new Scope[children.total];
    }

    /** @param child the one {@linkplain Children#toStart to start} */
    void started(Scope child) {
        children.started();
        scopes[child.path.index()] = child;
    }

    void succeeded(int index, JsonNode output) {
        scopes[index] = null;
        children.succeeded(index, output);
    }

    void failed(int index, StatesError error) {
        scopes[index] = null;
        children.failed(index, error);
    }

    /** The child was abandoned. */
    void aborted(int index) {
        scopes[index] = null;
        children.aborted();
    }

    /** Children that have failed or were aborted are to start anew, as if they had never started. */
    void startUnsuccessfulAgain() {
        children.startUnsuccessfulAgain(index -> scopes[index] != null);
    }

    /** The child, while it runs; null before and after. */
    @Nullable
    Scope child(int index) {
        return index < scopes.length ? scopes[index] : null;
    }

    /** Visits the children that run, in their order; each may be ended. */
    void forEachOpen(Consumer<Scope> visitor) {
        for (int i = 0; children.open() > 0 && i < children.next(); i++) {
            Scope child = scopes[i];
            if (child != null) {
                visitor.accept(child);
            }
        }
    }

    /** A child that a snapshot tells of still runs. */
    void restoreOpen(int index, Scope child) {
        scopes[index] = child;
        children.restoreOpen();
    }
}
