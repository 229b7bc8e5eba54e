package dev.reprise.simulation;

import dev.reprise.testing.InMemoryStore;
import java.util.Map;
import java.util.Objects;

/** Everything there is in one simulation, around one execution and those that its tasks start. */
final class World {

    final Engine engine;
    /** By their workflows' names. */
    final Map<String, Machine> machines;

    /** The one that the client starts. */
    final Machine machine;

    final Dice dice;
    final Weather weather;
    final Scheduler scheduler;
    final Trace trace;
    final Witness witness = new Witness();
    final InMemoryStore items = new InMemoryStore();
    final WitnessedTable table;
    final SimulatedObjects objects;
    final Service service;
    final Throughput throughput;
    final SimulatedLambda lambda;
    final Sweeps sweeps;
    final Client client;

    World(Engine engine, Map<String, Machine> machines, Dice dice, boolean traced) {
        this.engine = engine;
        this.machines = machines;
        this.machine = machine(Machine.NAME);
        this.dice = dice;
        this.weather = new Weather(dice.split());
        this.scheduler = new Scheduler(dice.split());
        this.trace = new Trace(scheduler, traced);
        this.table = new WitnessedTable(this, engine.table(items));
        this.objects = new SimulatedObjects(dice.split());
        this.service = new Service(this);
        this.throughput = new Throughput(scheduler);
        this.lambda = new SimulatedLambda(this);
        this.sweeps = new Sweeps(this);
        this.client = new Client(this);
    }

    Machine machine(String workflow) {
        return Objects.requireNonNull(machines.get(workflow), workflow);
    }

    /** Whether something that one of the machines reads was not there, or was not what it had been. */
    boolean isDataDisturbed() {
        return objects.isDisturbed() && machines.values().stream().anyMatch(Machine::reads);
    }

    /** How long a task takes. */
    long taskMillis() {
        return switch (dice.between(0, 9)) {
            case 0, 1 -> 0;
            case 2 -> dice.magnitude(5_000, 60_000);
            default -> dice.magnitude(5, 5_000);
        };
    }
}
