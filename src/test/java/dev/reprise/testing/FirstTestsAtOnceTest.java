package dev.reprise.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.execution.ExecutionStatus;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The first tests of a process may run at the same moment, as JUnit runs them when it is told to. */
class FirstTestsAtOnceTest {

    private static final int THREADS = 8;
    private static final int PROCESSES = 5;

    /** What each thread does; public, for it is made by a class loader of its own. */
    public static final class FirstTest implements Supplier<Object> {
        @Override
        public Object get() {
            WorkflowTest test = WorkflowTest.ofDefinition("greet", """
                {"StartAt": "Greet", "States": {"Greet": {"Type": "Task", "Resource": "task:greet", "End": true}}}
                """);
            test.state("Greet").returns("\"hello\"");
            return test.start("{}").runToEnd().status().name();
        }
    }

    @Test
    void allOfThemSucceed() throws Exception {
        for (int process = 0; process < PROCESSES; process++) {
            assertThat(endsInANewProcess()).hasSize(THREADS).containsOnly(ExecutionStatus.SUCCEEDED.name());
        }
    }

    /** Nearly a process: classes that nobody has initialised. */
    private static List<Object> endsInANewProcess() throws Exception {
        try (URLClassLoader classes = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader());
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            Supplier<?> test = (Supplier<?>) classes.loadClass(FirstTest.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            CyclicBarrier begin = new CyclicBarrier(THREADS);
            List<Future<Object>> runs = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                runs.add(threads.submit(() -> {
                    Thread.currentThread().setContextClassLoader(classes);
                    begin.await();
                    return test.get();
                }));
            }
            List<Object> ends = new ArrayList<>();
            for (Future<Object> run : runs) {
                ends.add(run.get());
            }
            return ends;
        }
    }

    private static URL[] classPath() throws MalformedURLException {
        List<URL> places = new ArrayList<>();
        for (String place : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            places.add(Path.of(place).toUri().toURL());
        }
        return places.toArray(URL[]::new);
    }
}
