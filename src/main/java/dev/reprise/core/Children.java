package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.execution.StatesError;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What has become of the children of a Map or Parallel: which have started, how those that ended came out, and whether
 * the state is complete. It says nothing of where a child runs. Owned by one {@link FanOut}, and so by its thread.
 */
final class Children {

    final int total;
    /** At most so many at once. */
    final int concurrency;

    final CompletionPolicy policy;

    private final @Nullable JsonNode[] outputs;
    private @Nullable StatesError @Nullable [] errors;
    /** Null where the definition names no children. */
    private @Nullable String @Nullable [] names;

    /**
     * Those that have ended without success and are to start once more, before those that have not started; null when
     * there are none.
     */
    private @Nullable Deque<Integer> again;

    private int next;
    private int open;
    private int succeeded;
    private int failed;

    /** @param concurrency 0 for no bound */
    Children(int total, int concurrency, CompletionPolicy policy) {
        this.total = total;
        this.concurrency = concurrency == 0 ? Integer.MAX_VALUE : concurrency;
        this.policy = policy;
        this.outputs = new JsonNode[total];
    }

    boolean canStart() {
        return (again != null || next < total) && open < concurrency;
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

    /** The one {@linkplain #toStart to start} is open from now on. */
    void started() {
        if (again == null) {
            next++;
        } else {
            again.removeFirst();
            again = again.isEmpty() ? null : again;
        }
        open++;
    }

    /**
     * Those that have failed or were aborted are to start anew, as if they had never started.
     *
     * @param isOpen which ones are open
     */
    void startUnsuccessfulAgain(IntPredicate isOpen) {
        Deque<Integer> unsuccessful = new ArrayDeque<>();
        for (int i = 0; i < next; i++) {
            if (outputs[i] == null && !isOpen.test(i)) {
                unsuccessful.add(i);
            }
        }
        restoreAgain(unsuccessful);
        errors = null;
        failed = 0;
    }

    /**
     * Those that {@link #startUnsuccessfulAgain} found and that have not started yet, in their order; none is empty.
     */
    Iterable<Integer> toStartAgain() {
        return again == null ? List.of() : again;
    }

    void succeeded(int index, JsonNode output) {
        outputs[index] = output;
        open--;
        succeeded++;
    }

    void failed(int index, StatesError error) {
        open--;
        failed++;
        @Nullable StatesError[] known = errors;
        if (known == null) {
            known = new StatesError[total];
            errors = known;
        }
        known[index] = error;
    }

    /** One was abandoned. */
    void aborted() {
        open--;
    }

    /** How many have started, and not ended. */
    int open() {
        return open;
    }

    /** How far they have come. */
    Standing.Children counts(boolean areItems) {
        return new Standing.Children(areItems, total, succeeded, failed, open);
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

    /** How child {@code index} came out; one that is open, or was abandoned, is {@link ItemStatus#STARTED}. */
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

    /** Why they are complete now; null when they are not. It follows from the counts, so nobody has to keep it. */
    @Nullable
    CompletionReason judge() {
        return policy.judge(total, succeeded, failed);
    }

    /** Why they are complete. */
    CompletionReason completionReason() {
        return Objects.requireNonNull(judge());
    }

    /**
     * Their outputs in order, without those that gave none.
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

    /** Takes up where a snapshot left: so many have begun. */
    void restoreStarted(int started) {
        next = started;
    }

    void restoreAgain(Deque<Integer> children) {
        again = children.isEmpty() ? null : children;
    }

    void restoreOpen() {
        open++;
    }

    void restoreOutput(int index, JsonNode output) {
        outputs[index] = output;
        succeeded++;
    }

    void restoreError(int index, StatesError error) {
        open++;
        failed(index, error);
    }
}
