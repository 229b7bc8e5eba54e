package dev.reprise.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.asl.QueryLanguage;
import dev.reprise.core.Program;
import dev.reprise.execution.RequestException;
import dev.reprise.query.Queries;
import dev.reprise.query.QueryLimits;
import dev.reprise.query.check.QueryExpressionChecker;
import dev.reprise.query.jsonata.JsonataQueries;
import dev.reprise.query.jsonpath.JsonPathQueries;
import dev.reprise.task.InProcessTasks;
import dev.reprise.task.TaskRunners;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkflowCatalogueTest {

    private static final Map<QueryLanguage, Queries> LANGUAGES = Map.of(
            QueryLanguage.JSONPATH, new JsonPathQueries(),
            QueryLanguage.JSONATA, new JsonataQueries(QueryLimits.DEFAULT));

    private static final TaskRunners TASKS = new TaskRunners(
            new InProcessTasks(Map.of("charge", call -> Uni.createFrom().item(call.input()))));

    @TempDir
    Path folder;

    private final Instant written = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void findsAWorkflowByTheNameOfItsFile() throws Exception {
        write("orders.asl.json", pass("A"));
        write("returns.asl.json", pass("B"));
        write("orders.input.json", "{}");

        assertThat(catalogue().named("orders").program().machine().body().startAt())
                .isEqualTo("A");
        assertThat(catalogue().named("returns").name()).isEqualTo("returns");
        assertThat(catalogue().all()).extracting(WorkflowFile::name).containsExactly("orders", "returns");
    }

    @Test
    void findsWorkflowsInFoldersBelowToo() throws Exception {
        write("orders.asl.json", pass("A"));
        for (String below : List.of("examples", "shop")) {
            Files.createDirectory(folder.resolve(below));
            write(below + "/orders.asl.json", pass("B"));
            write(below + "/returns.asl.json", pass(below));
            write(below + "/returns.input.json", "{}");
            write(below + "/returns.output.json", "{}");
        }

        assertThat(catalogue().all()).extracting(WorkflowFile::name).containsExactly("orders", "returns");
        assertThat(catalogue().named("orders").program().machine().body().startAt())
                .isEqualTo("A");
        assertThat(catalogue().named("returns").program().machine().body().startAt())
                .isEqualTo("examples");
        assertThatThrownBy(() -> catalogue().named("shop/returns")).isInstanceOf(RequestException.class);
    }

    @Test
    void aFileWhoseNameEndsOtherwiseIsNamedAndNotRead() throws Exception {
        write("returns.json", pass("A"));
        write("orders.asl.json", pass("A"));
        write("orders.input.json", "{}");
        write("orders.test.json", "{}");
        write("tasks.json", "{}");
        write("MockConfigFile.json", "{}");

        assertThat(catalogue().all()).extracting(WorkflowFile::name).containsExactly("orders");
        assertThat(new WorkflowFolder(folder).strangers())
                .containsExactly(folder.resolve("returns.json")
                        + ": warning: is not read: the name of a definition ends with .asl.json, .asl.yaml or"
                        + " .asl.yml");
    }

    @Test
    void aNameThatCannotBeStartedIsAProblemAndForgesNoLine() throws Exception {
        write("two words.asl.json", pass("A"));
        write("a\nERROR forged.asl.json", pass("A"));

        List<WorkflowFile> files = catalogue().all();

        assertThat(files).allSatisfy(file -> assertThat(file.workflow()).isNull());
        assertThat(files.get(0).errors())
                .singleElement()
                .asString()
                .contains("a\\u000aERROR forged.asl.json")
                .doesNotContain("\n")
                .endsWith("Rename the file");
        assertThat(files.get(1).errors())
                .singleElement()
                .asString()
                .contains("must not contain the character U+0020: 'two words'");
        assertThatThrownBy(() -> catalogue().named("no\nsuch"))
                .isInstanceOf(RequestException.class)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aByteOrderMarkIsSkipped() throws Exception {
        write("orders.asl.json", "\ufeff" + pass("A"));

        assertThat(catalogue().named("orders").program().machine().body().startAt())
                .isEqualTo("A");
    }

    @Test
    void takesNewEditedAndDeletedFilesAsTheyAre() throws Exception {
        WorkflowCatalogue catalogue = catalogue();
        assertThat(catalogue.all()).isEmpty();

        Path file = write("orders.asl.json", pass("A"));
        Workflow first = catalogue.named("orders");
        assertThat(catalogue.named("orders")).isSameAs(first);

        Files.writeString(file, pass("B"));
        Files.setLastModifiedTime(file, FileTime.from(written.plusSeconds(1)));
        assertThat(catalogue.named("orders").program().machine().body().startAt())
                .isEqualTo("B");

        Files.delete(file);
        assertThatThrownBy(() -> catalogue.named("orders")).isInstanceOf(RequestException.class);
    }

    @Test
    void oneLineSaysThatAFileHasChanged() throws Exception {
        Logger logger = Logger.getLogger(WorkflowCatalogue.class.getName());
        List<String> lines = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(new SimpleFormatter().formatMessage(line));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            WorkflowCatalogue catalogue = catalogue();
            Path file = write("orders.asl.json", pass("A"));
            Workflow unused = catalogue.named("orders");
            assertThat(lines).isEmpty();

            Files.writeString(file, pass("B"));
            Files.setLastModifiedTime(file, FileTime.from(written.plusSeconds(1)));
            for (int i = 0; i < 2; i++) {
                unused = catalogue.named("orders");
            }
        } finally {
            logger.removeHandler(handler);
        }

        assertThat(lines).singleElement().asString().endsWith("orders.asl.json has changed");
    }

    @Test
    void aFileThatIsNotValidStopsNoOther() throws Exception {
        write("broken.asl.json", "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Pass\", \"Next\": \"B\"}}}");
        write("malformed.asl.json", "{\"StartAt\": ");
        write("sound.asl.json", pass("A"));
        Files.write(folder.resolve("bytes.asl.json"), new byte[] {(byte) 0xff, (byte) 0xfe});

        assertThat(catalogue().named("sound")).isNotNull();
        assertThatThrownBy(() -> catalogue().named("broken"))
                .isInstanceOfSatisfying(
                        RequestException.class,
                        refused -> assertThat(refused.error()).isEqualTo("InvalidDefinition"))
                .hasMessageStartingWith(
                        "The workflow 'broken' cannot run. " + folder.resolve("broken.asl.json") + ":1:51: /States/A");
        assertThatThrownBy(() -> catalogue().named("malformed")).hasMessageContaining("malformed.asl.json:1:13: ");
        assertThatThrownBy(() -> catalogue().named("bytes"))
                .hasMessageEndingWith("bytes.asl.json: is not text in UTF-8");
        assertThat(catalogue().all()).hasSize(4);
    }

    @Test
    void anUnknownWorkflowIsToldWithThoseThatExist() throws Exception {
        assertThatThrownBy(() -> catalogue().named("orders"))
                .hasMessage("There is no workflow 'orders' in " + folder
                        + ". The folder has no workflow: put one there as orders.asl.json");

        write("returns.asl.json", pass("A"));
        write("orders.asl.json", pass("A"));

        assertThatThrownBy(() -> catalogue().named("order"))
                .isInstanceOfSatisfying(
                        RequestException.class,
                        refused -> assertThat(refused.error()).isEqualTo("StateMachineDoesNotExist"))
                .hasMessage("There is no workflow 'order' in " + folder + ". There are: orders, returns");
        assertThatThrownBy(() -> catalogue().named("../orders")).isInstanceOf(RequestException.class);
        assertThatThrownBy(() -> catalogue().named("orders.input")).isInstanceOf(RequestException.class);
    }

    @Test
    void nothingElseRunsATaskThatStartsAnExecution() throws Exception {
        write("orders.asl.json", """
            {"StartAt": "Bill", "States": {"Bill": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
              "Parameters": {"StateMachineArn": "workflow:billing"}, "End": true}}}
            """);

        WorkflowFile file = catalogue().all().getFirst();

        assertThat(file.errors()).isEmpty();
        assertThat(file.warnings()).isEmpty();
    }

    @Test
    void aTaskThatNothingRunsIsAWarning() throws Exception {
        write("orders.asl.json", """
            {"StartAt": "Each", "States": {"Each": {"Type": "Map", "End": true, "ItemProcessor": {
              "StartAt": "Charge", "States": {
                "Charge": {"Type": "Task", "Resource": "task:charge", "Next": "Ship/1"},
                "Ship/1": {"Type": "Task", "Resource": "task:ship", "End": true}}}}}}
            """);

        WorkflowFile file = catalogue().all().getFirst();

        assertThat(file.workflow()).isNotNull();
        assertThat(file.warnings())
                .singleElement()
                .asString()
                .isEqualTo(folder.resolve("orders.asl.json")
                        + ":4:32: /States/Each/ItemProcessor/States/Ship~11/Resource: warning: Nothing runs the"
                        + " resource 'task:ship'. Known here: task:charge. Annotate a method with @Task(\"ship\").");
    }

    @Test
    void aDataSetThatCannotBeReadIsAnError() throws Exception {
        write("rows.asl.json", """
            {"StartAt": "Rows", "States": {"Rows": {"Type": "Map", "End": true,
              "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "Parameters": {"Bucket": "b", "Key": "k"},
                "ReaderConfig": {"InputType": "PARQUET"}},
              "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                "StartAt": "Row", "States": {"Row": {"Type": "Pass", "End": true}}}}}}
            """);

        assertThat(catalogue().all().getFirst().errors())
                .containsExactly(folder.resolve("rows.asl.json")
                        + ":3:22: /States/Rows/ItemReader/ReaderConfig/InputType: Items of type PARQUET cannot be read"
                        + " (unload them as CSV or JSON Lines)");
    }

    @Test
    void anOlderDefinitionIsCompiledFromItsText() {
        String older = pass("Older");
        WorkflowCatalogue catalogue = catalogue();

        assertThat(catalogue.compiled("hash-1", () -> older).machine().body().startAt())
                .isEqualTo("Older");
        assertThat(catalogue.compiled("hash-1", () -> {
                    throw new AssertionError("asked for twice");
                }))
                .isNotNull();
        assertThatThrownBy(() -> catalogue.compiled("hash-2", () -> "{}"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(
                        "An execution began with a definition that this release does not take. definition hash-2: ");
    }

    @Test
    void asManyDefinitionsAreKeptCompiledAsHaveABoundedText() {
        WorkflowCatalogue catalogue = catalogue();
        String text =
                pass("Long").replace("{\"StartAt\"", "{\"Comment\": \"" + "x".repeat(1_000_000) + "\", \"StartAt\"");
        Program first = catalogue.compiled("hash-0", () -> text);

        for (int i = 1; i <= 6; i++) {
            catalogue.compiled("hash-" + i, () -> text);
            assertThat(catalogue.compiled("hash-0", () -> text)).isSameAs(first);
        }
        for (int i = 7; i <= 13; i++) {
            catalogue.compiled("hash-" + i, () -> text);
        }

        assertThat(catalogue.compiled("hash-0", () -> text)).isNotSameAs(first);
    }

    private WorkflowCatalogue catalogue() {
        return new WorkflowCatalogue(
                folder,
                new QueryExpressionChecker(),
                LANGUAGES::get,
                List.of(new UnknownResources(TASKS), new UnreadableItems()),
                Substitutions.none());
    }

    private Path write(String name, String text) throws Exception {
        Path file = Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
        return Files.setLastModifiedTime(file, FileTime.from(written));
    }

    private static String pass(String state) {
        return "{\"StartAt\": \"" + state + "\", \"States\": {\"" + state + "\": {\"Type\": \"Pass\", \"End\": true}}}";
    }
}
