package dev.reprise.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.task.Task;
import dev.reprise.task.TaskContext;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a test takes for a task, and what it refuses, as the build does. */
@SuppressWarnings("unused")
class BeanTasksTest {

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(
                        new Object() {
                            @Task("no blanks")
                            int task() {
                                return 1;
                            }
                        },
                        "its name 'no blanks' must consist of letters, digits, '.', '_' and '-'"),
                Arguments.of(
                        new Object() {
                            @Task("charge.waitForTaskToken")
                            int task() {
                                return 1;
                            }
                        },
                        "its name must not end in '.waitForTaskToken', which a workflow adds"),
                Arguments.of(
                        new Object() {
                            @Task("charge")
                            int task(TaskContext one, TaskContext other) {
                                return 1;
                            }
                        },
                        "it has two parameters of type TaskContext"),
                Arguments.of(
                        new Object() {
                            @Task("charge")
                            int task(String one, List<String> other) {
                                return 1;
                            }
                        },
                        "it has more than one parameter for the input; take a record with the parts instead"),
                Arguments.of(
                        new Object() {
                            @Task("charge")
                            private int task() {
                                return 1;
                            }
                        },
                        "it is private, so nothing can call it"),
                Arguments.of(
                        new Object() {
                            @Task("charge")
                            CompletionStage<String> task() {
                                return CompletableFuture.completedFuture("");
                            }
                        },
                        "it returns a CompletionStage; return a Uni, or the value itself"),
                Arguments.of(
                        new Object() {
                            @Task("charge")
                            Future<String> task() {
                                return CompletableFuture.completedFuture("");
                            }
                        },
                        "it returns a Future; return a Uni, or the value itself"),
                Arguments.of(
                        new Object() {
                            @Task("charge")
                            @Blocking
                            @NonBlocking
                            int task() {
                                return 1;
                            }
                        },
                        "it cannot be both @Blocking and @NonBlocking"),
                Arguments.of(
                        new Object() {
                            @Task("charge")
                            <T> int task(List<T[]> input) {
                                return 1;
                            }
                        },
                        "its input's type 'java.util.List<T[]>' is not fully known"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatTheBuildRefusesATestRefusesToo(Object bean, String problem) {
        assertThatThrownBy(() -> BeanTasks.of(List.of(bean)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("@Task " + bean.getClass().getName() + ".task: ")
                .hasMessageContaining(problem);
    }

    @Test
    void aMethodThatReplacesATaskIsThatTask() {
        class Charging {
            @Task("charge")
            CharSequence charge(String card) {
                return "charged " + card;
            }
        }
        class CarefulCharging extends Charging {
            @Override
            @Task("charge")
            String charge(String card) {
                return "checked and " + super.charge(card);
            }
        }
        WorkflowTest test = WorkflowTest.ofDefinition("orders", """
            {"StartAt": "Charge", "States": {"Charge": {"Type": "Task", "Resource": "task:charge", "End": true}}}
            """);

        assertThat(test.tasks(new CarefulCharging()).run("\"card\"").output())
                .hasToString("\"checked and charged card\"");
    }
}
