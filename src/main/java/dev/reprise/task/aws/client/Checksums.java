package dev.reprise.task.aws.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.task.aws.model.Operation;
import dev.reprise.task.aws.protocol.WireRequest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * Checksums of bodies, for operations that want or take one: by the algorithm that the request names, else CRC-32, as
 * AWS's SDKs do.
 */
final class Checksums {

    private static final String ALGORITHM_HEADER = "x-amz-sdk-checksum-algorithm";

    private Checksums() {}

    /** The same request, with a checksum where one is due and none is given. */
    static WireRequest added(Operation operation, JsonNode input, WireRequest request) {
        if (isGiven(request) || request.body().length == 0) {
            return request;
        }
        String member = operation.checksumMember();
        if (member == null) {
            return operation.needsChecksum() ? request.with("Content-MD5", digest("MD5", request.body())) : request;
        }
        String named = input.path(member).asText("CRC32");
        String checksum = checksum(named, request.body());
        return checksum == null
                ? request
                : request.with(ALGORITHM_HEADER, named)
                        .with("x-amz-checksum-" + named.toLowerCase(Locale.ROOT), checksum);
    }

    private static boolean isGiven(WireRequest request) {
        return request.headers().keySet().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .anyMatch(name -> name.equals("content-md5")
                        || (name.startsWith("x-amz-checksum-") && !name.equals("x-amz-checksum-algorithm")));
    }

    /** Null for an algorithm that is not known here: the service says what it thinks of that. */
    private static @Nullable String checksum(String algorithm, byte[] body) {
        return switch (algorithm) {
            case "CRC32" -> sum(new CRC32(), body);
            case "CRC32C" -> sum(new CRC32C(), body);
            case "SHA1" -> digest("SHA-1", body);
            case "SHA256" -> digest("SHA-256", body);
            default -> null;
        };
    }

    private static String sum(Checksum checksum, byte[] body) {
        checksum.update(body, 0, body.length);
        return base64(ByteBuffer.allocate(Integer.BYTES)
                .putInt((int) checksum.getValue())
                .array());
    }

    private static String digest(String algorithm, byte[] body) {
        try {
            return base64(MessageDigest.getInstance(algorithm).digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has " + algorithm, e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
