package dev.reprise.simulation;

import dev.reprise.core.InterpreterLimits;
import dev.reprise.journal.Journals;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.RetryingStore;
import dev.reprise.operations.Executions;
import dev.reprise.operations.SweepSettings;
import dev.reprise.operations.Sweeper;
import dev.reprise.operations.TaskCallbacks;
import dev.reprise.runtime.MapData;
import dev.reprise.runtime.RunnerSettings;
import dev.reprise.runtime.Time;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A process of the function, as Lambda keeps it: its own clock, one invocation at a time, and nothing that happens in
 * it between two.
 */
final class SimulatedProcess implements Time, RetryingStore.Sleeper {

    /** When every simulation begins. */
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    /** Far more than there is reason for while no time passes. */
    private static final int MOST_LOOKS = 50_000;

    /** As many transitions without a fact as no drawn machine makes but one that never ends. */
    static final InterpreterLimits LIMITS = new InterpreterLimits(
            InterpreterLimits.DEFAULT.payloadBytes(),
            InterpreterLimits.DEFAULT.sliceTransitions(),
            InterpreterLimits.DEFAULT.sliceFuel(),
            10_000);

    private final World world;
    private final long skew;

    /** What came while its invocation was busy, such as the answers of tasks. */
    private final Deque<Runnable> arrivals = new ArrayDeque<>();

    private final Executions executions;
    private final Sweeper sweeper;
    private final TaskCallbacks callbacks;

    private @Nullable SimulatedInvocation invocation;
    private long looks;
    private boolean listening;
    private boolean receiving;

    SimulatedProcess(World world) {
        this.world = world;
        this.skew = world.weather.skew();
        RandomGenerator random = world.dice.split().generator();
        ExecutionStore store = world.engine.store(new RetryingStore(new Connection(world, this), this, random));
        Journals journals = new Journals(store, this, random);
        SimulatedWakeUps wakeUps = new SimulatedWakeUps(world, this);
        this.sweeper = new Sweeper(journals, wakeUps, SweepSettings.DEFAULT, this);
        this.callbacks = new TaskCallbacks(journals, wakeUps, this);
        this.executions = world.engine.executions(
                new SimulatedWorkflows(world.machines),
                journals,
                new TaskRunners(world.engine.tasks(new SimulatedTasks(world, this))),
                new MapData(world.engine.objects(new ObjectConnection(world, this)), new TaskThreads(Runnable::run)),
                wakeUps,
                world.engine.limits(limits(world.weather)),
                world.engine.settings(settings(world.weather)),
                this);
    }

    private static InterpreterLimits limits(Weather weather) {
        return new InterpreterLimits(
                LIMITS.payloadBytes(),
                weather.sliceTransitions(),
                weather.sliceFuel(),
                LIMITS.transitionsWithoutFact());
    }

    private static RunnerSettings settings(Weather weather) {
        RunnerSettings usual = RunnerSettings.DEFAULT;
        return new RunnerSettings(
                weather.maxTasksInFlight(),
                usual.waitInProcess(),
                usual.inboxPoll(),
                usual.admissionMargin(),
                usual.suspendMargin(),
                usual.maxFruitlessResumes());
    }

    Executions executions() {
        return executions;
    }

    Sweeper sweeper() {
        return sweeper;
    }

    TaskCallbacks callbacks() {
        return callbacks;
    }

    /** Its invocation; there is one under way. */
    SimulatedInvocation invocation() {
        if (invocation == null) {
            throw new IllegalStateException("Nothing of an execution runs on once its invocation has returned");
        }
        return invocation;
    }

    void begin(SimulatedInvocation begun) {
        invocation = begun;
    }

    void end() {
        invocation = null;
    }

    boolean isIdle() {
        return invocation == null;
    }

    /** When a clock that is right shows that. */
    static long timeOf(Instant shown) {
        return Duration.between(START, shown).toMillis();
    }

    /** What its clock shows at a time of the scheduler. */
    Instant clockAt(long time) {
        return START.plusMillis(time + skew);
    }

    @Override
    public Instant instant() {
        if (++looks > MOST_LOOKS) {
            throw new IllegalStateException("it looks at the clock again and again, and does not wait");
        }
        long pause = invocation == null || receiving ? 0 : world.weather.pause() + invocation.coldness;
        if (pause > 0) {
            pause(pause);
        }
        return clockAt(world.scheduler.now());
    }

    /** A moment between two steps: one at which an invocation may die, or be frozen for long. */
    void step() {
        SimulatedInvocation now = invocation();
        if (now.actor.dead) {
            // Somebody has caught the crash and goes on, which the dead do not.
            throw new Crash();
        }
        if (now.diesNow()) {
            world.witness.saw(Occurrence.CRASH);
            now.actor.dead = true;
            throw new Crash();
        }
        if (now.freezesNow()) {
            world.witness.saw(Occurrence.FREEZE);
            world.trace.note(now.name, () -> "is frozen");
            pause(Math.max(now.deadline - world.scheduler.now(), 0) + world.weather.overrun());
            world.trace.note(now.name, () -> "thaws");
        }
    }

    /** Lets time pass. */
    void pause(long millis) {
        looks = 0;
        world.scheduler.waitUntil(world.scheduler.now() + millis);
        receive();
    }

    @Override
    public void sleep(Duration duration) {
        pause(duration.toMillis());
    }

    @Override
    public long await(Condition news, long nanos) {
        long from = world.scheduler.now();
        if (arrivals.isEmpty()) {
            looks = 0;
            listening = true;
            world.scheduler.waitUntil(from + Math.ceilDiv(nanos, 1_000_000L));
            listening = false;
        }
        receive();
        return nanos - (world.scheduler.now() - from) * 1_000_000;
    }

    private void receive() {
        receiving = true;
        for (Runnable arrival = arrivals.poll(); arrival != null; arrival = arrivals.poll()) {
            arrival.run();
        }
        receiving = false;
    }

    /** Something comes about after a while, and is noticed when the process next has the time. */
    void later(long millis, Runnable arrival) {
        world.scheduler.at(world.scheduler.now() + millis, () -> {
            arrivals.add(arrival);
            if (listening && invocation != null) {
                world.scheduler.wake(invocation.actor);
            }
        });
    }
}
