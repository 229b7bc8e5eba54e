package dev.reprise.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Puts the workflows into {@code function.zip} as files, so that one can read and replace them there without a build.
 * In the POM it stands below Quarkus' own plugin, which makes the zip in the same phase.
 */
@Mojo(name = "workflows", defaultPhase = LifecyclePhase.PACKAGE, threadSafe = true)
public final class WorkflowsMojo extends AbstractMojo {

    /** The folder of the workflows; of that name it is in the zip too. */
    @Parameter(defaultValue = "${project.basedir}/workflows", required = true)
    private File workflows;

    /** The zip, which need not be there: then nothing is done. */
    @Parameter(defaultValue = "${project.build.directory}/function.zip", required = true)
    private File functionZip;

    /**
     * What the template deploys, under a name of its own, so that a build for the JVM is not taken for it: a copy of a
     * native zip, and no file otherwise.
     */
    @Parameter(defaultValue = "${project.build.directory}/function-native.zip", required = true)
    private File nativeZip;

    @Override
    public void execute() throws MojoExecutionException {
        if (!functionZip.isFile()) {
            getLog().info("There is no " + functionZip + " to put workflows into");
            return;
        }
        Path folder = workflows.toPath();
        try {
            FunctionZip zip = FunctionZip.at(functionZip.toPath());
            int files = zip.put(folder);
            zip.copyNative(nativeZip.toPath());
            getLog().info(files + " files of " + folder + " are in " + functionZip);
        } catch (IOException e) {
            throw new MojoExecutionException("Cannot put " + folder + " into " + functionZip, e);
        }
    }
}
