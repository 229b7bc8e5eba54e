package dev.reprise.journal;

import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.ForwardingStore;
import dev.reprise.journal.store.TransientStoreException;
import dev.reprise.journal.store.UnitMeter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** A store whose requests go wrong as a test says, counted from 1 for each kind of request. */
class FaultyStore extends ForwardingStore {

    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, Fault> faults = new HashMap<>();

    private final Map<Integer, Runnable> interruptions = new HashMap<>();

    private enum Fault {
        /** The request is turned away. */
        FAILS,
        /** It is carried out, and its answer does not arrive. */
        ANSWER_LOST
    }

    FaultyStore(ExecutionStore store) {
        super(store);
    }

    FaultyStore failing(String request, int time) {
        faults.put(request + time, Fault.FAILS);
        return this;
    }

    FaultyStore losingAnswer(String request, int time) {
        faults.put(request + time, Fault.ANSWER_LOST);
        return this;
    }

    /** How many there were. */
    int requests() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    int requests(String request) {
        return counts.getOrDefault(request, 0);
    }

    /** Runs {@code interruption} just before request number {@code time} of any kind. */
    FaultyStore before(int time, Runnable interruption) {
        interruptions.put(time, interruption);
        return this;
    }

    @Override
    protected <T> T request(String name, UnitMeter meter, Supplier<T> request) {
        Runnable interruption = interruptions.remove(requests() + 1);
        if (interruption != null) {
            interruption.run();
        }
        int time = counts.merge(name, 1, Integer::sum);
        Fault fault = faults.get(name + time);
        if (fault == Fault.FAILS) {
            throw new TransientStoreException(name + " failed", null);
        }
        T answer = request.get();
        if (fault == Fault.ANSWER_LOST) {
            throw new TransientStoreException("the answer to " + name + " was lost", null);
        }
        return answer;
    }
}
