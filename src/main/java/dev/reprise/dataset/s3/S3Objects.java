package dev.reprise.dataset.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.dataset.DataSetException;
import dev.reprise.dataset.ListedObject;
import dev.reprise.dataset.ObjectStore;
import dev.reprise.dataset.s3.ContentInParts.Part;
import dev.reprise.task.aws.client.AwsCall;
import dev.reprise.task.aws.client.AwsClient;
import dev.reprise.task.aws.client.ServiceRefusedException;
import dev.reprise.task.aws.client.UnreachableServiceException;
import dev.reprise.task.aws.protocol.InvalidRequestException;
import dev.reprise.task.aws.protocol.WireAnswer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Objects in Amazon S3. Each request is tried again as the client does. */
public final class S3Objects implements ObjectStore {

    /** So much of an object is fetched at once, in bytes: enough that the way counts little, and little to hold. */
    public static final int PART_BYTES = 4 << 20;

    private static final int NO_SUCH_RANGE = 416;

    private static final int PART = 206;

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+)");

    private final Supplier<AwsClient> client;
    /** The account that must own the buckets; null for any. */
    private final @Nullable String owner;

    /** @param client gives the same client at each call; asked for only when there is something to do */
    public S3Objects(Supplier<AwsClient> client) {
        this(client, null);
    }

    private S3Objects(Supplier<AwsClient> client, @Nullable String owner) {
        this.client = client;
        this.owner = owner;
    }

    @Override
    public ObjectStore ownedBy(String account) {
        return new S3Objects(client, account);
    }

    @Override
    public StoredObject get(String bucket, String key, @Nullable String version) {
        S3Place place = new S3Place(bucket, key);
        WireAnswer found = first(place, version);
        String known = version(place, found);
        return new StoredObject(
                known,
                new ContentInParts(part(place, found, 0), from -> part(place, further(place, known, from), from)));
    }

    /** In a bucket whose versions are suspended, new objects have the version id {@code null}, one after the other. */
    private static String version(S3Place place, WireAnswer found) {
        String id = found.header("x-amz-version-id");
        String version = id == null || id.equals("null") ? found.header("ETag") : id;
        if (version == null) {
            throw new DataSetException("S3 names neither version nor entity tag of " + place);
        }
        return version;
    }

    /** An empty object has no first part. */
    private WireAnswer first(S3Place place, @Nullable String version) {
        return ask(place, () -> {
            try {
                return exchange("getObject", get(place, version, 0));
            } catch (ServiceRefusedException e) {
                if (e.status() == NO_SUCH_RANGE) {
                    return exchange("getObject", get(place, version));
                }
                throw e;
            }
        });
    }

    private ObjectNode get(S3Place place, @Nullable String version, long from) {
        return get(place, version).put("Range", "bytes=" + from + "-" + (from + PART_BYTES - 1));
    }

    private ObjectNode get(S3Place place, @Nullable String version) {
        ObjectNode request = request(place);
        if (version != null) {
            request.put(version.startsWith("\"") ? "IfMatch" : "VersionId", version);
        }
        return request;
    }

    private WireAnswer further(S3Place place, String version, long from) {
        return ask(place, () -> exchange("getObject", get(place, version, from)));
    }

    /** @throws DataSetException when the answer is no such part: what stands in for S3 may know no ranges */
    private static Part part(S3Place place, WireAnswer answer, long from) {
        if (answer.status() != PART && from == 0) {
            return new Part(answer.body(), answer.body().length);
        }
        String range = Objects.requireNonNullElse(answer.header("Content-Range"), "");
        Matcher read = CONTENT_RANGE.matcher(range);
        if (!read.matches() || Long.parseLong(read.group(1)) != from || answer.body().length == 0) {
            throw new DataSetException(
                    "S3 was asked for " + place + " from byte " + from + " on, and answered with '" + range + "'");
        }
        return new Part(answer.body(), Long.parseLong(read.group(2)));
    }

    @Override
    public Stream<ListedObject> list(String bucket, String prefix, String after) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("Bucket", bucket).put("Prefix", prefix);
        // XML has no form for some of the characters that a key may have.
        request.put("EncodingType", "url");
        if (!after.isEmpty()) {
            request.put("StartAfter", after);
        }
        S3Place place = new S3Place(bucket, prefix);
        JsonNode first = page(place, owned(request));
        return Stream.iterate(first, Objects::nonNull, page -> next(place, request, page))
                .flatMap(S3Objects::listed);
    }

    /** Null after the last one. */
    private @Nullable JsonNode next(S3Place place, ObjectNode request, JsonNode page) {
        String token = page.path("NextContinuationToken").textValue();
        if (!page.path("IsTruncated").booleanValue() || token == null) {
            return null;
        }
        return page(place, request.put("ContinuationToken", token));
    }

    private JsonNode page(S3Place place, ObjectNode request) {
        return ask(
                place,
                () -> client.get()
                        .call(AwsCall.of("s3", "listObjectsV2", request))
                        .output());
    }

    private static Stream<ListedObject> listed(JsonNode page) {
        boolean encoded = page.path("EncodingType").asText().equals("url");
        return StreamSupport.stream(page.path("Contents").spliterator(), false).map(object -> listed(object, encoded));
    }

    private static ListedObject listed(JsonNode object, boolean encoded) {
        String key = object.path("Key").asText();
        return new ListedObject(
                encoded ? URLDecoder.decode(key, StandardCharsets.UTF_8) : key,
                object.path("Size").longValue(),
                object.path("ETag").asText(),
                Instant.parse(object.path("LastModified").asText()),
                object.path("StorageClass").asText("STANDARD"));
    }

    @Override
    public void put(String bucket, String key, byte[] content) {
        S3Place place = new S3Place(bucket, key);
        ObjectNode request = request(place).put("Body", content);
        ask(place, () -> exchange("putObject", request));
    }

    private ObjectNode request(S3Place place) {
        return owned(JsonNodeFactory.instance
                .objectNode()
                .put("Bucket", place.bucket())
                .put("Key", place.key()));
    }

    private ObjectNode owned(ObjectNode request) {
        return owner == null ? request : request.put("ExpectedBucketOwner", owner);
    }

    private WireAnswer exchange(String action, ObjectNode request) {
        return client.get().exchange(AwsCall.of("s3", action, request));
    }

    private static <T> T ask(S3Place place, Supplier<T> request) {
        try {
            return request.get();
        } catch (ServiceRefusedException e) {
            throw place.failed(e);
        } catch (UnreachableServiceException e) {
            throw place.failed(e);
        } catch (InvalidRequestException e) {
            throw new DataSetException("S3 cannot be asked for " + place + ": " + e.getMessage(), e);
        }
    }
}
