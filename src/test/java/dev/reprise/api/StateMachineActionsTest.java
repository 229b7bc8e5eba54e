package dev.reprise.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.api.ApiFunction.Reply;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.Document;
import dev.reprise.journal.store.DocumentStore;
import dev.reprise.journal.store.ForwardingStore;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.testing.InMemoryStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State machines, their versions and aliases, and tags, as a client of the API sees them. */
class StateMachineActionsTest {

    private static final String PREFIX = "arn:aws:states:us-east-1:000000000000:";
    private static final String PASS = "{'StartAt': 'P', 'States': {'P': {'Type': 'Pass', 'End': true}}}";
    private static final String OTHER =
            "{'StartAt': 'P', 'States': {'P': {'Type': 'Pass', 'Result': 'other', 'End': true}}}";
    private static final String ROLE = "arn:aws:iam::000000000000:role/machine";

    @TempDir
    Path folder;

    private ApiFunction function;

    @BeforeEach
    void start() {
        function = new ApiFunction(folder).file("hello", PASS);
    }

    @AfterEach
    void stop() {
        function.close();
    }

    private Reply ask(String action, String arn, String more) {
        return function.ask(action, "{'stateMachineArn': '" + arn + "'" + (more.isEmpty() ? "" : ", " + more) + "}");
    }

    private static String escaped(String definition) {
        return definition.replace("'", "\\\"");
    }

    private Reply update(String arn, String definition, String more) {
        return function.ask(
                "UpdateStateMachine",
                ApiFunction.json("{\"stateMachineArn\": \"" + arn + "\", \"definition\": \"" + escaped(definition)
                        + "\"" + more.replace('\'', '"') + "}"));
    }

    private String output(String stateMachineArn, String name) throws InterruptedException {
        return function.await(function.start(stateMachineArn, name, "{}"), "SUCCEEDED")
                .text("output");
    }

    // ---- files

    @Test
    void aFileIsAStateMachine() {
        Reply described = ask("DescribeStateMachine", PREFIX + "stateMachine:hello", "");

        assertThat(described.text("definition")).isEqualTo(PASS.replace('\'', '"'));
        assertThat(described.text("type")).isEqualTo("STANDARD");
        assertThat(described.text("status")).isEqualTo("ACTIVE");
        assertThat(described.text("roleArn")).startsWith("arn:aws:iam::");
        assertThat(described.body().path("loggingConfiguration").path("level").asText())
                .isEqualTo("OFF");
        assertThat(described.body().path("creationDate").isNumber()).isTrue();
    }

    @Test
    void aFileIsChangedInItsFolderOnly() {
        String arn = PREFIX + "stateMachine:hello";

        assertThat(update(arn, OTHER, "").message())
                .contains(folder.resolve("hello.asl.json").toString());
        assertThat(ask("DeleteStateMachine", arn, "").error()).isEqualTo("ConflictException");
        assertThat(function.ask(
                                "CreateStateMachine",
                                ApiFunction.json("{\"name\": \"hello\", \"roleArn\": \"" + ROLE
                                        + "\", \"definition\": \"" + escaped(PASS) + "\"}"))
                        .error())
                .isEqualTo("StateMachineAlreadyExists");
    }

    @Test
    void aFileThatCannotRunIsShownAndSaysWhyWhenItIsStarted() {
        function.file("broken", "{'StartAt': 'P', 'States': {}}");
        String arn = PREFIX + "stateMachine:broken";

        assertThat(ask("DescribeStateMachine", arn, "").text("definition")).contains("StartAt");
        Reply started = ask("StartExecution", arn, "");
        assertThat(started.error()).isEqualTo("InvalidDefinition");
        assertThat(started.message()).contains("broken.asl.json");
    }

    @Test
    void filesAndCreatedOnesAreListedTogetherInPages() {
        function.create("alpha", PASS, "STANDARD");
        function.create("zeta", PASS, "EXPRESS");

        List<String> names = new ArrayList<>();
        String token = "";
        do {
            JsonNode page = function.ask(
                            "ListStateMachines",
                            "{'maxResults': 1" + (token.isEmpty() ? "" : ", 'nextToken': '" + token + "'") + "}")
                    .body();
            page.path("stateMachines")
                    .forEach(item -> names.add(
                            item.path("name").asText() + " " + item.path("type").asText()));
            token = page.path("nextToken").asText();
        } while (!token.isEmpty());

        assertThat(names).containsExactly("alpha STANDARD", "hello STANDARD", "zeta EXPRESS");
    }

    /** Whoever comes second in between finds the first one's version. */
    @Test
    void twoWhoPublishTheSameRevisionAtTheSameTimeGetOneVersion() {
        InMemoryStore table = new InMemoryStore();
        AtomicReference<Runnable> inBetween = new AtomicReference<>(() -> {});
        try (ApiFunction racing = new ApiFunction(folder, new BeforePuts(table, inBetween), true)) {
            String arn = racing.create("raced", PASS, "STANDARD");
            String publish = "{'stateMachineArn': '" + arn + "'}";
            List<String> versions = new ArrayList<>();
            inBetween.set(() -> versions.add(
                    racing.ask("PublishStateMachineVersion", publish).text("stateMachineVersionArn")));

            versions.add(racing.ask("PublishStateMachineVersion", publish).text("stateMachineVersionArn"));

            assertThat(versions).containsExactly(arn + ":1", arn + ":1");
            assertThat(racing.ask("ListStateMachineVersions", publish).body().path("stateMachineVersions"))
                    .hasSize(1);
        }
    }

    @Test
    void twoWhoPublishDifferentRevisionsAtTheSameTimeGetTwoVersions() {
        InMemoryStore table = new InMemoryStore();
        AtomicReference<Runnable> inBetween = new AtomicReference<>(() -> {});
        try (ApiFunction racing = new ApiFunction(folder, new BeforePuts(table, inBetween), true)) {
            String arn = racing.create("raced", PASS, "STANDARD");
            String publish = "{'stateMachineArn': '" + arn + "'}";
            inBetween.set(() -> racing.ask(
                    "UpdateStateMachine",
                    ApiFunction.json("{\"stateMachineArn\": \"" + arn + "\", \"publish\": true, \"definition\": \""
                            + escaped(OTHER) + "\"}")));

            String version = racing.ask("PublishStateMachineVersion", publish).text("stateMachineVersionArn");

            assertThat(version).isEqualTo(arn + ":2");
            assertThat(racing.ask("DescribeStateMachine", "{'stateMachineArn': '" + version + "'}")
                            .text("definition"))
                    .isEqualTo(OTHER.replace('\'', '"'));
        }
    }

    /** A table in which something happens just before a document is put, once. */
    private static final class BeforePuts extends ForwardingStore implements DocumentStore {

        private final AtomicReference<Runnable> inBetween;
        private final DocumentStore documents;

        BeforePuts(InMemoryStore table, AtomicReference<Runnable> inBetween) {
            super(table);
            this.documents = table.documents();
            this.inBetween = inBetween;
        }

        @Override
        public DocumentStore documents() {
            return this;
        }

        @Override
        public @Nullable Document read(String partition, String key, UnitMeter meter) {
            return documents.read(partition, key, meter);
        }

        @Override
        public ConditionalWrite<Document> put(Document document, UnitMeter meter) {
            inBetween.getAndSet(() -> {}).run();
            return documents.put(document, meter);
        }

        @Override
        public ConditionalWrite<Document> delete(Document document, UnitMeter meter) {
            return documents.delete(document, meter);
        }

        @Override
        public Page<Document> list(String partition, String after, boolean backwards, int limit, UnitMeter meter) {
            return documents.list(partition, after, backwards, limit, meter);
        }
    }

    // ---- created ones

    @Test
    void aCreatedOneRuns() throws InterruptedException {
        String arn = function.create("made", OTHER, "STANDARD");

        assertThat(output(arn, "one")).isEqualTo("\"other\"");
        assertThat(ask("DescribeStateMachine", arn, "").text("roleArn")).isEqualTo(ROLE);
    }

    @Test
    void aCreatedOneOfExpressAnswersAtOnce() {
        String arn = function.create("made", OTHER, "EXPRESS");

        assertThat(ask("StartSyncExecution", arn, "").text("output")).isEqualTo("\"other\"");
    }

    @Test
    void toCreateTheSameAgainIsAnsweredAndAnotherIsRefused() {
        String arn = function.create("made", PASS, "STANDARD");

        assertThat(function.create("made", PASS, "STANDARD")).isEqualTo(arn);
        Reply other = function.ask(
                "CreateStateMachine",
                ApiFunction.json("{\"name\": \"made\", \"roleArn\": \"" + ROLE + "\", \"definition\": \""
                        + escaped(OTHER) + "\"}"));
        assertThat(other.message()).isEqualTo("State Machine Already Exists: '" + arn + "'");
    }

    @Test
    void aDefinitionThatCannotRunIsRefusedInAwsWords() {
        Reply reply =
                function.ask("CreateStateMachine", "{'name': 'made', 'roleArn': '" + ROLE + "', 'definition': '{}'}");

        assertThat(reply.error()).isEqualTo("InvalidDefinition");
        assertThat(reply.message()).startsWith("Invalid State Machine Definition: '");
    }

    @Test
    void anUpdateTouchesNoExecutionThatRuns() throws InterruptedException {
        String arn = function.create(
                "made",
                "{'StartAt': 'T', 'States': {'T': {'Type': 'Task', 'Resource': 'task:token.waitForTaskToken', 'End':"
                        + " true}}}",
                "STANDARD");
        String before = function.start(arn, "before", "{}");
        while (function.tokens.isEmpty()) {
            Thread.sleep(2);
        }

        assertThat(update(arn, OTHER, "").text("revisionId")).isNotEmpty();

        assertThat(output(arn, "after")).isEqualTo("\"other\"");
        function.ask("SendTaskSuccess", "{'taskToken': '" + function.tokens.getFirst() + "', 'output': '7'}");
        assertThat(function.await(before, "SUCCEEDED").text("output")).isEqualTo("7");
    }

    @Test
    void anUpdateSaysWhatItWants() {
        String arn = function.create("made", PASS, "STANDARD");

        assertThat(ask("UpdateStateMachine", arn, "").error()).isEqualTo("MissingRequiredParameter");
        assertThat(update(arn + "x", OTHER, "").error()).isEqualTo("StateMachineDoesNotExist");
        assertThat(update(arn, OTHER, ", 'versionDescription': 'v'").error()).isEqualTo("ValidationException");
    }

    @Test
    void aDeletedOneIsGoneAndDeletingItAgainSucceeds() {
        String arn = function.create("made", PASS, "STANDARD");

        assertThat(ask("DeleteStateMachine", arn, "").status()).isEqualTo(200);
        assertThat(ask("DeleteStateMachine", arn, "").status()).isEqualTo(200);
        assertThat(ask("DescribeStateMachine", arn, "").message())
                .isEqualTo("State Machine Does Not Exist: '" + arn + "'");
        assertThat(ask("StartExecution", arn, "").error()).isEqualTo("StateMachineDoesNotExist");
    }

    // ---- versions

    @Test
    void aVersionStaysWhatItWas() throws InterruptedException {
        String arn = function.create("made", PASS, "STANDARD");
        Reply published = ask("PublishStateMachineVersion", arn, "'description': 'first'");
        assertThat(published.text("stateMachineVersionArn")).isEqualTo(arn + ":1");

        Reply updated = update(arn, OTHER, ", 'publish': true");

        assertThat(updated.text("stateMachineVersionArn")).isEqualTo(arn + ":2");
        assertThat(output(arn + ":1", "one")).isEqualTo("{}");
        assertThat(output(arn + ":2", "two")).isEqualTo("\"other\"");
        Reply described = ask("DescribeStateMachine", arn + ":1", "");
        assertThat(described.text("definition")).isEqualTo(PASS.replace('\'', '"'));
        assertThat(described.text("description")).isEqualTo("first");
        assertThat(function.ask("DescribeExecution", "{'executionArn': '" + PREFIX + "execution:made:two'}")
                        .text("stateMachineVersionArn"))
                .isEqualTo(arn + ":2");
        assertThat(arns(ask("ListStateMachineVersions", arn, ""), "stateMachineVersions", "stateMachineVersionArn"))
                .containsExactly(arn + ":2", arn + ":1");
    }

    @Test
    void toPublishWhatIsPublishedGivesThatVersion() {
        String arn = function.create("made", PASS, "STANDARD");
        ask("PublishStateMachineVersion", arn, "");

        assertThat(ask("PublishStateMachineVersion", arn, "").text("stateMachineVersionArn"))
                .isEqualTo(arn + ":1");
        Reply conflict = ask("PublishStateMachineVersion", arn, "'revisionId': 'x'");
        assertThat(conflict.message())
                .isEqualTo("Failed to publish the State Machine version for revision x. The current State Machine"
                        + " revision is INITIAL.");
    }

    // ---- aliases

    private String alias(String name, String routes) {
        return function.ask(
                        "CreateStateMachineAlias", "{'name': '" + name + "', 'routingConfiguration': [" + routes + "]}")
                .text("stateMachineAliasArn");
    }

    private static String route(String arn, int weight) {
        return "{'stateMachineVersionArn': '" + arn + "', 'weight': " + weight + "}";
    }

    private String withTwoVersions() {
        String arn = function.create("made", PASS, "STANDARD");
        ask("PublishStateMachineVersion", arn, "");
        update(arn, OTHER, ", 'publish': true");
        return arn;
    }

    @Test
    void anAliasLeadsToItsVersions() throws InterruptedException {
        String arn = withTwoVersions();
        String alias = alias("PROD", route(arn + ":1", 100) + ", " + route(arn + ":2", 0));

        assertThat(alias).isEqualTo(arn + ":PROD");
        assertThat(output(alias, "one")).isEqualTo("{}");
        Reply one = function.ask("DescribeExecution", "{'executionArn': '" + PREFIX + "execution:made:one'}");
        assertThat(one.text("stateMachineAliasArn")).isEqualTo(alias);
        assertThat(one.text("stateMachineVersionArn")).isEqualTo(arn + ":1");

        function.ask(
                "UpdateStateMachineAlias",
                "{'stateMachineAliasArn': '" + alias + "', 'routingConfiguration': [" + route(arn + ":2", 100) + "]}");
        assertThat(output(alias, "two")).isEqualTo("\"other\"");
        assertThat(arns(ask("ListExecutions", arn + ":1", ""), "executions", "name"))
                .containsExactly("one");
        assertThat(arns(ask("ListExecutions", alias, ""), "executions", "name")).containsExactly("two", "one");
    }

    @Test
    void theWeightsOfAnAliasShareWhatIsStarted() throws InterruptedException {
        String arn = withTwoVersions();
        String alias = alias("PROD", route(arn + ":1", 50) + ", " + route(arn + ":2", 50));

        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            outputs.add(output(alias, "run-" + i));
        }

        assertThat(outputs).contains("{}", "\"other\"");
    }

    @Test
    void anAliasIsHeldAgainstItsRules() {
        String arn = withTwoVersions();
        Reply weights = function.ask(
                "CreateStateMachineAlias",
                "{'name': 'PROD', 'routingConfiguration': [" + route(arn + ":1", 30) + ", " + route(arn + ":2", 60)
                        + "]}");

        assertThat(weights.text("reason")).isEqualTo("INVALID_ROUTING_CONFIGURATION");
        assertThat(weights.message())
                .isEqualTo("Sum of routing configuration weights must equal 100. Received: [30, 60]");
        Reply absent = function.ask(
                "CreateStateMachineAlias",
                "{'name': 'PROD', 'routingConfiguration': [" + route(arn + ":9", 100) + "]}");
        assertThat(absent.error()).isEqualTo("ResourceNotFound");
        assertThat(absent.text("resourceName")).isEqualTo(arn + ":9");
    }

    @Test
    void toCreateTheSameAliasAgainIsAnsweredAndAnotherConflicts() {
        String arn = withTwoVersions();
        String alias = alias("PROD", route(arn + ":1", 100));

        assertThat(alias("PROD", route(arn + ":1", 100))).isEqualTo(alias);
        assertThat(function.ask(
                                "CreateStateMachineAlias",
                                "{'name': 'PROD', 'routingConfiguration': [" + route(arn + ":2", 100) + "]}")
                        .error())
                .isEqualTo("ConflictException");
    }

    @Test
    void aVersionThatAnAliasLeadsToIsNotDeleted() {
        String arn = withTwoVersions();
        String alias = alias("PROD", route(arn + ":1", 100));
        String delete = "{'stateMachineVersionArn': '" + arn + ":1'}";

        assertThat(function.ask("DeleteStateMachineVersion", delete).message()).endsWith("version: [PROD]");

        function.ask("DeleteStateMachineAlias", "{'stateMachineAliasArn': '" + alias + "'}");
        assertThat(function.ask("DeleteStateMachineVersion", delete).status()).isEqualTo(200);
        assertThat(ask("StartExecution", arn + ":1", "").error()).isEqualTo("StateMachineDoesNotExist");
    }

    @Test
    void aliasesAreListedAndDescribed() {
        String arn = withTwoVersions();
        alias("A", route(arn + ":1", 100));
        alias("B", route(arn + ":2", 100));

        Reply first = ask("ListStateMachineAliases", arn, "'maxResults': 1");
        Reply second = ask("ListStateMachineAliases", arn, "'nextToken': '" + first.text("nextToken") + "'");
        List<String> all = arns(first, "stateMachineAliases", "stateMachineAliasArn");
        all.addAll(arns(second, "stateMachineAliases", "stateMachineAliasArn"));
        assertThat(all).containsExactlyInAnyOrder(arn + ":A", arn + ":B");
        assertThat(arns(ask("ListStateMachineAliases", arn + ":2", ""), "stateMachineAliases", "stateMachineAliasArn"))
                .containsExactly(arn + ":B");
        JsonNode described = function.ask("DescribeStateMachineAlias", "{'stateMachineAliasArn': '" + arn + ":A'}")
                .body();
        assertThat(described.path("routingConfiguration").toString())
                .isEqualTo("[{\"stateMachineVersionArn\":\"" + arn + ":1\",\"weight\":100}]");
    }

    @Test
    void aListOfAliasesGoesOnAfterOneThatIsDeletedMeanwhile() {
        String arn = withTwoVersions();
        List<String> made = List.of(
                alias("A", route(arn + ":1", 100)),
                alias("B", route(arn + ":1", 100)),
                alias("C", route(arn + ":1", 100)));

        Reply first = ask("ListStateMachineAliases", arn, "'maxResults': 1");
        List<String> seen = arns(first, "stateMachineAliases", "stateMachineAliasArn");
        function.ask("DeleteStateMachineAlias", "{'stateMachineAliasArn': '" + seen.getFirst() + "'}");
        Reply rest = ask("ListStateMachineAliases", arn, "'nextToken': '" + first.text("nextToken") + "'");
        seen.addAll(arns(rest, "stateMachineAliases", "stateMachineAliasArn"));

        assertThat(seen).containsExactlyInAnyOrderElementsOf(made);
        assertThat(ask("ListStateMachineAliases", arn, "'nextToken': 'YWZ0ZXI6eA'")
                        .error())
                .isEqualTo("InvalidToken");
    }

    @Test
    void aThousandVersionsMayBeThereAndNoneThatIsDeletedCounts() {
        String arn = function.create("made", PASS, "STANDARD");
        for (int i = 1; i <= 1_000; i++) {
            update(arn, i % 2 == 0 ? PASS : OTHER, ", 'publish': true");
        }

        assertThat(ask("PublishStateMachineVersion", arn, "").text("stateMachineVersionArn"))
                .isEqualTo(arn + ":1000");
        update(arn, OTHER, "");
        assertThat(ask("PublishStateMachineVersion", arn, "").error()).isEqualTo("ServiceQuotaExceededException");
        function.ask("DeleteStateMachineVersion", "{'stateMachineVersionArn': '" + arn + ":7'}");
        assertThat(ask("PublishStateMachineVersion", arn, "").text("stateMachineVersionArn"))
                .isEqualTo(arn + ":1001");
    }

    private static List<String> arns(Reply reply, String list, String name) {
        List<String> arns = new ArrayList<>();
        reply.body().path(list).forEach(item -> arns.add(item.path(name).asText()));
        return arns;
    }

    // ---- tags

    @Test
    void tagsArePutListedAndTakenOff() {
        String arn = function.create("made", PASS, "STANDARD");
        String resource = "{'resourceArn': '" + arn + "'";

        function.ask("TagResource", resource + ", 'tags': [{'key': 'a', 'value': '1'}, {'key': 'b', 'value': '2'}]}");
        function.ask("UntagResource", resource + ", 'tagKeys': ['a']}");

        assertThat(function.ask("ListTagsForResource", resource + "}").body().toString())
                .isEqualTo("{\"tags\":[{\"key\":\"b\",\"value\":\"2\"}]}");
        assertThat(function.ask("ListTagsForResource", "{'resourceArn': '" + arn + "x'}")
                        .error())
                .isEqualTo("ResourceNotFound");
    }

    @Test
    void aRepeatedRequestPutsTheTagsThatTheFirstDidNotComeTo() {
        String arn = function.create("made", PASS, "STANDARD");
        String resource = "{'resourceArn': '" + arn + "'";

        function.ask("CreateStateMachine", withTag("1"));
        assertThat(function.ask("ListTagsForResource", resource + "}").body().toString())
                .isEqualTo("{\"tags\":[{\"key\":\"a\",\"value\":\"1\"}]}");

        function.ask("CreateStateMachine", withTag("2"));
        assertThat(function.ask("ListTagsForResource", resource + "}").body().toString())
                .isEqualTo("{\"tags\":[{\"key\":\"a\",\"value\":\"1\"}]}");
    }

    private static JsonNode withTag(String value) {
        return ApiFunction.json("{\"name\": \"made\", \"roleArn\": \"" + ROLE + "\", \"definition\": \"" + escaped(PASS)
                + "\", \"tags\": [{\"key\": \"a\", \"value\": \"" + value + "\"}]}");
    }

    // ---- definitions

    @Test
    void aDefinitionIsValidated() {
        Reply bad = function.ask(
                "ValidateStateMachineDefinition", "{'definition': '{\\\"StartAt\\\": 1}', 'maxResults': 1}");
        Reply good = function.ask(
                "ValidateStateMachineDefinition", ApiFunction.json("{\"definition\": \"" + escaped(PASS) + "\"}"));

        assertThat(bad.text("result")).isEqualTo("FAIL");
        assertThat(bad.body().path("diagnostics")).hasSize(1);
        assertThat(bad.body().path("truncated").booleanValue()).isTrue();
        assertThat(good.text("result")).isEqualTo("OK");
    }
}
