package dev.reprise.simulation;

import dev.reprise.dataset.DataSetException;
import dev.reprise.dataset.ListedObject;
import dev.reprise.dataset.ObjectStore;
import dev.reprise.dataset.UnreachableDataException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A process' way to the objects. */
final class ObjectConnection implements ObjectStore {

    private final World world;
    private final SimulatedProcess process;

    ObjectConnection(World world, SimulatedProcess process) {
        this.world = world;
        this.process = process;
    }

    @Override
    public StoredObject get(String bucket, String key, @Nullable String version) {
        process.step();
        process.pause(world.weather.latency());
        if (world.weather.fault(world.scheduler.now()) != Weather.Fault.NONE) {
            if (version == null) {
                world.objects.outOfReach();
            }
            world.witness.saw(Occurrence.DATA_OUT_OF_REACH);
            throw new UnreachableDataException(key + " is out of reach", new IllegalStateException("simulated"));
        }
        String there = world.objects.version();
        if (there == null) {
            throw new DataSetException("There is no object " + key);
        }
        if (version != null && !version.equals(there)) {
            throw new DataSetException("The object has changed: " + key);
        }
        world.witness.saw(version == null ? Occurrence.DATA_READ : Occurrence.DATA_READ_AGAIN);
        return new StoredObject(
                there, new ByteArrayInputStream(world.objects.text().getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public Stream<ListedObject> list(String bucket, String prefix, String after) {
        throw new UnsupportedOperationException("No listings here");
    }

    @Override
    public void put(String bucket, String key, byte[] content) {
        throw new UnsupportedOperationException("No results are written here");
    }
}
