package dev.reprise.nativetests.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * An unpacked deployment package, {@code LAMBDA_TASK_ROOT}. One with a file {@code bootstrap} brings its own runtime,
 * which is started; any other is a Java function, which AWS's runtime interface client starts as it does in Lambda's
 * managed runtime.
 *
 * @param taskRoot the folder that the package was unpacked to
 * @param runtimeInterfaceClient the folder with the jars of Lambda's Java runtime
 */
public record FunctionPackage(Path taskRoot, Path runtimeInterfaceClient) {

    /** The system property by which the client is told of its native library. */
    private static final String NATIVE_LIBRARY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    private static final String MAIN_CLASS = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    /**
     * Unpacks a deployment package.
     *
     * @param zip the package
     * @param taskRoot where to; what lies there already stays, unless the package has a file of that name
     * @param runtimeInterfaceClient the folder with the jars of Lambda's Java runtime
     */
    public static FunctionPackage unpack(Path zip, Path taskRoot, Path runtimeInterfaceClient) {
        if (!Files.isRegularFile(zip)) {
            throw new IllegalStateException(zip + ": no such file; `./mvnw package` in the root project builds it");
        }
        Path root = taskRoot.toAbsolutePath().normalize();
        try (InputStream file = Files.newInputStream(zip);
                ZipInputStream entries = new ZipInputStream(file)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path target = root.resolve(entry.getName()).normalize();
                if (!target.startsWith(root)) {
                    throw new IllegalStateException(zip + ": entry " + entry.getName() + " leaves the folder");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(entries, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack " + zip + " to " + root, e);
        }
        var unpacked = new FunctionPackage(root, runtimeInterfaceClient.toAbsolutePath());
        // java.util.zip does not read the permissions that a zip file records.
        if (unpacked.hasBootstrap() && !unpacked.bootstrap().toFile().setExecutable(true)) {
            throw new IllegalStateException("cannot make " + unpacked.bootstrap() + " executable");
        }
        return unpacked;
    }

    /** Whether the package brings its own runtime, as a native build does. */
    public boolean hasBootstrap() {
        return Files.isRegularFile(bootstrap());
    }

    private Path bootstrap() {
        return taskRoot.resolve("bootstrap");
    }

    /** The command that starts a process of this function in {@link #taskRoot()}. */
    List<String> command(FunctionSettings settings) {
        if (hasBootstrap()) {
            return List.of(bootstrap().toString());
        }
        // The client's own class loader adds the working directory and its lib/ folder.
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + settings.memoryMegabytes() * 8L / 10 + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "-D" + NATIVE_LIBRARY + "=" + nativeLibrary(),
                "-cp",
                runtimeInterfaceClient + "/*",
                MAIN_CLASS,
                settings.handler());
    }

    /** Of the client's libraries, the one for this machine's processor and C library. */
    private Path nativeLibrary() {
        boolean musl = Files.exists(Path.of("/etc/alpine-release"));
        String processor = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        return runtimeInterfaceClient.resolve(
                "jni/libaws-lambda-jni.linux" + (musl ? "_musl" : "") + "-" + processor + ".so");
    }
}
