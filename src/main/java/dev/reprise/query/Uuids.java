package dev.reprise.query;

import java.util.UUID;
import java.util.random.RandomGenerator;

/** What {@code States.UUID} and {@code $uuid} draw. */
public final class Uuids {

    private Uuids() {}

    /** A UUID of version 4, variant 2. */
    public static UUID draw(RandomGenerator random) {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
