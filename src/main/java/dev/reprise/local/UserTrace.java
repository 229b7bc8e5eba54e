package dev.reprise.local;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of a stack trace that a developer can do something about: the frames of his own code. */
final class UserTrace {

    /** Below a frame of these stands only what called the task. */
    private static final List<String> CALLERS =
            List.of("dev.reprise.task.", "dev.reprise.function.", "dev.reprise.runtime.");

    private static final List<String> NOT_HIS = List.of(
            "java.", "javax.", "jdk.", "sun.", "com.sun.", "jakarta.", "io.quarkus.", "io.smallrye.", "org.jboss.");

    private static final int MOST_FRAMES = 12;
    private static final int MOST_CAUSES = 5;

    private UserTrace() {}

    /** Lines as in a stack trace, each after a line break; empty when there is no frame of his. */
    static String of(@Nullable Throwable thrown) {
        StringBuilder text = new StringBuilder();
        Throwable each = thrown;
        for (int i = 0; each != null && i < MOST_CAUSES; i++) {
            if (i > 0) {
                text.append("\n\tcaused by ").append(String.valueOf(each).replaceAll("\\R", " "));
            }
            appendFrames(text, each.getStackTrace());
            each = each.getCause() == each ? null : each.getCause();
        }
        return text.toString();
    }

    private static void appendFrames(StringBuilder text, StackTraceElement[] frames) {
        int shown = 0;
        for (StackTraceElement frame : frames) {
            String type = frame.getClassName();
            if (isOf(CALLERS, type) || shown == MOST_FRAMES) {
                return;
            }
            // What the container generates has no source: proxies, interceptors, invokers.
            if (!isOf(NOT_HIS, type) && frame.getLineNumber() > 0) {
                text.append("\n\tat ").append(withoutLoader(frame));
                shown++;
            }
        }
    }

    private static boolean isOf(List<String> packages, String type) {
        return packages.stream().anyMatch(type::startsWith);
    }

    private static String withoutLoader(StackTraceElement frame) {
        return frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName() + ":"
                + frame.getLineNumber() + ")";
    }
}
