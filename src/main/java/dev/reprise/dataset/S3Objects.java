package dev.reprise.dataset;

import java.io.ByteArrayInputStream;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects in Amazon S3. Requests are tried again as the client is configured to; a content whose connection is lost is
 * read on from where it was.
 */
public final class S3Objects implements ObjectStore {

    private static final String BYTES = "application/octet-stream";

    private final Supplier<S3Client> client;
    /** The account that must own the buckets; null for any. */
    private final @Nullable String owner;

    /** @param client gives the same client at each call; asked for only when there is something to do */
    public S3Objects(Supplier<S3Client> client) {
        this(client, null);
    }

    private S3Objects(Supplier<S3Client> client, @Nullable String owner) {
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
        ResponseInputStream<GetObjectResponse> content = open(place, version, 0);
        GetObjectResponse found = content.response();
        String known = isVersionId(found.versionId()) ? found.versionId() : found.eTag();
        return new StoredObject(known, new ResumedContent(content, position -> open(place, known, position)));
    }

    /** In a bucket whose versions are suspended, new objects have the version id {@code null}, one after the other. */
    private static boolean isVersionId(@Nullable String version) {
        return version != null && !version.equals("null");
    }

    private ResponseInputStream<GetObjectResponse> open(S3Place place, @Nullable String version, long position) {
        GetObjectRequest.Builder request = GetObjectRequest.builder()
                .bucket(place.bucket())
                .key(place.key())
                .expectedBucketOwner(owner);
        if (version != null && version.startsWith("\"")) {
            request.ifMatch(version);
        } else {
            request.versionId(version);
        }
        if (position > 0) {
            request.range("bytes=" + position + "-");
        }
        return call(place, () -> client.get().getObject(request.build()));
    }

    @Override
    public Stream<ListedObject> list(String bucket, String prefix, String after) {
        S3Place place = new S3Place(bucket, prefix);
        ListObjectsV2Request request = ListObjectsV2Request.builder()
                .bucket(bucket)
                .prefix(prefix)
                .startAfter(after.isEmpty() ? null : after)
                .expectedBucketOwner(owner)
                .build();
        Iterator<S3Object> objects = call(
                place,
                () -> client.get().listObjectsV2Paginator(request).contents().iterator());
        return StreamSupport.stream(
                new Spliterators.AbstractSpliterator<>(Long.MAX_VALUE, Spliterator.ORDERED) {
                    @Override
                    public boolean tryAdvance(Consumer<? super ListedObject> action) {
                        // Each step may ask S3 for another page.
                        boolean more = call(place, objects::hasNext);
                        if (more) {
                            action.accept(listed(objects.next()));
                        }
                        return more;
                    }
                },
                false);
    }

    private static ListedObject listed(S3Object object) {
        return new ListedObject(
                object.key(),
                object.size(),
                object.eTag(),
                object.lastModified(),
                object.storageClass() == null ? "STANDARD" : object.storageClassAsString());
    }

    @Override
    public void put(String bucket, String key, byte[] content) {
        PutObjectRequest request =
                PutObjectRequest.builder().bucket(bucket).key(key).build();
        RequestBody body =
                RequestBody.fromContentProvider(() -> new ByteArrayInputStream(content), content.length, BYTES);
        call(new S3Place(bucket, key), () -> client.get().putObject(request, body));
    }

    private static <T> T call(S3Place place, Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException e) {
            throw place.failed(e);
        }
    }
}
