package dev.reprise.nativetests.lambda;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Deployment packages of the two probes, one of each kind. */
final class ProbePackages {

    private static final Path CLIENT = Path.of(System.getProperty("runtime-interface-client"));

    private ProbePackages() {}

    /** A Java function, for Lambda's managed runtime. */
    static FunctionPackage handler(Path folder) throws IOException {
        Path zip = folder.resolve("handler.zip");
        try (OutputStream file = Files.newOutputStream(zip);
                var entries = new ZipOutputStream(file)) {
            addClass(entries, ProbeHandler.class);
        }
        return FunctionPackage.unpack(zip, folder.resolve("handler"), CLIENT);
    }

    /** A function with a runtime of its own. */
    static FunctionPackage bootstrap(Path folder) throws IOException {
        Path zip = folder.resolve("bootstrap.zip");
        try (OutputStream file = Files.newOutputStream(zip);
                var entries = new ZipOutputStream(file)) {
            entries.putNextEntry(new ZipEntry("bootstrap"));
            entries.write("#!/bin/sh\nexec '%s/bin/java' -cp . %s\n"
                    .formatted(System.getProperty("java.home"), ProbeRuntime.class.getName())
                    .getBytes(StandardCharsets.UTF_8));
            addClass(entries, ProbeRuntime.class);
        }
        return FunctionPackage.unpack(zip, folder.resolve("bootstrap"), CLIENT);
    }

    private static void addClass(ZipOutputStream entries, Class<?> type) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        entries.putNextEntry(new ZipEntry(name));
        try (var bytes = type.getClassLoader().getResourceAsStream(name)) {
            bytes.transferTo(entries);
        }
    }
}
