package dev.reprise.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store of objects does alike. */
public abstract class ObjectStoreContract {

    /** Without objects, but for those that a test puts into {@link #bucket()}. */
    protected abstract ObjectStore objects();

    /** One that exists. */
    protected abstract String bucket();

    @Test
    void givesBackWhatWasPut() throws IOException {
        put("in/a.csv", "one");

        assertThat(text("in/a.csv", null)).isEqualTo("one");
    }

    @Test
    void givesBackAnEmptyObject() throws IOException {
        put("empty", "");

        assertThat(text("empty", null)).isEmpty();
    }

    @Test
    void givesBackEveryByteOfALargeObject() throws IOException {
        byte[] content = new byte[9_000_000];
        new Random(1).nextBytes(content);
        objects().put(bucket(), "large", content);

        try (var stored = objects().get(bucket(), "large", null).content()) {
            assertThat(stored.readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void putsInPlaceOfWhatWasThere() throws IOException {
        put("a", "one");
        put("a", "two");

        assertThat(text("a", null)).isEqualTo("two");
        assertThat(keys("a")).containsExactly("a");
    }

    @Test
    void givesAnObjectOfAVersionWhileItIsTheSame() throws IOException {
        put("a", "one");
        String version = objects().get(bucket(), "a", null).version();
        put("a", "one");

        assertThat(text("a", version)).isEqualTo("one");
    }

    @Test
    void doesNotGiveAnObjectThatHasChanged() {
        put("a", "one");
        String version = objects().get(bucket(), "a", null).version();
        put("a", "two");

        assertThatThrownBy(() -> objects().get(bucket(), "a", version))
                .isInstanceOf(DataSetException.class)
                .hasMessageStartingWith("The object has changed")
                .hasMessageContaining("s3://" + bucket() + "/a");
    }

    @Test
    void listsTheObjectsUnderAPrefixInTheOrderOfTheirKeys() {
        put("b", "");
        put("a/2", "");
        put("a-1", "");
        put("a/1/x", "");

        assertThat(keys("")).containsExactly("a-1", "a/1/x", "a/2", "b");
        assertThat(keys("a/")).containsExactly("a/1/x", "a/2");
        assertThat(keys("a")).containsExactly("a-1", "a/1/x", "a/2");
        assertThat(keys("a/1")).containsExactly("a/1/x");
        assertThat(keys("none/")).isEmpty();
    }

    @Test
    void keysMayHoldWhatUrlsGiveAMeaning() throws IOException {
        List<String> odd = List.of("a b", "a%20b", "a+b", "a=1&b=2", "büro/straße", "q?#;:@");
        for (String key : odd) {
            put(key, "of " + key);
        }

        assertThat(keys("")).containsExactlyElementsOf(odd.stream().sorted().toList());
        for (String key : odd) {
            assertThat(text(key, null)).isEqualTo("of " + key);
            assertThat(objects().list(bucket(), key, "").map(ListedObject::key)).containsExactly(key);
        }
    }

    @Test
    void listsWhatStandsBehindAKeyThatNeedNotBeThere() {
        put("a/1", "");
        put("a/2", "");
        put("b", "");

        assertThat(objects().list(bucket(), "a/", "a/1").map(ListedObject::key)).containsExactly("a/2");
        assertThat(objects().list(bucket(), "", "a/11").map(ListedObject::key)).containsExactly("a/2", "b");
        assertThat(objects().list(bucket(), "", "c")).isEmpty();
    }

    @Test
    void listsAnObjectByTheTagOfItsContent() {
        put("a", "0HelloWorld!");

        ListedObject listed = objects().list(bucket(), "", "").findFirst().orElseThrow();

        assertThat(listed.etag()).isEqualTo("\"26c6f5d46cc21753686a70d9344a5b4a\"");
        assertThat(listed.size()).isEqualTo(12);
        assertThat(listed.storageClass()).isEqualTo("STANDARD");
        assertThat(objects().get(bucket(), "a", listed.etag()).version()).isEqualTo(listed.etag());
    }

    @Test
    void saysThatThereIsNoSuchKey() {
        put("b", "");

        assertThatThrownBy(() -> objects().get(bucket(), "a", null))
                .isInstanceOf(DataSetException.class)
                .hasMessageStartingWith("The specified key does not exist. (Service: S3, Status Code: 404")
                .hasMessageContaining("s3://" + bucket() + "/a");
    }

    @Test
    void saysThatThereIsNoSuchBucket() {
        assertThatThrownBy(() -> objects().get("nowhere", "a", null))
                .isInstanceOf(DataSetException.class)
                .hasMessageStartingWith("The specified bucket does not exist")
                .hasMessageContaining("(Service: S3, Status Code: 404")
                .hasMessageContaining("s3://nowhere/a");
        assertThatThrownBy(() -> objects().list("nowhere", "", "").toList())
                .isInstanceOf(DataSetException.class)
                .hasMessageContaining("s3://nowhere/");
    }

    protected final void put(String key, String content) {
        objects().put(bucket(), key, content.getBytes(StandardCharsets.UTF_8));
    }

    protected final String text(String key, @Nullable String version) throws IOException {
        try (var content = objects().get(bucket(), key, version).content()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    protected final List<String> keys(String prefix) {
        return objects().list(bucket(), prefix, "").map(ListedObject::key).toList();
    }
}
