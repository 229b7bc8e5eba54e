package dev.reprise.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.task.TaskDeclaration.Threads;
import io.smallrye.mutiny.Uni;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What a task method may look like, and how it is called. */
class TaskDeclarationTest {

    private static final Threads SILENT = new Threads(false, false);
    private static final Threads BLOCKING = new Threads(true, false);
    private static final Threads NON_BLOCKING = new Threads(false, true);

    private static TaskDeclaration taking(Class<?>... parameters) {
        return new TaskDeclaration(
                "charge", false, Arrays.stream(parameters).map(Class::getName).toList(), "int", SILENT, SILENT);
    }

    private static TaskDeclaration named(String name) {
        return new TaskDeclaration(name, false, List.of(), "int", SILENT, SILENT);
    }

    private static TaskDeclaration giving(Class<?> type, Threads onMethod, Threads onClass) {
        return new TaskDeclaration("charge", false, List.of(), type.getName(), onMethod, onClass);
    }

    @Test
    void theInputAndTheContextStandInAnyOrder() {
        assertThat(taking(JsonNode.class, TaskContext.class).inputAt()).isZero();
        assertThat(taking(JsonNode.class, TaskContext.class).contextAt()).isEqualTo(1);
        assertThat(taking(TaskContext.class, int.class).inputAt()).isEqualTo(1);
        assertThat(taking(TaskContext.class).inputAt()).isEqualTo(-1);
        assertThat(taking().contextAt()).isEqualTo(-1);
        assertThat(taking(TaskContext.class, int.class).problems()).isEmpty();
    }

    @Test
    void thereIsOneOfEach() {
        assertThat(taking(TaskContext.class, TaskContext.class).problems())
                .containsExactly("it has two parameters of type TaskContext");
        assertThat(taking(String.class, List.class).problems())
                .containsExactly("it has more than one parameter for the input; take a record with the parts instead");
    }

    @Test
    void aNameIsOneThatAResourceCanName() {
        assertThat(named("shop.charge_2-a").problems()).isEmpty();
        assertThat(named("no blanks").problems())
                .containsExactly("its name 'no blanks' must consist of letters, digits, '.', '_' and '-'");
        assertThat(named("charge.waitForTaskToken").problems())
                .containsExactly("its name must not end in '.waitForTaskToken', which a workflow adds to the name of"
                        + " any task whose token it waits for");
    }

    @Test
    void aPrivateMethodCannotBeCalled() {
        assertThat(new TaskDeclaration("charge", true, List.of(), "int", SILENT, SILENT).problems())
                .containsExactly("it is private, so nothing can call it");
    }

    @Test
    void whatComesLaterComesAsAUni() {
        assertThat(giving(Uni.class, SILENT, SILENT).problems()).isEmpty();
        for (Class<?> future : List.of(CompletionStage.class, CompletableFuture.class, Future.class)) {
            assertThat(giving(future, SILENT, SILENT).problems())
                    .containsExactly("it returns a " + future.getSimpleName() + "; return a Uni, or the value itself");
        }
    }

    @Test
    void theMethodSaysBeforeItsClassOnWhichThreadItRuns() {
        assertThat(giving(String.class, SILENT, SILENT).blocking()).isTrue();
        assertThat(giving(String.class, SILENT, NON_BLOCKING).blocking()).isFalse();
        assertThat(giving(String.class, BLOCKING, NON_BLOCKING).blocking()).isTrue();
        assertThat(giving(Uni.class, SILENT, SILENT).blocking()).isFalse();
        assertThat(giving(Uni.class, SILENT, BLOCKING).blocking()).isTrue();
        assertThat(giving(Uni.class, NON_BLOCKING, BLOCKING).blocking()).isFalse();
        assertThat(giving(String.class, new Threads(true, true), SILENT).problems())
                .containsExactly("it cannot be both @Blocking and @NonBlocking");
    }
}
