package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.Effect;
import dev.reprise.execution.ScopePath;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One running body: where it stands, and what it needs to go on. Small, because an execution may hold a hundred
 * thousand of them. Only the thread that owns the execution touches it.
 */
final class Scope {

    /** What the interpreter does next with a scope. */
    enum Phase {
        /** Enter its state. */
        ENTERING,
        /** Do its state's work once more: a retry whose delay is over. */
        REPEATING,
        /** Start the next item or branch of its state. */
        SPAWNING,
        /** Nothing, until an entry or a child comes. */
        WAITING,
        /** Nothing ever: it has ended or was abandoned. */
        CLOSED
    }

    /** The start of a child execution. */
    record Beginning(Instant at, JsonNode input) {}

    final ScopePath path;
    final BodyProgram body;
    /** The Map or Parallel that it runs for; null for the execution's root. */
    final @Nullable FanOut within;
    /** The history that its events belong to. */
    final History history;
    /** The item it runs for; null outside a Map. */
    private final @Nullable MapItem ownItem;
    /**
     * How its execution began, when it is the top of one inside this one: a child of a distributed Map; null for any
     * other.
     */
    @Nullable
    Beginning beginning;

    Phase phase = Phase.ENTERING;
    /** Whether it stands in the queue of scopes that can go on. */
    boolean queued;

    Behaviour state;
    JsonNode input;
    Instant enteredAt = Instant.EPOCH;
    /** When it began, if it is that of an item or a branch. */
    Instant begunAt = Instant.EPOCH;

    long enteredEvent;
    long lastEvent;

    /** How many effects it has asked for: the latest one's number. */
    long step;
    /** The effect that it waits for; null when it waits for none. */
    @Nullable
    Effect pending;

    int retryCount;
    /** Retries so far for each retrier of the state; null before the first. */
    int @Nullable [] retries;

    /** The Map or Parallel in progress; null when there is none. */
    @Nullable
    FanOut fanOut;
    /** How often each Map or Parallel state of the body has begun its work; null before the first. */
    int @Nullable [] visits;

    @Nullable
    Map<String, JsonNode> variables;

    Scope(
            ScopePath path,
            BodyProgram body,
            @Nullable FanOut within,
            @Nullable MapItem item,
            JsonNode input,
            History history) {
        this.path = path;
        this.body = body;
        this.within = within;
        this.ownItem = item;
        this.state = body.start();
        this.input = input;
        this.history = history;
    }

    /** Goes on to another state of the same body. */
    void goTo(Behaviour next, JsonNode nextInput) {
        state = next;
        input = nextInput;
        retryCount = 0;
        retries = null;
        phase = Phase.ENTERING;
    }

    /** The outermost scope of its execution: the root, or where it is inside a distributed Map, the item's. */
    Scope top() {
        Scope top = this;
        while (top.within != null && !top.within.isolated) {
            top = top.within.owner;
        }
        return top;
    }

    /** The item of the innermost Map around it; null where there is none. */
    @Nullable
    MapItem item() {
        if (ownItem != null || within == null) {
            return ownItem;
        }
        return within.isolated ? null : within.owner.item();
    }

    @Nullable
    MapItem ownItem() {
        return ownItem;
    }

    /** The variable's value, from here outwards; null when it is not set. */
    @Nullable
    JsonNode variable(String name) {
        for (Scope scope = this; scope != null; scope = scope.outer()) {
            JsonNode value = scope.variables == null ? null : scope.variables.get(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** The scope whose variables this one sees; null for the root and for an isolated item. */
    private @Nullable Scope outer() {
        return within == null || within.isolated ? null : within.owner;
    }

    void assign(@Nullable ObjectNode assigned) {
        if (assigned == null || assigned.isEmpty()) {
            return;
        }
        Map<String, JsonNode> known = variables;
        if (known == null) {
            known = new HashMap<>();
            variables = known;
        }
        for (Map.Entry<String, JsonNode> variable : assigned.properties()) {
            known.put(variable.getKey(), variable.getValue());
        }
    }

    /** Counts one more visit of a Map or Parallel state, and gives the count. */
    int visit(int fanOutNumber) {
        int[] counts = visits;
        if (counts == null) {
            counts = new int[body.fanOuts()];
            visits = counts;
        }
        return ++counts[fanOutNumber];
    }
}
