package dev.reprise.task.aws.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.task.aws.protocol.WireRequest;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * Where a bucket of S3 is: at a host of its own where its name can be one, and below a path elsewhere.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html">AWS, Virtual hosting of
 *     buckets</a>
 */
final class S3Addresses {

    /** Names with dots could be hosts too, but no certificate holds for them. */
    private static final Pattern HOST = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");

    private S3Addresses() {}

    /** Whether the bucket of this request has a host of its own. */
    static boolean hasHost(JsonNode input, ServiceEndpoint endpoint) {
        return !endpoint.configured()
                && HOST.matcher(input.path("Bucket").asText()).matches();
    }

    static URI host(JsonNode input, URI service) {
        return URI.create(
                service.getScheme() + "://" + input.path("Bucket").asText() + "." + service.getRawAuthority());
    }

    /** The request without the bucket in its path. */
    static WireRequest atHost(JsonNode input, WireRequest request) {
        String path = request.path().substring(input.path("Bucket").asText().length() + 1);
        return request.at(path.isEmpty() ? "/" : path);
    }
}
