package dev.reprise.task.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.asl.Resource;
import dev.reprise.execution.StatesError;
import dev.reprise.task.Job;
import dev.reprise.task.Job.Progress;
import dev.reprise.task.RequestTemplate;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskContext;
import dev.reprise.task.TaskException;
import dev.reprise.task.aws.client.AwsAccess;
import dev.reprise.task.aws.client.AwsCall;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clusters of EKS: what they are asked, in whose name, and when a job is done. */
class KubernetesTasksTest {

    private static final String RUN_JOB = "arn:aws:states:::eks:runJob";
    private static final String JOBS = "/apis/batch/v1/namespaces/default/jobs";

    /** Of the attempt whose idempotency key is "key". */
    private static final String MARK =
            "'annotations': {'reprise.dev/idempotency-token': '" + AwsCall.token("key") + "'}";

    private final WebTasks tasks = new WebTasks();
    private StubApi cluster;
    private KubernetesTasks kubernetes;

    @BeforeEach
    void begin() throws Exception {
        cluster = new StubApi();
        kubernetes =
                tasks.kubernetes(WebTasks.only(cluster), AwsAccess.allowed(), URI.create("http://nowhere.invalid"));
    }

    @AfterEach
    void end() {
        cluster.close();
        tasks.close();
    }

    private String named(String more) {
        return "{'ClusterName': 'c1', 'CertificateAuthority': 'unread', 'Endpoint': '" + cluster.url() + "', " + more
                + "}";
    }

    private JsonNode call(String more) {
        return WebTasks.run(kubernetes, "arn:aws:states:::eks:call", named(more));
    }

    // ---- eks:call

    @Test
    void aClusterIsAskedWithATokenThatStsVouchesFor() throws Exception {
        cluster.answers(request -> StubApi.Answer.json(200, "{\"kind\": \"PodList\", \"items\": []}"));

        assertThat(call("'Method': 'GET', 'Path': '/api/v1/namespaces/default/pods',"
                        + " 'QueryParameters': {'labelSelector': ['job-name=example-job,a=b'], 'limit': ['5']}"))
                .isEqualTo(WebTasks.json(
                        "{'ResponseBody': {'kind': 'PodList', 'items': []}, 'StatusCode': 200, 'StatusText': 'OK'}"));

        StubApi.Received request = cluster.received.getFirst();
        assertThat(request.method() + " " + request.path() + "?" + request.query())
                .isEqualTo("GET /api/v1/namespaces/default/pods?labelSelector=job-name%3Dexample-job%2Ca%3Db&limit=5");
        assertThat(request.headers())
                .containsEntry("accept", "application/json, */*")
                .doesNotContainKey("content-type");
        assertThat(request.body()).isEmpty();
        String[] address = address(request.headers().get("authorization")).split("\\?", -1);
        assertThat(address[0] + "?" + sorted(address[1])).isEqualTo(expectedAddress("AKID", "secret"));
    }

    private static String address(String authorization) {
        assertThat(authorization).startsWith("Bearer k8s-aws-v1.").doesNotContain("=");
        return new String(
                Base64.getUrlDecoder().decode(authorization.substring("Bearer k8s-aws-v1.".length())),
                StandardCharsets.UTF_8);
    }

    /** As AWS's documents describe a signature in the query, and aws-iam-authenticator reads it. */
    private static String expectedAddress(String key, String secret) throws Exception {
        String scope = "20260102/eu-west-1/sts/aws4_request";
        String query = "Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="
                + key + "%2F" + scope.replace("/", "%2F")
                + "&X-Amz-Date=20260102T030405Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host%3Bx-k8s-aws-id";
        String empty =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(new byte[0]));
        String canonical = "GET\n/\n" + query + "\nhost:sts.eu-west-1.amazonaws.com\nx-k8s-aws-id:c1\n\n"
                + "host;x-k8s-aws-id\n" + empty;
        String toSign = "AWS4-HMAC-SHA256\n20260102T030405Z\n" + scope + "\n"
                + HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256")
                                .digest(canonical.getBytes(StandardCharsets.UTF_8)));
        byte[] signing = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/", -1)) {
            signing = hmac(signing, part);
        }
        String signature = HexFormat.of().formatHex(hmac(signing, toSign));
        return "https://sts.eu-west-1.amazonaws.com/?" + sorted(query + "&X-Amz-Signature=" + signature);
    }

    private static byte[] hmac(byte[] key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sorted(String query) {
        return String.join("&", List.of(query.split("&", -1)).stream().sorted().toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        POST   | {'kind': 'ConfigMap'}                 | application/json             | {'kind':'ConfigMap'}
        PUT    | '{ "kind": "ConfigMap" }'             | application/json             | { 'kind': 'ConfigMap' }
        PATCH  | {'metadata': {'labels': {'a': 'b'}}}  | application/merge-patch+json | {'metadata':{'labels':{'a':'b'}}}
        PATCH  | [{'op': 'remove', 'path': '/a'}]      | application/json-patch+json  | [{'op':'remove','path':'/a'}]
        DELETE | {'propagationPolicy': 'Foreground'}   | application/json             | {'propagationPolicy':'Foreground'}
        """)
    void aBodyIsSentAsWhatItIs(String method, String body, String type, String sent) {
        JsonNode input =
                WebTasks.json(named("'Method': '" + method + "', 'Path': '/api/v1/namespaces/kube-system/configmaps'"));
        ((ObjectNode) input)
                .set(
                        "RequestBody",
                        body.startsWith("'")
                                ? ((ObjectNode) input).textNode(body.substring(1, body.length() - 1))
                                : WebTasks.json(body));

        WebTasks.run(kubernetes, "arn:aws:states:::eks:call", input);

        StubApi.Received request = cluster.received.getFirst();
        assertThat(request.method()).isEqualTo(method);
        assertThat(request.headers()).containsEntry("content-type", type);
        assertThat(request.body().replace('"', '\'')).isEqualTo(sent);
    }

    @Test
    void whatAClusterRefusesIsAnErrorOfItsStatus() {
        cluster.answers(request -> StubApi.Answer.json(401, "{\"kind\": \"Status\", \"code\": 401}"));

        StatesError error = WebTasks.failure(
                        kubernetes, "arn:aws:states:::eks:call", named("'Method': 'GET', 'Path': '/api/v1/pods'"))
                .error();

        assertThat(error.error()).isEqualTo("EKS.401");
        assertThat(WebTasks.json(error.cause()))
                .isEqualTo(WebTasks.json("{'ResponseBody': {'kind': 'Status', 'code': 401}, 'StatusCode': 401,"
                        + " 'StatusText': 'Unauthorized'}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        https://0A1B.gr7.us-east-1.eks.amazonaws.com.evil.org | Endpoint 'https://0A1B.gr7.us-east-1.eks.amazonaws.com.evil.org' is no cluster of EKS
        https://evil.org/.eks.amazonaws.com                   | Endpoint 'https://evil.org/.eks.amazonaws.com' must be https:// and a host
        https://me@a.eks.amazonaws.com                        | https://a.eks.amazonaws.com/api may not be called from here
        not a url                                             | Endpoint 'not a url' is no URL
        """)
    void aTokenGoesToNobodyElse(String endpoint, String cause) {
        assertThat(WebTasks.failure(
                                kubernetes,
                                "arn:aws:states:::eks:call",
                                "{'ClusterName': 'c', 'CertificateAuthority': 'x', 'Endpoint': '" + endpoint
                                        + "', 'Method': 'GET', 'Path': '/api'}")
                        .error())
                .satisfies(error -> {
                    assertThat(error.error()).isEqualTo("States.Runtime");
                    assertThat(error.cause()).startsWith(cause);
                });
    }

    @Test
    void onOneMachineNoClusterOfAwsIsAsked() {
        KubernetesTasks local = tasks.kubernetes(
                WebTasks.only(cluster), service -> "not " + service, URI.create("http://nowhere.invalid"));

        assertThat(WebTasks.failure(
                                local,
                                "arn:aws:states:::eks:call",
                                "{'ClusterName': 'c', 'CertificateAuthority': 'x', 'Endpoint':"
                                        + " 'https://a.gr7.us-east-1.eks.amazonaws.com', 'Method': 'GET', 'Path': '/'}")
                        .error())
                .isEqualTo(new StatesError("EKS.SdkClientException", "not eks"));
        WebTasks.run(local, "arn:aws:states:::eks:call", named("'Method': 'GET', 'Path': '/version'"));
        assertThat(address(cluster.received.getFirst().headers().get("authorization")))
                .contains("X-Amz-Credential=local%2F");
    }

    @Test
    void aClusterIsAskedInTheRoleOfTheStatesCredentials() throws Exception {
        try (StubApi sts = new StubApi()) {
            sts.answers(request -> new StubApi.Answer(200, Map.of(), """
                <AssumeRoleResponse><AssumeRoleResult><Credentials>
                <AccessKeyId>ROLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
                <SessionToken>session</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration>
                </Credentials></AssumeRoleResult></AssumeRoleResponse>\
                """.getBytes(StandardCharsets.UTF_8)));

            WebTasks.run(
                    tasks.kubernetes(WebTasks.only(cluster), AwsAccess.allowed(), URI.create(sts.url())),
                    "arn:aws:states:::eks:call",
                    WebTasks.json(named("'Method': 'GET', 'Path': '/version'")),
                    WebTasks.json("{'RoleArn': 'arn:aws:iam::111111111111:role/r'}"));
        }

        assertThat(address(cluster.received.getFirst().headers().get("authorization")))
                .contains("X-Amz-Credential=ROLE%2F", "X-Amz-Security-Token=session");
    }

    @Test
    void aClustersCertificateIsThatOfItsAuthority(@TempDir Path folder) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(folder, "mine")));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        try {
            String endpoint = "https://localhost:" + server.getAddress().getPort();
            KubernetesTasks trusting = tasks.kubernetes(
                    new WebAccess(List.of(endpoint), true, false),
                    AwsAccess.allowed(),
                    URI.create("http://nowhere.invalid"));
            Function<String, String> input = authority -> "{'ClusterName': 'c', 'CertificateAuthority': '" + authority
                    + "', 'Endpoint': '" + endpoint + "/', 'Method': 'GET', 'Path': '/version'}";
            context(folder, "other");

            assertThat(WebTasks.run(trusting, "arn:aws:states:::eks:call", input.apply(certificate(folder, "mine")))
                            .path("StatusCode")
                            .intValue())
                    .isEqualTo(200);
            assertThat(WebTasks.failure(
                                    trusting, "arn:aws:states:::eks:call", input.apply(certificate(folder, "other")))
                            .error()
                            .error())
                    .isEqualTo("EKS.SdkClientException");
            assertThat(WebTasks.failure(trusting, "arn:aws:states:::eks:call", input.apply("ANPAJ2UC"))
                            .error()
                            .cause())
                    .startsWith("CertificateAuthority must be certificates in PEM in base64, as EKS tells: ");
        } finally {
            server.stop(0);
        }
    }

    private static SSLContext context(Path folder, String name) throws Exception {
        Path store = folder.resolve(name + ".p12");
        keytool("-genkeypair -alias a -keyalg EC -dname CN=localhost -ext san=dns:localhost -storetype PKCS12"
                + " -storepass changeit -keystore " + store);
        keytool("-exportcert -rfc -alias a -storepass changeit -keystore " + store + " -file "
                + folder.resolve(name + ".pem"));
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static String certificate(Path folder, String name) throws Exception {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve(name + ".pem")));
    }

    private static void keytool(String arguments) throws Exception {
        String[] words = (Path.of(System.getProperty("java.home"), "bin", "keytool") + " " + arguments).split(" ", -1);
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    // ---- eks:runJob

    private static final String JOB = "'Job': {'apiVersion': 'batch/v1', 'kind': 'Job', 'metadata': {'name': 'j'},"
            + " 'spec': {'backoffLimit': 0}}";

    private static TaskCall call(String input, String key) {
        return new TaskCall(
                RUN_JOB + ".sync",
                WebTasks.json(input),
                new TaskContext("arn:aws:states:us-east-1:1:execution:m:e", "/", "S", 0, key, null),
                null);
    }

    private Job job() {
        return kubernetes.job(Resource.parse(RUN_JOB + ".sync"));
    }

    private JsonNode submit(String input, String key) {
        return job().submit(call(input, key)).await().indefinitely();
    }

    private Progress poll(JsonNode response) {
        return job().poll(new Job.Submission(RUN_JOB + ".sync", response, "key", null))
                .await()
                .indefinitely();
    }

    private String inCluster(String status, String uid) {
        return "{'metadata': {'name': 'j', 'uid': '" + uid + "', 'resourceVersion': '7', " + MARK
                + "}, 'status': {'conditions': [{'type': 'Suspended', 'status': 'False'}, " + status + "]}}";
    }

    private static StubApi.Answer json(int status, String text) {
        return StubApi.Answer.json(status, text.replace('\'', '"'));
    }

    @Test
    void aJobIsCreatedWithItsMark() {
        cluster.answers(request -> json(201, "{'metadata': {'name': 'j', 'uid': 'u1'}}"));

        assertThat(WebTasks.run(kubernetes, RUN_JOB, named("'Namespace': 'work', " + JOB)))
                .isEqualTo(WebTasks.json("{'ResponseBody': {'metadata': {'name': 'j', 'uid': 'u1'}}, 'StatusCode': 201,"
                        + " 'StatusText': 'Created'}"));

        StubApi.Received request = cluster.received.getFirst();
        assertThat(request.method() + " " + request.path()).isEqualTo("POST /apis/batch/v1/namespaces/work/jobs");
        assertThat(WebTasks.json(request.body()))
                .isEqualTo(WebTasks.json("{'apiVersion': 'batch/v1', 'kind': 'Job', 'metadata': {'name': 'j', " + MARK
                        + "}, 'spec': {'backoffLimit': 0}}"));
    }

    @Test
    void aGeneratedNameIsTheSameWhenTheJobIsCreatedAgain() {
        cluster.answers(request -> json(201, "{'metadata': {'name': 'n', 'uid': 'u1'}}"));
        String input = named("'Job': '{\\'metadata\\': {\\'generateName\\': \\'pi-\\'}}'".replace("\\'", "\\\""));

        submit(input, "key");
        submit(input, "key");
        submit(input, "other");

        List<String> names = cluster.received.stream()
                .map(request ->
                        WebTasks.json(request.body()).at("/metadata/name").asText())
                .toList();
        assertThat(names.get(0))
                .matches("pi-[0-9a-f]{10}")
                .isEqualTo(names.get(1))
                .isNotEqualTo(names.get(2));
    }

    @Test
    void aJobIsPolledUntilItsConditionHolds() {
        cluster.answers(request -> json(201, "{'metadata': {'name': 'j', 'uid': 'u1'}}"));
        JsonNode response = submit(named(JOB), "key");
        assertThat(response)
                .isEqualTo(WebTasks.json(named("'ResponseBody': {'metadata': {'name': 'j', 'uid': 'u1'}},"
                        + " 'StatusCode': 201, 'StatusText': 'Created'")));

        cluster.answers(request -> json(200, inCluster("{'type': 'SuccessCriteriaMet', 'status': 'True'}", "u1")));
        assertThat(poll(response)).isEqualTo(new Progress.Running(null));
        assertThat(cluster.received.getLast().method() + " "
                        + cluster.received.getLast().path())
                .isEqualTo("GET " + JOBS + "/j");

        String complete = inCluster("{'type': 'Complete', 'status': 'True'}", "u1");
        cluster.answers(request -> json(200, complete));
        assertThat(poll(response)).isEqualTo(new Progress.Succeeded(WebTasks.json(complete)));

        String failed = inCluster("{'type': 'Failed', 'status': 'True', 'reason': 'BackoffLimitExceeded'}", "u1");
        cluster.answers(request -> json(200, failed));
        assertThat(((Progress.Failed) poll(response)).error())
                .isEqualTo(new StatesError(
                        "States.TaskFailed", WebTasks.json(failed).toString()));
    }

    @Test
    void aClusterThatIsTooBusyToTellFailsNoJob() {
        JsonNode response = WebTasks.json(named("'ResponseBody': {'metadata': {'name': 'j', 'uid': 'u1'}}"));
        cluster.answers(request -> json(503, "{}"));
        assertThat(catchThrowable(() -> poll(response)))
                .isInstanceOf(IllegalStateException.class)
                .isNotInstanceOf(TaskException.class);

        cluster.answers(request -> json(404, "{}"));
        assertThat(((TaskException) catchThrowable(() -> poll(response)))
                        .error()
                        .error())
                .isEqualTo("EKS.404");

        cluster.answers(request -> json(200, inCluster("{'type': 'Complete', 'status': 'True'}", "u2")));
        assertThat(((Progress.Failed) poll(response)).error().cause())
                .startsWith("The job was deleted, and another one has its name");

        cluster.close();
        assertThat(catchThrowable(() -> poll(response)))
                .isInstanceOf(IllegalStateException.class)
                .isNotInstanceOf(TaskException.class);
    }

    @Test
    void aJobWhoseCreationWasNotAnsweredIsRecognised() {
        AtomicBoolean lost = new AtomicBoolean();
        cluster.answers(request -> {
            if (request.method().equals("GET")) {
                return json(200, inCluster("{}", "u1"));
            }
            return lost.compareAndSet(false, true) ? null : json(409, "{'reason': 'AlreadyExists'}");
        });

        JsonNode response = submit(named(JOB), "key");

        assertThat(response.at("/ResponseBody/metadata/uid").asText()).isEqualTo("u1");
        assertThat(cluster.received)
                .extracting(request -> request.method() + " " + request.path())
                .containsExactly("POST " + JOBS, "POST " + JOBS, "GET " + JOBS + "/j");

        TaskException foreign = (TaskException) catchThrowable(() -> submit(named(JOB), "another attempt"));
        assertThat(foreign.error().error()).isEqualTo("EKS.409");
        assertThat(WebTasks.json(foreign.error().cause())
                        .at("/ResponseBody/reason")
                        .asText())
                .isEqualTo("AlreadyExists");
    }

    @ParameterizedTest
    @CsvSource({"true, false", "'\"true\"', false", "true, true"})
    void logsAreReadWhenTheJobIsDone(String retrieve, boolean raw) {
        String complete = inCluster("{'type': 'Complete', 'status': 'True'}", "u1");
        cluster.answers(request -> switch (request.path()) {
            case "/apis/batch/v1/namespaces/work/jobs/j" -> json(200, complete);
            case "/api/v1/namespaces/work/pods" ->
                json(
                        200,
                        "{'items': [{'metadata': {'name': 'j-x1'}, 'spec': {'containers':"
                                + " [{'name': 'pi'}, {'name': 'side'}]}}, {'metadata': {'name': 'j-x2'},"
                                + " 'spec': {'containers': [{'name': 'pi'}]}}]}");
            case "/api/v1/namespaces/work/pods/j-x1/log" ->
                new StubApi.Answer(
                        200,
                        Map.of("Content-Type", "text/plain"),
                        (request.query().contains("side") ? "two\nlines\n" : "{ \"pi\": 3.14 }\n")
                                .getBytes(StandardCharsets.UTF_8));
            default -> json(400, "{'reason': 'BadRequest'}");
        });

        Progress progress = poll(WebTasks.json(named("'Namespace': 'work', 'LogOptions': {'RetrieveLogs': " + retrieve
                + ", 'RawLogs': " + raw + ", 'LogParameters': {'tailLines': ['6']}},"
                + " 'ResponseBody': {'metadata': {'name': 'j', 'uid': 'u1'}}")));

        ObjectNode expected = (ObjectNode) WebTasks.json(complete);
        expected.set(
                "logs",
                WebTasks.json("{'pods': {'j-x1': {'containers': {'pi': {}, 'side': {'log': 'two\\nlines\\n'}}},"
                        + " 'j-x2': {'containers': {'pi': {'error': 'EKS.400'}}}}}"));
        ((ObjectNode) expected.at("/logs/pods/j-x1/containers/pi"))
                .set("log", raw ? expected.textNode("{ \"pi\": 3.14 }\n") : WebTasks.json("{'pi': 3.14}"));
        ((ObjectNode) expected.at("/logs/pods/j-x2/containers/pi"))
                .put(
                        "cause",
                        "{\"ResponseBody\":{\"reason\":\"BadRequest\"},\"StatusCode\":400,\"StatusText\":\"Bad"
                                + " Request\"}");
        assertThat(progress).isEqualTo(new Progress.Succeeded(expected));
        assertThat(cluster.received)
                .extracting(request -> request.path() + "?" + request.query())
                .containsExactly(
                        "/apis/batch/v1/namespaces/work/jobs/j?",
                        "/api/v1/namespaces/work/pods?labelSelector=job-name%3Dj&limit=100",
                        "/api/v1/namespaces/work/pods/j-x1/log?container=pi&tailLines=6",
                        "/api/v1/namespaces/work/pods/j-x1/log?container=side&tailLines=6",
                        "/api/v1/namespaces/work/pods/j-x2/log?container=pi&tailLines=6");
    }

    @Test
    void aJobThatNobodyWaitsForIsDeletedWhileItRuns() {
        Job.Submission submission = new Job.Submission(
                RUN_JOB + ".sync",
                WebTasks.json(named("'ResponseBody': {'metadata': {'name': 'j', 'uid': 'u1'}}")),
                "key",
                null);
        cluster.answers(request -> json(200, inCluster("{}", "u1")));
        job().cancel(submission).await().indefinitely();
        StubApi.Received deletion = cluster.received.getLast();
        assertThat(deletion.method() + " " + deletion.path()).isEqualTo("DELETE " + JOBS + "/j");
        assertThat(WebTasks.json(deletion.body()))
                .isEqualTo(WebTasks.json("{'apiVersion': 'v1', 'kind': 'DeleteOptions', 'propagationPolicy':"
                        + " 'Background', 'preconditions': {'uid': 'u1', 'resourceVersion': '7'}}"));

        cluster.received.clear();
        for (String done : List.of(
                inCluster("{'type': 'Complete', 'status': 'True'}", "u1"),
                inCluster("{'type': 'Failed', 'status': 'True'}", "u1"),
                inCluster("{}", "another"))) {
            cluster.answers(request -> json(200, done));
            job().cancel(submission).await().indefinitely();
        }
        cluster.answers(request -> json(404, "{}"));
        job().cancel(submission).await().indefinitely();
        assertThat(cluster.received).extracting(StubApi.Received::method).containsOnly("GET");
    }

    @Test
    void ofALongJobOnlyIsKeptWhatItIsKnownBy() {
        cluster.answers(
                request -> json(201, "{'metadata': {'name': 'j', 'uid': 'u1'}, 'spec': '" + "x".repeat(40_000) + "'}"));

        assertThat(submit(named(JOB), "key").get("ResponseBody"))
                .isEqualTo(WebTasks.json("{'metadata': {'name': 'j', 'uid': 'u1'}}"));
    }

    @Test
    void aFieldThatIsNotKnownShowsAtLoad() {
        assertThat(kubernetes.problems(
                        Resource.parse(RUN_JOB + ".sync"),
                        new RequestTemplate(WebTasks.json("{'Jobs': {}}"), QueryLanguage.JSONPATH)))
                .extracting(problem -> problem.pointer() + " " + problem.suggestion())
                .containsExactly("/Jobs did you mean 'Job'?");
        assertThat(kubernetes.problems(
                        Resource.parse("arn:aws:states:::eks:call"),
                        new RequestTemplate(WebTasks.json("{'Method': 'SEND'}"), QueryLanguage.JSONPATH)))
                .extracting(problem -> problem.pointer())
                .containsExactly("/Method");
        assertThat(kubernetes.find(Resource.parse("arn:aws:states:::eks:createCluster")))
                .isNull();
    }
}
