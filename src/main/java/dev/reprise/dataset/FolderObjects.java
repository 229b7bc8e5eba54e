package dev.reprise.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder that stands in for S3 on one machine: {@code FOLDER/BUCKET/KEY}. A bucket begins to exist when something is
 * put into it. Entity tags are what S3 gives for objects that were put whole: the content's MD5.
 */
public final class FolderObjects implements ObjectStore {

    private static final Comparator<String> KEY_ORDER =
            Comparator.comparing(FolderObjects::utf8, Arrays::compareUnsigned);

    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    /** Parts that a path may have, and a key of a file may not. */
    private static final Set<String> NOT_PLAIN = Set.of("", ".", "..");

    /** Where files are written before they are moved into place. No bucket can have this name. */
    private static final String UNFINISHED = ".unfinished";

    private final Path folder;

    /** @param folder where the buckets are; it need not exist yet */
    public FolderObjects(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public StoredObject get(String bucket, String key, @Nullable String version) {
        Path file = file(existing(bucket, key), key);
        if (!Files.isRegularFile(file)) {
            throw new DataSetException("The specified key does not exist. (Service: S3, Status Code: 404): s3://"
                    + bucket + "/" + key + " (there is no file " + file + ")");
        }
        try {
            String found = entityTag(file);
            if (version != null && !version.equals(found)) {
                throw new DataSetException("The object has changed: its entity tag is " + found + " and was " + version
                        + ": s3://" + bucket + "/" + key + " (" + file + ")");
            }
            return new StoredObject(found, Files.newInputStream(file));
        } catch (IOException e) {
            throw cannot("read", file, e);
        }
    }

    @Override
    public Stream<ListedObject> list(String bucket, String prefix, String after) {
        Path root = existing(bucket, prefix);
        int below = prefix.lastIndexOf('/');
        Path start = below < 0 ? root : inside(root, prefix.substring(0, below));
        if (!Files.isDirectory(start)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(start)) {
            List<String> keys = files.filter(file -> Files.isRegularFile(file) && !leadsOut(file))
                    .map(file -> key(root, file))
                    .filter(key -> key.startsWith(prefix) && KEY_ORDER.compare(key, after) > 0)
                    .sorted(KEY_ORDER)
                    .toList();
            return keys.stream().map(key -> listed(root, key));
        } catch (IOException e) {
            throw cannot("list", start, e);
        }
    }

    private static String key(Path root, Path file) {
        return root.relativize(file).toString().replace(root.getFileSystem().getSeparator(), "/");
    }

    private static byte[] utf8(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    private static ListedObject listed(Path root, String key) {
        Path file = root.resolve(key);
        try {
            return new ListedObject(
                    key,
                    Files.size(file),
                    entityTag(file),
                    Files.getLastModifiedTime(file).toInstant(),
                    "STANDARD");
        } catch (IOException e) {
            throw cannot("read", file, e);
        }
    }

    @Override
    public void put(String bucket, String key, byte[] content) {
        Path file = file(bucket(bucket), key);
        try {
            Path parent = file.getParent();
            Files.createDirectories(parent);
            Path unfinished = Files.createDirectories(folder.resolve(UNFINISHED));
            Path written = Files.createTempFile(unfinished, null, null);
            Files.write(written, content);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw cannot("write", file, e);
        }
    }

    private Path existing(String bucket, String key) {
        Path root = bucket(bucket);
        if (!Files.isDirectory(root)) {
            throw new DataSetException("The specified bucket does not exist (Service: S3, Status Code: 404): s3://"
                    + bucket + "/" + key + " (there is no folder " + root + ")");
        }
        return root;
    }

    private Path bucket(String bucket) {
        if (!BUCKET.matcher(bucket).matches() || bucket.contains("..")) {
            throw new DataSetException("The specified bucket is not valid. (Service: S3, Status Code: 400): '" + bucket
                    + "' (3 to 63 small letters, digits, dots and hyphens)");
        }
        return folder.resolve(bucket);
    }

    /** The key's file. A key that is no plain relative path has none: it could stand for a file outside the bucket. */
    private Path file(Path root, String key) {
        if (key.isEmpty() || key.endsWith("/")) {
            throw notAFile(root, key);
        }
        return inside(root, key);
    }

    private Path inside(Path root, String key) {
        boolean plain = Stream.of(key.split("/")).noneMatch(NOT_PLAIN::contains) && key.indexOf('\\') < 0;
        try {
            Path file = root.resolve(key);
            if (plain && file.startsWith(root) && file.normalize().equals(file)) {
                if (leadsOut(file)) {
                    throw new DataSetException(file + " leads out of " + folder + ", by a symbolic link");
                }
                return file;
            }
        } catch (InvalidPathException e) {
            throw new DataSetException(notAFile(root, key).getMessage() + ": " + e.getReason(), e);
        }
        throw notAFile(root, key);
    }

    /** Whether a symbolic link on the way to a file, which need not exist, leads to somewhere else. */
    private boolean leadsOut(Path file) {
        Path there = file;
        while (there != null && !Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
            there = there.getParent();
        }
        try {
            return there != null
                    && there.startsWith(folder)
                    && !there.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            // A link to nowhere.
            return true;
        }
    }

    private static DataSetException notAFile(Path root, String key) {
        return new DataSetException("'" + key + "' cannot be the key of a file in " + root
                + ": names with a / between them are expected, none of them empty, '.' or '..'");
    }

    private static String entityTag(Path file) throws IOException {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            try (InputStream content = new DigestInputStream(Files.newInputStream(file), md5)) {
                content.transferTo(OutputStream.nullOutputStream());
            }
            return '"' + HexFormat.of().formatHex(md5.digest()) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5", e);
        }
    }

    private static DataSetException cannot(String what, Path file, IOException e) {
        return new DataSetException("Cannot " + what + " " + file + ": " + e, e);
    }
}
