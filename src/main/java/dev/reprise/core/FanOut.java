package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A Map or Parallel in progress: which children run, and what those that ended gave. Owned by one scope, and so by its thread. */
final class FanOut {

    final Scope owner;
    /** The visit's number, part of the children's paths. */
    final int visit;

    final int total;
    /** At most so many children at once. */
    final int concurrency;

    final CompletionPolicy policy;
    /** Whether children see neither the variables nor the item of what is around them, as those of a distributed Map. */
    final boolean isolated;

    final Work work;
    /** When each child started and stopped; null when nobody asks. */
    @Nullable
    ChildTimes times;
    /** How far the results are written elsewhere; null when they stay here. */
    @Nullable
    ResultWriting writing;

    private final @Nullable Scope[] open;
    private final @Nullable JsonNode[] outputs;
    private @Nullable StatesError @Nullable [] errors;
    /** Null where the definition names no children. */
    private @Nullable String @Nullable [] names;

    /** Children that have ended without success and are to start once more, before those that have not started; null when there are none. */
    private @Nullable Deque<Integer> again;

    private int next;
    private int running;
    private int succeeded;
    private int failed;

    FanOut(Scope owner, int visit, int total, int concurrency, CompletionPolicy policy, boolean isolated, Work work) {
        this.owner = owner;
        this.visit = visit;
        this.total = total;
        this.concurrency = concurrency == 0 ? Integer.MAX_VALUE : concurrency;
        this.policy = policy;
        this.isolated = isolated;
        this.work = work;
        this.open = new Scope[total];
        this.outputs = new JsonNode[total];
    }

    boolean canStart() {
        return (again != null || next < total) && running < concurrency;
    }

    /** Whether all have started that may run at once from the beginning. */
    boolean hasBegun() {
        return next >= Math.min(total, concurrency);
    }

    /** The child to start next. */
    int toStart() {
        return again == null ? next : again.getFirst();
    }

    /** All before this one, counted from 0, have been started, be it that some are to start again. */
    int next() {
        return next;
    }

    /** @param child the one {@linkplain #toStart to start} */
    void started(Scope child) {
        if (again == null) {
            next++;
        } else {
            again.removeFirst();
            again = again.isEmpty() ? null : again;
        }
        open[child.path.index()] = child;
        running++;
    }

    /** Children that have failed or were aborted are to start anew, as if they had never started. */
    void startUnsuccessfulAgain() {
        Deque<Integer> unsuccessful = new ArrayDeque<>();
        for (int i = 0; i < next; i++) {
            if (open[i] == null && outputs[i] == null) {
                unsuccessful.add(i);
            }
        }
        restoreAgain(unsuccessful);
        errors = null;
        failed = 0;
    }

    /** Those that {@link #startUnsuccessfulAgain} found and that have not started yet, in their order; none is empty. */
    Iterable<Integer> toStartAgain() {
        return again == null ? List.of() : again;
    }

    /** The child, while it runs; null before and after. */
    @Nullable
    Scope child(int index) {
        return index < total ? open[index] : null;
    }

    /** Visits the children that run, in their order; each may be ended. */
    void forEachOpen(Consumer<Scope> visitor) {
        for (int i = 0; running > 0 && i < next; i++) {
            Scope child = open[i];
            if (child != null) {
                visitor.accept(child);
            }
        }
    }

    void succeeded(int index, JsonNode output) {
        open[index] = null;
        outputs[index] = output;
        running--;
        succeeded++;
    }

    void failed(int index, StatesError error) {
        open[index] = null;
        running--;
        failed++;
        @Nullable StatesError[] known = errors;
        if (known == null) {
            known = new StatesError[total];
            errors = known;
        }
        known[index] = error;
    }

    /** The child was abandoned. */
    void aborted(int index) {
        open[index] = null;
        running--;
    }

    int running() {
        return running;
    }

    int succeededCount() {
        return succeeded;
    }

    int failedCount() {
        return failed;
    }

    /** What child {@code index} gave; null when it has not succeeded. */
    @Nullable
    JsonNode output(int index) {
        return outputs[index];
    }

    /** How child {@code index} failed; null when it has not. */
    @Nullable
    StatesError error(int index) {
        @Nullable StatesError[] known = errors;
        return known == null ? null : known[index];
    }

    /** How child {@code index} came out; one that runs is {@link ItemStatus#STARTED}. */
    ItemStatus status(int index) {
        if (outputs[index] != null) {
            return ItemStatus.SUCCEEDED;
        }
        return error(index) != null ? ItemStatus.FAILED : index < next ? ItemStatus.STARTED : ItemStatus.SKIPPED;
    }

    /** The name that the definition gave child {@code index}; null when it has given none yet. */
    @Nullable
    String name(int index) {
        @Nullable String[] known = names;
        return known == null ? null : known[index];
    }

    void name(int index, String name) {
        @Nullable String[] known = names;
        if (known == null) {
            known = new String[total];
            names = known;
        }
        known[index] = name;
    }

    /** Why it is complete now; null when it is not. It follows from the counts, so nobody has to keep it. */
    @Nullable
    CompletionReason judge() {
        return policy.judge(total, succeeded, failed);
    }

    /** Why it is complete. */
    CompletionReason completionReason() {
        return Objects.requireNonNull(judge());
    }

    /**
     * The children's outputs in order, without those that gave none.
     *
     * @param withErrors whether one that failed gives its error
     */
    ArrayNode outputs(boolean withErrors) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode(total);
        for (int i = 0; i < next; i++) {
            JsonNode output = outputs[i];
            StatesError error = withErrors ? error(i) : null;
            if (output != null) {
                all.add(output);
            } else if (error != null) {
                all.add(GuardedBehaviour.errorOutput(error));
            }
        }
        return all;
    }

    /** Takes up where a snapshot left: {@code started} children have begun, those restored by {@link #restoreOpen} are still running. */
    void restoreStarted(int started) {
        next = started;
    }

    void restoreAgain(Deque<Integer> children) {
        again = children.isEmpty() ? null : children;
    }

    void restoreOpen(int index, Scope child) {
        open[index] = child;
        running++;
    }

    void restoreOutput(int index, JsonNode output) {
        outputs[index] = output;
        succeeded++;
    }

    void restoreError(int index, StatesError error) {
        running++;
        failed(index, error);
    }
}
