package dev.reprise.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a project of one's own. */
@Command(
        name = "new",
        description = {
            "Makes a project that has Reprise as a dependency: a POM, a workflow with a task and its tests, the"
                    + " template.",
            "It is what the Maven archetype makes."
        },
        footer = {
            "",
            "Example: reprise new orders --group org.example",
            "Exit code 3 when there is a folder of that name."
        })
final class NewCommand implements Callable<Integer> {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern GROUP = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*(?:\\.[A-Za-z0-9_-]+)*");
    private static final Pattern REPRISE_VERSION = Pattern.compile("<reprise\\.version>(.+)</reprise\\.version>");

    @Parameters(paramLabel = "NAME", description = "The project's name, and its folder's.")
    String name;

    @Option(
            names = "--group",
            paramLabel = "GROUP",
            defaultValue = "org.example",
            description = "Its groupId; org.example by default.")
    String group;

    @Option(
            names = "--package",
            paramLabel = "PACKAGE",
            description = "The package of its classes; the group by default.")
    @Nullable
    String javaPackage;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Where its folder is made; here by default.")
    Path folder;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        if (!NAME.matcher(name).matches()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "'" + name
                            + "' is no name for a project. Good ones have lower case letters, digits and hyphens, begin"
                            + " with a letter and have at most 63 characters, such as orders or order-batches");
        }
        if (!GROUP.matcher(group).matches()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "'" + group + "' is no group. Good ones are names of letters, digits, hyphens and underscores with"
                            + " dots between them, such as org.example");
        }
        String inPackage = Objects.requireNonNullElse(javaPackage, group);
        if (!SourceVersion.isName(inPackage)) {
            throw new CommandException(
                    ExitCode.USAGE, "'" + inPackage + "' is no name of a Java package: --package org.example.orders");
        }
        Path project = folder.resolve(name);
        Map<String, byte[]> files = ProjectTemplate.load().files(group, name, "1.0-SNAPSHOT", inPackage);
        write(project, files);
        spec.commandLine().getOut().println(project);
        tellWhatIsNext(project, files.get("pom.xml"));
        return ExitCode.OK;
    }

    private static void write(Path project, Map<String, byte[]> files) {
        try {
            Path parent = project.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(project);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path path = project.resolve(file.getKey());
                Files.createDirectories(Objects.requireNonNull(path.getParent()));
                Files.write(path, file.getValue());
            }
            if (!project.resolve("mvnw").toFile().setExecutable(true)) {
                throw new IOException("mvnw cannot be made executable");
            }
        } catch (FileAlreadyExistsException e) {
            throw new CommandException(
                    e.getFile() + " is there already; nothing is written over it. Choose another name,"
                            + " or another place: --folder DIR");
        } catch (IOException e) {
            throw new CommandException("Cannot write " + project + ": " + e);
        }
    }

    private void tellWhatIsNext(Path project, byte @Nullable [] pom) {
        PrintWriter err = spec.commandLine().getErr();
        Matcher version = REPRISE_VERSION.matcher(pom == null ? "" : new String(pom, StandardCharsets.UTF_8));
        if (version.find() && version.group(1).endsWith("-SNAPSHOT")) {
            err.println("It takes Reprise " + version.group(1) + " from your Maven repository. Put it there once, in a"
                    + " clone of Reprise:");
            err.println("  ./mvnw -q install -DskipTests");
        }
        err.println("Next:");
        err.println("  cd " + project);
        err.println("  ./mvnw quarkus:dev");
        err.println("  curl -d '{\"workflow\": \"hello\", \"input\": {\"name\": \"Grace\"}}' localhost:8080");
    }
}
