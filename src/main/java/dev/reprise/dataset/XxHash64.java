package dev.reprise.dataset;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * XXH64 with the seed 0, over bytes that come in parts.
 *
 * @see <a href="https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md">xxHash, the algorithm</a>
 */
final class XxHash64 {

    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;
    private static final int STRIPE = 32;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** The first is the sum of the first two primes. */
    private final long[] lanes = {0x60EA27EEADC0B5D6L, P2, 0, -P1};

    private final byte[] rest = new byte[STRIPE];
    private int inRest;
    private long total;

    void update(byte[] bytes, int from, int length) {
        int at = from;
        int end = from + length;
        total += length;
        if (inRest > 0) {
            int taken = Math.min(STRIPE - inRest, length);
            System.arraycopy(bytes, at, rest, inRest, taken);
            inRest += taken;
            at += taken;
            if (inRest < STRIPE) {
                return;
            }
            stripe(rest, 0);
            inRest = 0;
        }
        for (; end - at >= STRIPE; at += STRIPE) {
            stripe(bytes, at);
        }
        System.arraycopy(bytes, at, rest, 0, end - at);
        inRest = end - at;
    }

    private void stripe(byte[] bytes, int at) {
        for (int i = 0; i < 4; i++) {
            lanes[i] = round(lanes[i], (long) LONG.get(bytes, at + 8 * i));
        }
    }

    private static long round(long lane, long input) {
        return Long.rotateLeft(lane + input * P2, 31) * P1;
    }

    /** The hash of all bytes so far. */
    long hash() {
        long hash = P5;
        if (total >= STRIPE) {
            hash = Long.rotateLeft(lanes[0], 1)
                    + Long.rotateLeft(lanes[1], 7)
                    + Long.rotateLeft(lanes[2], 12)
                    + Long.rotateLeft(lanes[3], 18);
            for (long lane : lanes) {
                hash = (hash ^ round(0, lane)) * P1 + P4;
            }
        }
        hash += total;
        int at = 0;
        for (; inRest - at >= 8; at += 8) {
            hash = Long.rotateLeft(hash ^ round(0, (long) LONG.get(rest, at)), 27) * P1 + P4;
        }
        if (inRest - at >= 4) {
            hash = Long.rotateLeft(hash ^ ((int) INT.get(rest, at) & 0xffffffffL) * P1, 23) * P2 + P3;
            at += 4;
        }
        for (; at < inRest; at++) {
            hash = Long.rotateLeft(hash ^ (rest[at] & 0xff) * P5, 11) * P1;
        }
        hash = (hash ^ (hash >>> 33)) * P2;
        hash = (hash ^ (hash >>> 29)) * P3;
        return hash ^ (hash >>> 32);
    }
}
