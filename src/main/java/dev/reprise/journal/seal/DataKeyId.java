package dev.reprise.journal.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.zip.CRC32C;

/**
 * Names a data key. Whoever writes on the same day, in UTC, under the same key of the user's, uses the same one.
 *
 * @param day days since 1970
 * @param keyArnSum CRC-32C of the ARN of the key that wraps it: another key makes another data key at once
 */
record DataKeyId(int day, int keyArnSum) {

    /** How long it is as bytes. */
    static final int BYTES = 8;

    static DataKeyId of(Instant now, String keyArn) {
        CRC32C sum = new CRC32C();
        sum.update(keyArn.getBytes(UTF_8));
        return new DataKeyId((int) LocalDate.ofInstant(now, ZoneOffset.UTC).toEpochDay(), (int) sum.getValue());
    }

    static DataKeyId read(ByteBuffer from) {
        return new DataKeyId(from.getInt(), from.getInt());
    }

    void write(ByteBuffer to) {
        to.putInt(day).putInt(keyArnSum);
    }

    /** Such as {@code 2026-11-29#0a1b2c3d}: in order of days. */
    @Override
    public String toString() {
        return LocalDate.ofEpochDay(day) + String.format("#%08x", keyArnSum);
    }
}
