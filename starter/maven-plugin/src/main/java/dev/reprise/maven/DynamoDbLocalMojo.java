package dev.reprise.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Writes down the class path of DynamoDB Local, with which dev mode and tests start it as a process of its own. Its
 * libraries are this plugin's: Maven has fetched them, and the project's own graph of dependencies stays as it is.
 */
@Mojo(name = "dynamodb-local", defaultPhase = LifecyclePhase.PROCESS_RESOURCES, threadSafe = true)
public final class DynamoDbLocalMojo extends AbstractMojo {

    @Parameter(defaultValue = "${plugin}", readonly = true, required = true)
    private PluginDescriptor plugin;

    /** Takes the class path, one entry a line. Where dev mode and tests look for it unless told otherwise. */
    @Parameter(defaultValue = "${project.build.directory}/dynamodb-local.classpath", required = true)
    private File classpathFile;

    @Override
    public void execute() throws MojoExecutionException {
        List<String> entries = plugin.getArtifacts().stream()
                .map(Artifact::getFile)
                .map(File::getAbsolutePath)
                .toList();
        try {
            write(classpathFile.toPath(), entries);
        } catch (IOException e) {
            throw new MojoExecutionException("Cannot write " + classpathFile, e);
        }
    }

    /** Leaves a file alone that says the same. */
    static void write(Path file, List<String> entries) throws IOException {
        if (!Files.exists(file) || !Files.readAllLines(file).equals(entries)) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, entries);
        }
    }
}
