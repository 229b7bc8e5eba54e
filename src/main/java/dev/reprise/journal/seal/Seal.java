package dev.reprise.journal.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reprise.journal.codec.Body;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Bodies as bytes that say nothing to whoever lacks the data key: AES-256 in Galois/Counter Mode (NIST SP 800-38D). The
 * bytes are a version, the data key's name, a nonce, and what was encrypted with its tag. The tag is over the item's
 * place too, so that nothing can be put where it was not written.
 *
 * <p>Each partition of the table has a key of its own, derived from the data key by HMAC-SHA-256 as HKDF's expansion
 * does it (RFC 5869): random nonces repeat for no key before some four billion items of one execution and day.
 */
final class Seal {

    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int HEADER_BYTES = 1 + DataKeyId.BYTES + NONCE_BYTES;

    private static final byte TEXT = 0;
    private static final byte DEFLATED = 1;

    private Seal() {}

    /** An item's place: what its seal holds for. */
    record Place(String partition, String item) {}

    /** Encrypts a body, with a nonce that is drawn for it. */
    static Body close(Body body, DataKeys.Named dataKey, Place place, SecureRandom random) {
        byte[] plain = plain(body);
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        ByteBuffer sealed = ByteBuffer.allocate(HEADER_BYTES + plain.length + TAG_BYTES);
        sealed.put(VERSION);
        dataKey.id().write(sealed);
        sealed.put(nonce);
        try {
            cipher(Cipher.ENCRYPT_MODE, dataKey.key(), nonce, sealed, place).doFinal(ByteBuffer.wrap(plain), sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has AES in Galois/Counter Mode, and HMAC-SHA-256", e);
        }
        return Body.sealed(sealed.array());
    }

    /** As long as {@link #close} makes it, with nothing in it. */
    static Body blank(Body body) {
        return Body.sealed(new byte[HEADER_BYTES + plain(body).length + TAG_BYTES]);
    }

    private static byte[] plain(Body body) {
        String text = body.text();
        if (text != null) {
            byte[] utf8 = text.getBytes(UTF_8);
            return ByteBuffer.allocate(1 + utf8.length).put(TEXT).put(utf8).array();
        }
        byte[] deflated = java.util.Objects.requireNonNull(body.deflated());
        return ByteBuffer.allocate(1 + Integer.BYTES + deflated.length)
                .put(DEFLATED)
                .putInt(body.length())
                .put(deflated)
                .array();
    }

    /**
     * Which data key opens it.
     *
     * @throws BrokenSealException when it does not begin as a sealed body does
     */
    static DataKeyId keyOf(byte[] sealed) throws BrokenSealException {
        if (sealed.length < HEADER_BYTES + 1 + TAG_BYTES) {
            throw new BrokenSealException("it is cut short", null);
        }
        if (sealed[0] != VERSION) {
            throw new BrokenSealException(
                    "it is sealed in form " + sealed[0] + ", this version of Reprise knows " + VERSION, null);
        }
        return DataKeyId.read(ByteBuffer.wrap(sealed, 1, DataKeyId.BYTES));
    }

    /**
     * Decrypts what {@link #close} made.
     *
     * @param sealed of which {@link #keyOf} gave the key
     * @throws BrokenSealException when it is not as it was written, or was written to another place
     */
    static Body open(byte[] sealed, SecretKey dataKey, Place place) throws BrokenSealException {
        ByteBuffer bytes = ByteBuffer.wrap(sealed).position(1 + DataKeyId.BYTES);
        byte[] nonce = new byte[NONCE_BYTES];
        bytes.get(nonce);
        try {
            byte[] plain = cipher(Cipher.DECRYPT_MODE, dataKey, nonce, bytes, place)
                    .doFinal(sealed, HEADER_BYTES, sealed.length - HEADER_BYTES);
            return body(ByteBuffer.wrap(plain));
        } catch (GeneralSecurityException | BufferUnderflowException e) {
            throw new BrokenSealException("its seal is broken: it was altered, or written to another place", e);
        }
    }

    private static Body body(ByteBuffer plain) throws BrokenSealException {
        byte form = plain.get();
        return switch (form) {
            case TEXT -> Body.text(UTF_8.decode(plain).toString());
            case DEFLATED -> {
                int length = plain.getInt();
                byte[] deflated = new byte[plain.remaining()];
                plain.get(deflated);
                yield Body.deflated(deflated, length);
            }
            default -> throw new BrokenSealException("what is sealed has the unknown form " + form, null);
        };
    }

    /** @param header at its end; what stands before is under the tag */
    private static Cipher cipher(int mode, SecretKey dataKey, byte[] nonce, ByteBuffer header, Place place)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        SecretKeySpec key = new SecretKeySpec(derived(dataKey, place.partition()), "AES");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(header.duplicate().flip());
        cipher.updateAAD(place.item().getBytes(UTF_8));
        return cipher;
    }

    private static byte[] derived(SecretKey dataKey, String partition) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(dataKey);
        mac.update("reprise journal ".getBytes(UTF_8));
        mac.update(partition.getBytes(UTF_8));
        mac.update((byte) 1);
        return mac.doFinal();
    }

    /** Bytes that are not what was sealed. */
    static final class BrokenSealException extends Exception {

        private static final long serialVersionUID = 1L;

        BrokenSealException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
