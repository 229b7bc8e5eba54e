package dev.reprise.cli;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Option;

/** Objects of a user's own whose methods are tasks. */
final class TaskObjects {

    @Option(
            names = "--tasks",
            split = ",",
            paramLabel = "CLASS",
            description = "Classes whose methods annotated with @Task run; each has a constructor without parameters.")
    List<String> classes = new ArrayList<>();

    @Option(
            names = {"-cp", "--class-path"},
            paramLabel = "PATH",
            description = "Where these classes are, such as target/classes.")
    String classPath = "target/classes";

    /** One of each class. */
    Object[] make() {
        if (classes.isEmpty()) {
            return new Object[0];
        }
        ClassLoader loader = new URLClassLoader(urls(), TaskObjects.class.getClassLoader());
        return classes.stream().map(name -> make(name, loader)).toArray();
    }

    private URL[] urls() {
        return Arrays.stream(classPath.split(File.pathSeparator, -1))
                .map(part -> {
                    try {
                        return Path.of(part).toUri().toURL();
                    } catch (MalformedURLException e) {
                        throw new CommandException("Not a part of a class path: " + part);
                    }
                })
                .toArray(URL[]::new);
    }

    private Object make(String name, ClassLoader loader) {
        try {
            var constructor = Class.forName(name, true, loader).getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ClassNotFoundException e) {
            throw new CommandException("There is no class " + name + " in " + classPath + " (--class-path)");
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new CommandException("Cannot make a " + name + " without parameters: " + e
                    + ". What such a class needs belongs on the class path (--class-path)");
        }
    }
}
