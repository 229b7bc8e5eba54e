package dev.reprise.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder instead of S3. */
class FolderObjectsTest extends ObjectStoreContract {

    @TempDir
    Path outside;

    private FolderObjects objects;

    @BeforeEach
    void makeFolder() throws IOException {
        objects = new FolderObjects(outside.resolve("s3"));
        Files.writeString(outside.resolve("secret.txt"), "secret");
    }

    @Override
    protected ObjectStore objects() {
        return objects;
    }

    @Override
    protected String bucket() {
        return "data";
    }

    @Test
    void anObjectIsAFile() throws IOException {
        put("in/a.csv", "one");
        assertThat(outside.resolve("s3/data/in/a.csv")).hasContent("one");

        Files.writeString(outside.resolve("s3/data/in/b.csv"), "two");
        assertThat(text("in/b.csv", null)).isEqualTo("two");
    }

    @Test
    void aSymbolicLinkDoesNotLeadOutOfTheFolder() throws IOException {
        put("in/a.csv", "one");
        Path bucketFolder = outside.resolve("s3/data");
        Files.createSymbolicLink(bucketFolder.resolve("in/link.txt"), outside.resolve("secret.txt"));
        Files.createSymbolicLink(bucketFolder.resolve("up"), outside);
        Files.createSymbolicLink(bucketFolder.resolve("in/same.csv"), bucketFolder.resolve("in/a.csv"));

        assertThatThrownBy(() -> text("in/link.txt", null)).hasMessageContaining("by a symbolic link");
        assertThatThrownBy(() -> text("up/secret.txt", null)).hasMessageContaining("by a symbolic link");
        assertThatThrownBy(() -> put("up/new.txt", "out")).hasMessageContaining("by a symbolic link");
        assertThat(outside.resolve("new.txt")).doesNotExist();
        assertThat(objects.list("data", "in/", ""))
                .extracting(ListedObject::key)
                .containsExactly("in/a.csv", "in/same.csv");
        assertThat(text("in/same.csv", null)).as("a link within the folder").isEqualTo("one");
    }

    @Test
    void nothingUnfinishedIsLeft() {
        put("a", "one");

        assertThat(outside.resolve("s3/.unfinished")).isEmptyDirectory();
    }

    @Test
    void keysAreOrderedByTheirBytes() {
        put("\uFF5E", "");
        put("\uD83D\uDE00", "");

        assertThat(keys("")).containsExactly("\uFF5E", "\uD83D\uDE00");
    }

    @Test
    void anObjectWasModifiedWhenItsFileWas() throws IOException {
        put("a", "");
        Instant changed = Instant.parse("2026-11-20T12:00:00Z");
        Files.setLastModifiedTime(outside.resolve("s3/data/a"), FileTime.from(changed));

        assertThat(objects.list("data", "", ""))
                .extracting(ListedObject::lastModified)
                .containsExactly(changed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret.txt",
                "a/../../../secret.txt",
                "/etc/hostname",
                "./a",
                "a//b",
                "a/",
                "",
                "a\\b",
                "..",
                "a\0b"
            })
    void refusesAKeyThatIsNoPlainPath(String key) {
        put("a/b", "");

        assertThatThrownBy(() -> objects.get("data", key, null)).isInstanceOf(DataSetException.class);
        assertThatThrownBy(() -> objects.put("data", key, new byte[0])).isInstanceOf(DataSetException.class);
        assertThat(outside.resolve("secret.txt")).hasContent("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../s3", "a/b", "", "Data", ".unfinished", "a..b", "x"})
    void refusesWhatCannotBeABucket(String bucket) {
        assertThatThrownBy(() -> objects.put(bucket, "a", new byte[0]))
                .isInstanceOf(DataSetException.class)
                .hasMessageContaining("The specified bucket is not valid.");
        assertThatThrownBy(() -> objects.list(bucket, "", "")).isInstanceOf(DataSetException.class);
    }

    @Test
    void refusesAPrefixThatLeadsOutside() {
        put("a", "");

        assertThatThrownBy(() -> objects.list("data", "../other/", "")).isInstanceOf(DataSetException.class);
    }
}
