package dev.reprise.nativetests.lambda;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A function with its sandboxes. An event goes to a free process, or else a new one is started for it: two events are
 * never in one process at once, and no two events need the same process.
 */
public final class DeployedFunction implements AutoCloseable {

    private final FunctionPackage code;
    private final FunctionSettings settings;
    private final Path logs;
    private final List<Sandbox> sandboxes = new CopyOnWriteArrayList<>();
    private final List<Invocation> invocations = new CopyOnWriteArrayList<>();

    /**
     * Deploys; starts no process yet.
     *
     * @param logs the folder that takes a file for each process
     */
    public DeployedFunction(FunctionPackage code, FunctionSettings settings, Path logs) {
        this.code = code;
        this.settings = settings;
        this.logs = logs;
    }

    /** What was configured. */
    public FunctionSettings settings() {
        return settings;
    }

    /** The unpacked package. */
    public FunctionPackage code() {
        return code;
    }

    /** Delivers an event to a free process or a new one; returns at once. */
    public Invocation invoke(String event) {
        return deliver(event, UUID.randomUUID().toString());
    }

    /** Delivers an event under a request id that may have been used before, as Lambda does with a second attempt. */
    public synchronized Invocation deliver(String event, String requestId) {
        Sandbox free = sandboxes.stream().filter(Sandbox::isFree).findFirst().orElseGet(this::startSandbox);
        return deliver(event, requestId, free);
    }

    /** Delivers an event to this very process, which must be free. */
    public Invocation deliver(String event, String requestId, Sandbox sandbox) {
        var invocation = new Invocation(requestId, event, settings.timeout());
        invocations.add(invocation);
        sandbox.give(invocation);
        return invocation;
    }

    /** Starts one more process; returns before it is ready. */
    public Sandbox startSandbox() {
        var sandbox = Sandbox.start(code, settings, logs.resolve("%03d.log".formatted(sandboxes.size() + 1)));
        sandboxes.add(sandbox);
        return sandbox;
    }

    /** All processes ever started, in this order. */
    public List<Sandbox> sandboxes() {
        return List.copyOf(sandboxes);
    }

    /** All deliveries so far, in this order. */
    public List<Invocation> invocations() {
        return List.copyOf(invocations);
    }

    /** Kills every process; what runs ends as {@link Outcome.Died}, and the next event starts a new one. */
    public void killAll() {
        sandboxes.forEach(Sandbox::kill);
    }

    @Override
    public void close() {
        sandboxes.forEach(Sandbox::close);
    }
}
