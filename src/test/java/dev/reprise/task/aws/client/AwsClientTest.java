package dev.reprise.task.aws.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.reprise.task.StubService;
import dev.reprise.task.StubService.Answer;
import dev.reprise.task.UnreliableService;
import dev.reprise.task.aws.model.ServiceModel;
import dev.reprise.task.aws.model.ServiceModels;
import dev.reprise.task.aws.protocol.InvalidRequestException;
import dev.reprise.task.aws.protocol.WireAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** The client: where it goes, how it shows who it is, what it tries again, and what it gives up. */
@Timeout(120)
class AwsClientTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

    private final List<Duration> slept = new CopyOnWriteArrayList<>();

    private AwsClient client(URI endpoint, Clock clock) {
        return client(endpoint, clock, () -> AwsBasicCredentials.create("a", "b"), AwsAccess.allowed());
    }

    private AwsClient client(
            URI endpoint, Clock clock, Supplier<AwsCredentialsIdentity> credentials, AwsAccess access) {
        return new AwsClient(
                new Endpoints(() -> "eu-west-1", service -> endpoint, List.of()),
                credentials,
                access,
                new Connections(1_000),
                clock,
                slept::add);
    }

    private static AwsCall call(String service, String action, String input) throws IOException {
        ServiceModel model = ServiceModels.get(service);
        return new AwsCall(model, model.operation(action), JSON.readTree(input));
    }

    @ParameterizedTest
    @CsvSource({
        "dynamodb, us-east-1, https://dynamodb.us-east-1.amazonaws.com, us-east-1",
        "dynamodb, cn-north-1, https://dynamodb.cn-north-1.amazonaws.com.cn, cn-north-1",
        "sqs, us-gov-west-1, https://sqs.us-gov-west-1.amazonaws.com, us-gov-west-1",
        "iam, eu-west-1, https://iam.amazonaws.com, us-east-1",
        "route53, ap-south-1, https://route53.amazonaws.com, us-east-1",
        "sfn, eu-central-1, https://states.eu-central-1.amazonaws.com, eu-central-1",
        "sts, eu-central-1, https://sts.eu-central-1.amazonaws.com, eu-central-1",
        "bedrockruntime, eu-west-1, https://bedrock-runtime.eu-west-1.amazonaws.com, eu-west-1",
        "lambda, eu-west-1, https://lambda.eu-west-1.amazonaws.com, eu-west-1",
        "lambda, cn-north-1, https://lambda.cn-north-1.amazonaws.com.cn, cn-north-1",
        "lambda, us-gov-west-1, https://lambda.us-gov-west-1.amazonaws.com, us-gov-west-1",
        "lambda, us-iso-east-1, https://lambda.us-iso-east-1.c2s.ic.gov, us-iso-east-1"
    })
    void servicesAreWhereAwsHasThem(String service, String region, String uri, String signingRegion) {
        assertThat(new Endpoints(() -> region, model -> null, List.of()).find(ServiceModels.get(service), null))
                .isEqualTo(new ServiceEndpoint(URI.create(uri), signingRegion, false));
    }

    @Test
    void anAddressOfTheConfigurationComesBeforeOneOfTheEnvironment() {
        var configured = Endpoints.configured(
                Map.of("sqs", URI.create("http://here:1")),
                Map.of("AWS_ENDPOINT_URL_SQS", "http://there:2", "AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "http://b:3"));

        assertThat(configured.apply(ServiceModels.get("sqs"))).isEqualTo(URI.create("http://here:1"));
        assertThat(configured.apply(ServiceModels.get("bedrockruntime"))).isEqualTo(URI.create("http://b:3"));
        assertThat(configured.apply(ServiceModels.get("sns"))).isNull();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        '', '', https://dynamodb.us-east-1.amazonaws.com
        true, '', https://dynamodb-fips.us-east-1.amazonaws.com
        '', true, https://dynamodb.us-east-1.api.aws
        true, true, https://dynamodb-fips.us-east-1.api.aws
        """)
    void theEnvironmentChoosesValidatedCryptographyAndIpv6(String fips, String dualStack, URI uri) {
        Endpoints endpoints = new Endpoints(
                () -> "us-east-1",
                model -> null,
                Endpoints.kinds(Map.of("AWS_USE_FIPS_ENDPOINT", fips, "AWS_USE_DUALSTACK_ENDPOINT", dualStack)));

        assertThat(endpoints.find(ServiceModels.get("dynamodb"), null).uri()).isEqualTo(uri);
    }

    @Test
    void aBucketHasAHostOfItsOwnWhereItsNameCanBeOne() throws Exception {
        ServiceEndpoint s3 = new ServiceEndpoint(URI.create("https://s3.eu-west-1.amazonaws.com"), "eu-west-1", false);
        JsonNode plain = JSON.readTree("{\"Bucket\": \"orders\"}");

        assertThat(S3Addresses.hasHost(plain, s3)).isTrue();
        assertThat(S3Addresses.host(plain, s3.uri()))
                .isEqualTo(URI.create("https://orders.s3.eu-west-1.amazonaws.com"));
        assertThat(S3Addresses.hasHost(JSON.readTree("{\"Bucket\": \"with.dots\"}"), s3))
                .isFalse();
        assertThat(S3Addresses.hasHost(plain, new ServiceEndpoint(s3.uri(), "eu-west-1", true)))
                .isFalse();
    }

    @Test
    void someOperationsHaveAWordBeforeTheHost() throws Exception {
        URI host = URI.create("https://s3-control.eu-west-1.amazonaws.com");
        AwsCall call = call("s3control", "getPublicAccessBlock", "{\"AccountId\": \"111111111111\"}");

        assertThat(HostPrefix.added(call.operation(), call.input(), host))
                .isEqualTo(URI.create("https://111111111111.s3-control.eu-west-1.amazonaws.com"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"AccountId": "evil.org/"} | The field 'AccountId' must be 1 to 63 letters, digits and hyphens, as it is part of the host's name
        {"AccountId": ""}          | The field 'AccountId' must be 1 to 63 letters, digits and hyphens, as it is part of the host's name
        {"AccountId": null}        | The field 'AccountId' is required but was missing
        {}                         | The field 'AccountId' is required but was missing
        """)
    void noInputLeadsToAnotherHost(String input, String message) throws Exception {
        AwsCall call = call("s3control", "getPublicAccessBlock", input);

        assertThat(catchThrowable(() -> HostPrefix.added(
                        call.operation(), call.input(), URI.create("https://s3-control.eu-west-1.amazonaws.com"))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(message);
    }

    @Test
    void aRequestIsSignedForItsServiceRegionAndTime() throws Exception {
        try (StubService stub = new StubService();
                AwsClient client = client(stub.endpoint(), Clock.fixed(NOON, ZoneOffset.UTC))) {
            stub.answers(Answer.json("{}"));

            client.call(call("sfn", "listStateMachines", "{}"));

            assertThat(stub.received().getFirst().header("Authorization"))
                    .matches("AWS4-HMAC-SHA256 Credential=a/20261128/eu-west-1/states/aws4_request,"
                            + " SignedHeaders=[a-z0-9;-]+, Signature=[0-9a-f]{64}");
            assertThat(stub.received().getFirst().header("X-Amz-Date")).isEqualTo("20261128T120000Z");
        }
    }

    /**
     * A configured address may be an endpoint of a VPC, which checks who asks, or a peer on this machine, which does
     * not.
     */
    @Test
    void aConfiguredAddressIsAskedInMadeUpNameOnlyWhereThereIsNoOther() throws Exception {
        Supplier<AwsCredentialsIdentity> none = () -> {
            throw SdkClientException.create("no credentials");
        };
        Supplier<AwsCredentialsIdentity> notAsked = () -> {
            throw new AssertionError("Credentials are looked for");
        };
        try (StubService stub = new StubService();
                AwsClient without = client(stub.endpoint(), Clock.systemUTC(), none, AwsAccess.allowed());
                AwsClient local = client(stub.endpoint(), Clock.systemUTC(), notAsked, service -> "not from here")) {
            stub.answers(Answer.json("{}")).answers(Answer.json("{}"));

            without.call(call("sfn", "listStateMachines", "{}"));
            local.call(call("sfn", "listStateMachines", "{}"));

            assertThat(stub.received())
                    .hasSize(2)
                    .allSatisfy(request -> assertThat(request.header("Authorization"))
                            .startsWith("AWS4-HMAC-SHA256 Credential=local/"));
        }
    }

    /** A control character: the task fails by its request, and nobody reads the value. */
    @Test
    void aMemberThatNoHeaderHoldsIsARequestThatCannotBeSent() throws Exception {
        try (StubService stub = new StubService();
                AwsClient client = client(stub.endpoint(), Clock.systemUTC())) {
            AwsCall call = call(
                    "s3", "putObject", "{\"Bucket\": \"b\", \"Key\": \"k\", \"Metadata\": {\"a\": \"hid\\u0001den\"}}");

            assertThat(catchThrowable(() -> client.call(call)))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessage("HTTP has no such request: invalid value of the header \"x-amz-meta-a\"");
            assertThat(stub.received()).isEmpty();
        }
    }

    @Test
    void s3IsToldTheHashAndTheChecksumOfABody() throws Exception {
        try (StubService stub = new StubService();
                AwsClient client = client(stub.endpoint(), Clock.systemUTC())) {
            stub.answers(new Answer(200, Map.of(), "")).answers(new Answer(200, Map.of(), "<DeleteResult/>"));

            client.call(call(
                    "s3", "putObject", "{\"Bucket\": \"b\", \"Key\": \"a b/ü\", \"Body\": {\"Dict\": \"Value\"}}"));
            client.call(
                    call("s3", "deleteObjects", "{\"Bucket\": \"b\", \"Delete\": {\"Objects\": [{\"Key\": \"k\"}]}}"));

            assertThat(stub.received().getFirst()).satisfies(put -> {
                assertThat(put.uri()).startsWith("/b/a%20b/%C3%BC");
                assertThat(put.body()).isEqualTo("{\"Dict\":\"Value\"}");
                assertThat(put.header("x-amz-checksum-crc32")).isEqualTo("hnEfWw==");
                assertThat(put.header("x-amz-content-sha256")).isNotNull();
            });
            assertThat(stub.received().get(1)).satisfies(deletion -> {
                assertThat(deletion.header("x-amz-checksum-crc32")).isNotNull();
                assertThat(deletion.body())
                        .isEqualTo("<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Object><Key>k</Key>"
                                + "</Object></Delete>");
            });
        }
    }

    @Test
    void anErrorThatS3SendsLateIsOne() throws Exception {
        try (StubService stub = new StubService();
                AwsClient client = client(stub.endpoint(), Clock.systemUTC())) {
            for (int i = 0; i < 3; i++) {
                stub.answers(new Answer(200, Map.of(), "<Error><Code>SlowDown</Code><Message>later</Message></Error>"));
            }

            ServiceRefusedException refused = catchThrowableOfType(
                    ServiceRefusedException.class,
                    () -> client.call(
                            call("s3", "copyObject", "{\"Bucket\": \"b\", \"Key\": \"k\", \"CopySource\": \"c/k\"}")));

            assertThat(refused.error().code()).isEqualTo("SlowDown");
            assertThat(refused.attempts()).isEqualTo(3);
        }
    }

    @Test
    void anAnswerToHeadSaysByItsStatusWhatIsMissing() throws Exception {
        try (StubService stub = new StubService();
                AwsClient client = client(stub.endpoint(), Clock.systemUTC())) {
            stub.answers(new Answer(404, Map.of(), ""));

            ServiceRefusedException refused = catchThrowableOfType(
                    ServiceRefusedException.class,
                    () -> client.call(call("s3", "headObject", "{\"Bucket\": \"b\", \"Key\": \"k\"}")));

            assertThat(refused.error().code()).isEqualTo("NoSuchKey");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void whatMayPassIsTriedThreeTimes(int status) throws Exception {
        try (StubService stub = new StubService();
                AwsClient client = client(stub.endpoint(), Clock.systemUTC())) {
            stub.answers(Answer.error(status, "ServiceUnavailable", "later"))
                    .answers(Answer.error(status, "ServiceUnavailable", "later"))
                    .answers(Answer.json("{\"TableNames\": []}"));

            assertThat(client.call(call("dynamodb", "listTables", "{}")).output())
                    .isEqualTo(JSON.readTree("{\"TableNames\": []}"));
            assertThat(slept).hasSize(2);
        }
    }

    @Test
    void whatDoesNotPassIsAskedOnce() throws Exception {
        try (StubService stub = new StubService();
                AwsClient client = client(stub.endpoint(), Clock.systemUTC())) {
            stub.answers(Answer.error(400, "ResourceNotFoundException", "none"));

            assertThat(catchThrowable(() -> client.call(call("dynamodb", "listTables", "{}"))))
                    .isInstanceOf(ServiceRefusedException.class);
            assertThat(stub.received()).hasSize(1);
        }
    }

    @Test
    void whatTheCallerTriesAgainIsAskedOnceWhateverFails() throws Exception {
        try (StubService stub = new StubService();
                AwsClient client = client(stub.endpoint(), Clock.systemUTC())) {
            stub.answers(Answer.error(503, "ServiceUnavailable", "later"));

            assertThat(catchThrowable(() ->
                            client.call(call("dynamodb", "listTables", "{}").inOneAttempt())))
                    .isInstanceOf(ServiceRefusedException.class);
            assertThat(stub.received()).hasSize(1);
            assertThat(slept).isEmpty();
        }
    }

    @Test
    void aCallInAnotherRegionIsSignedForIt() throws Exception {
        try (StubService stub = new StubService();
                AwsClient client = client(stub.endpoint(), Clock.fixed(NOON, ZoneOffset.UTC))) {
            stub.answers(Answer.json("{}"));

            client.call(call("sfn", "listStateMachines", "{}").in("ap-southeast-2"));

            assertThat(stub.received().getFirst().header("Authorization"))
                    .contains("Credential=a/20261128/ap-southeast-2/states/aws4_request");
        }
        assertThat(new Endpoints(() -> "eu-west-1", model -> null, List.of())
                        .find(ServiceModels.get("lambda"), "cn-north-1"))
                .isEqualTo(new ServiceEndpoint(
                        URI.create("https://lambda.cn-north-1.amazonaws.com.cn"), "cn-north-1", false));
    }

    /** Which a workflow's values cannot hold as they are. */
    @Test
    void anAnswerThatIsExchangedIsAsItCame() throws Exception {
        try (StubService stub = new StubService();
                AwsClient client = client(stub.endpoint(), Clock.systemUTC())) {
            stub.answers(new Answer(200, Map.of("ETag", "\"t\""), "no { JSON"));

            WireAnswer answer = client.exchange(call("s3", "getObject", "{\"Bucket\": \"b\", \"Key\": \"k\"}"));

            assertThat(answer.header("etag")).isEqualTo("\"t\"");
            assertThat(answer.body()).isEqualTo("no { JSON".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void nothingIsAskedWhenTheAnswerWouldComeTooLate() throws Exception {
        try (AwsClient client = client(silent().uri(), Clock.systemUTC())) {
            AwsCall bounded =
                    call("dynamodb", "listTables", "{}").until(Instant.now().plusMillis(300));

            long begun = System.nanoTime();
            assertThat(catchThrowable(() -> client.call(bounded))).isInstanceOf(UnreachableServiceException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void anInterruptGivesTheCallUp() throws Exception {
        try (AwsClient client = client(silent().uri(), Clock.systemUTC());
                ExecutorService executor = Executors.newSingleThreadExecutor()) {
            AwsCall call = call("dynamodb", "listTables", "{}");
            Future<?> running = executor.submit(() -> client.call(call));
            Silent.ASKED.acquire();

            running.cancel(true);

            executor.shutdown();
            assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void anAnswerThatIsTooLargeIsGivenUp() throws Exception {
        try (StubService stub = new StubService();
                AwsClient client = client(stub.endpoint(), Clock.systemUTC())) {
            stub.answers(Answer.json("{\"TableNames\": [\"" + "x".repeat(2_000) + "\"]}"));

            assertThat(catchThrowable(() -> client.call(call("dynamodb", "listTables", "{}"))))
                    .isInstanceOf(UnreachableServiceException.class)
                    .hasMessageContaining("more than 1000 bytes");
            assertThat(stub.received()).hasSize(1);
        }
    }

    @Test
    void aRoleIsTakenOnOnceForManyTasks() throws Exception {
        try (StubService stub = new StubService();
                AwsClient client = client(stub.endpoint(), Clock.systemUTC())) {
            stub.answers(new Answer(200, Map.of(), """
                <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
                <AccessKeyId>AKIA</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
                <SessionToken>token</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration>
                </Credentials></AssumeRoleResult></AssumeRoleResponse>\
                """));
            AssumedRoles roles = new AssumedRoles(client, Clock.systemUTC());

            assertThat(roles.assume("arn:aws:iam::1:role/r", "2f6c:x").accessKeyId())
                    .isEqualTo("AKIA");
            assertThat(roles.assume("arn:aws:iam::1:role/r", "other").secretAccessKey())
                    .isEqualTo("secret");
            assertThat(stub.received())
                    .singleElement()
                    .satisfies(request -> assertThat(request.body())
                            .isEqualTo("Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fr"
                                    + "&RoleSessionName=reprise-2f6c-x"));
        }
    }

    /** As many functions as may run at once, all at work: whoever asks another service hears of it. */
    @Test
    void servicesThatTakeTheirTimeHoldUpNoOther() throws Exception {
        Silent.ASKED.drainPermits();
        Silent lambda = silent();
        try (StubService stub = new StubService();
                AwsClient client = new AwsClient(
                        new Endpoints(
                                () -> "eu-west-1",
                                service -> service.name().equals("lambda") ? lambda.uri() : stub.endpoint(),
                                List.of()),
                        () -> AwsBasicCredentials.create("a", "b"),
                        AwsAccess.allowed(),
                        new Connections(1_000),
                        Clock.systemUTC());
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < Connections.MOST_SLOW; i++) {
                AwsCall call = call("lambda", "invoke", "{\"FunctionName\": \"f" + i + "\"}");
                running.add(callers.submit(() -> client.exchange(call)));
            }
            assertThat(Silent.ASKED.tryAcquire(Connections.MOST_SLOW, 60, TimeUnit.SECONDS))
                    .isTrue();
            stub.answers(Answer.json("{\"TableNames\": []}"));

            AwsCall other = call("dynamodb", "listTables", "{}")
                    .until(Instant.now().plusSeconds(30))
                    .inOneAttempt();
            assertThat(client.call(other).output()).isEqualTo(JSON.readTree("{\"TableNames\": []}"));

            running.forEach(each -> each.cancel(true));
        }
    }

    @Test
    void servicesAreToldOfTheTraceThatThisFunctionIsCalledIn() throws Exception {
        String trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
        try (StubService stub = new StubService();
                AwsClient client = client(stub.endpoint(), Clock.systemUTC())) {
            stub.answers(Answer.json("{}")).answers(Answer.json("{}"));
            System.setProperty("com.amazonaws.xray.traceHeader", trace);
            try {
                client.exchange(call("lambda", "invoke", "{\"FunctionName\": \"f\"}"));
            } finally {
                System.clearProperty("com.amazonaws.xray.traceHeader");
            }
            client.exchange(call("lambda", "invoke", "{\"FunctionName\": \"f\"}"));

            assertThat(stub.received().getFirst().header("X-Amzn-Trace-Id")).isEqualTo(trace);
            assertThat(stub.received().getFirst().header("Authorization"))
                    .as("what is changed on the way is not signed")
                    .doesNotContain("trace");
            assertThat(stub.received().getLast().header("X-Amzn-Trace-Id")).isNull();
        }
    }

    /** It answers nothing. */
    private record Silent(URI uri) {
        static final Semaphore ASKED = new Semaphore(0);
    }

    private static Silent silent() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> Silent.ASKED.release());
        server.start();
        return new Silent(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @Test
    void nothingThatAServiceSaysItTookIsLostOrDoubled() throws Exception {
        try (UnreliableService service = new UnreliableService();
                AwsClient client = client(service.endpoint(), Clock.systemUTC());
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                AwsCall call = call("sqs", "sendMessage", "{\"QueueUrl\": \"q\", \"MessageBody\": \"m" + i + "\"}");
                calls.add(callers.submit(() -> {
                    try {
                        client.call(call);
                        return true;
                    } catch (ServiceRefusedException | UnreachableServiceException e) {
                        return false;
                    }
                }));
            }
            Set<String> heard = new HashSet<>();
            for (int i = 0; i < calls.size(); i++) {
                if (calls.get(i).get()) {
                    heard.add("m" + i);
                }
            }

            assertThat(heard).isEqualTo(service.said().keySet()).isNotEmpty();
            assertThat(service.said().values()).extracting(AtomicInteger::get).containsOnly(1);
            assertThat(service.mostOpen()).isLessThanOrEqualTo(Connections.MOST);
        }
    }
}
