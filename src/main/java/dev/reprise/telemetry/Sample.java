package dev.reprise.telemetry;

import java.util.ArrayList;
import java.util.List;

/**
 * At most {@value #MOST} of many values, evenly spread: each of the first hundred, then every second, every fourth. The
 * embedded metric format takes no more in one line.
 */
final class Sample {

    static final int MOST = 100;

    private final List<Long> values = new ArrayList<>();
    private long seen;
    private long stride = 1;

    void add(long value) {
        if (seen++ % stride != 0) {
            return;
        }
        if (values.size() == MOST) {
            for (int kept = 1; kept < MOST / 2; kept++) {
                values.set(kept, values.get(2 * kept));
            }
            values.subList(MOST / 2, MOST).clear();
            stride *= 2;
        }
        values.add(value);
    }

    List<Long> values() {
        return values;
    }
}
