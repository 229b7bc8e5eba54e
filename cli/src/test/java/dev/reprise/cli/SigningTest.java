package dev.reprise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests to AWS are signed, by whom and for what; and what is told when AWS does not let them through. */
class SigningTest {

    private static final String FUNCTION = "https://abc123.lambda-url.eu-west-1.on.aws/";

    @TempDir
    Path home;

    private final SigningOptions options = new SigningOptions();

    /** The environment of somebody whose home this is. */
    private Map<String, String> environment(String... more) {
        Map<String, String> environment =
                new HashMap<>(Map.of("HOME", home.toString(), "AWS_EC2_METADATA_DISABLED", "true"));
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return environment;
    }

    private Map<String, String> withKeys(String... more) {
        Map<String, String> environment = environment(more);
        environment.putAll(Map.of(
                "AWS_ACCESS_KEY_ID", "AKID", "AWS_SECRET_ACCESS_KEY", "a secret", "AWS_SESSION_TOKEN", "a token"));
        return environment;
    }

    private Path profiles(String file, String text) throws IOException {
        Path path = home.resolve(".aws").resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    private String signing(String endpoint, Map<String, String> environment) {
        return String.valueOf(options.signing(URI.create(endpoint), environment));
    }

    // ---- for what

    @Test
    void theEndpointsNameTellsServiceAndRegion() {
        Map<String, String> keys = withKeys();

        assertThat(signing(FUNCTION, keys)).isEqualTo("signed by AWS_ACCESS_KEY_ID for lambda in eu-west-1");
        assertThat(signing("https://abc.execute-api.us-gov-west-1.amazonaws.com/prod", keys))
                .endsWith("for execute-api in us-gov-west-1");
        assertThat(signing("https://abc.execute-api.cn-north-1.amazonaws.com.cn/prod", keys))
                .endsWith("for execute-api in cn-north-1");
        assertThat(signing("https://states.eu-central-1.amazonaws.com", keys)).endsWith("for states in eu-central-1");
        assertThat(signing("https://lambda-url.eu-west-1.on.aws.example.org", keys))
                .isEqualTo("null");
    }

    @Test
    void whatTheNameDoesNotTellOptionsDo() {
        options.service = "execute-api";
        assertThat(signing("https://workflows.example.org", withKeys("AWS_DEFAULT_REGION", "eu-west-2")))
                .endsWith("for execute-api in eu-west-2");
        assertThat(signing(
                        "https://workflows.example.org",
                        withKeys("AWS_REGION", "eu-west-3", "AWS_DEFAULT_REGION", "x")))
                .endsWith("for execute-api in eu-west-3");
        assertThatThrownBy(() -> signing("https://workflows.example.org", withKeys()))
                .hasMessage("Say which region requests are signed for: --region REGION");
        options.region = "ap-south-1";
        assertThat(signing(FUNCTION, withKeys("AWS_REGION", "eu-west-3"))).endsWith("for execute-api in ap-south-1");
    }

    @Test
    void thisMachineIsNeverSignedFor() {
        options.service = "lambda";
        options.profile = "none";
        for (String here : List.of(
                "http://127.0.0.1:8083",
                "http://127.1.2.3",
                "http://localhost",
                "https://sync-localhost:8083",
                "http://LOCALHOST/x",
                "http://[::1]:80")) {
            assertThat(signing(here, Map.of())).as(here).isEqualTo("null");
        }
    }

    @Test
    void anUnknownNameIsSignedForOnlyWhenItIsSaidForWhat() {
        assertThat(signing("http://build.example.org:8083", withKeys())).isEqualTo("null");
        options.region = "eu-west-1";
        assertThatThrownBy(() -> signing("https://build.example.org", withKeys()))
                .hasMessageContaining("build.example.org does not tell", "--service execute-api");
    }

    @Test
    void noTokenGoesOverTheWireInTheClear() {
        assertThatThrownBy(() -> signing("http://abc123.lambda-url.eu-west-1.on.aws/", withKeys()))
                .hasMessageContaining("https only");
    }

    // ---- by whom

    @Test
    void profilesHaveKeysARegionAndNames() throws IOException {
        profiles("credentials", "[default]\naws_access_key_id = A\naws_secret_access_key = B\n");
        profiles(
                "config",
                "[profile shop]\nregion = eu-north-1\naws_access_key_id = C\naws_secret_access_key = D\n"
                        + "[profile bare]\nregion = eu-north-1\n");

        assertThat(signing(FUNCTION, environment())).startsWith("signed by profile 'default' ");
        assertThat(signing(FUNCTION, environment("AWS_PROFILE", "shop"))).startsWith("signed by profile 'shop' ");
        // What the environment holds goes before what it names, and what is named here before both.
        assertThat(signing(FUNCTION, withKeys("AWS_PROFILE", "shop"))).startsWith("signed by AWS_ACCESS_KEY_ID ");
        options.profile = "shop";
        options.service = "execute-api";
        Signing signing = options.signing(URI.create("https://workflows.example.org"), withKeys());
        assertThat(signing).hasToString("signed by profile 'shop' for execute-api in eu-north-1");
        assertThat(signing.credentials().resolve().accessKeyId()).isEqualTo("C");

        options.profile = "shp";
        assertThatThrownBy(() -> signing(FUNCTION, environment()))
                .hasMessageContaining("There is no profile 'shp' in " + home, "There are: bare, default, shop");
        options.profile = "bare";
        assertThatThrownBy(() -> signing(FUNCTION, environment()))
                .hasMessageContaining("profile 'bare' has no credentials: aws configure --profile bare");
    }

    @Test
    void filesMayStandElsewhere() throws IOException {
        Path elsewhere = profiles("elsewhere", "[shop]\naws_access_key_id = C\naws_secret_access_key = D\n");
        options.profile = "shop";

        assertThat(signing(FUNCTION, environment("AWS_SHARED_CREDENTIALS_FILE", elsewhere.toString())))
                .startsWith("signed by profile 'shop' ");
    }

    @Test
    void aFileThatChangesIsReadAgain() throws IOException {
        Path file = profiles("credentials", "[default]\naws_access_key_id = A\naws_secret_access_key = B\n");
        Signing signing = options.signing(URI.create(FUNCTION), environment());
        assertThat(signing.credentials().resolve().accessKeyId()).isEqualTo("A");

        Files.writeString(file, "[default]\naws_access_key_id = ANOTHER\naws_secret_access_key = B\n");

        assertThat(signing.credentials().resolve().accessKeyId()).isEqualTo("ANOTHER");
    }

    @Test
    void whereThereAreNoneItSaysWhereItHasLooked() {
        assertThatThrownBy(() -> signing(FUNCTION, environment()))
                .hasMessageContainingAll("no credentials", "AWS_ACCESS_KEY_ID", "aws configure", "--profile NAME");
        assertThatThrownBy(() -> signing(FUNCTION, environment("AWS_ACCESS_KEY_ID", "A")))
                .hasMessageContaining("AWS_SECRET_ACCESS_KEY is not");
    }

    @Test
    void whatHasExpiredIsNotSent() {
        Signing signing = options.signing(
                URI.create(FUNCTION), withKeys("AWS_CREDENTIAL_EXPIRATION", "2020-01-01T00:00:00+00:00"));

        assertThatThrownBy(() -> signing.sign(URI.create(FUNCTION), Map.of(), new byte[0]))
                .hasMessageContaining("AWS_ACCESS_KEY_ID have expired at 2020-01-01T00:00:00Z: sign in again");
    }

    // ---- what is sent

    private static Signing signed() {
        SigningOptions options = new SigningOptions();
        return options.signing(
                URI.create(FUNCTION),
                Map.of(
                        "AWS_ACCESS_KEY_ID", "AKID",
                        "AWS_SECRET_ACCESS_KEY", "a secret",
                        "AWS_SESSION_TOKEN", "a token"));
    }

    @Test
    void aRequestsSignatureHolds() throws IOException {
        try (SignedStub stub =
                SignedStub.start((exchange, request) -> SignedStub.send(exchange, 200, "{\"a\":\"é\"}"))) {
            for (String path : List.of("", "/", "/prod", "/a%20b/c")) {
                StepFunctionsClient client = new StepFunctionsClient(URI.create(stub.uri() + path), signed());

                assertThat(client.call(
                                "DescribeExecution",
                                StepFunctionsClient.object().put("executionArn", "é")))
                        .hasToString("{\"a\":\"é\"}");
            }
            assertThat(stub.refused).isEmpty();
            assertThat(stub.requests).extracting(SignedStub.Request::service).containsOnly("lambda");
            assertThat(stub.requests).extracting(SignedStub.Request::region).containsOnly("eu-west-1");
            assertThat(stub.requests)
                    .extracting(SignedStub.Request::path)
                    .containsExactly("/", "/", "/prod", "/a%20b/c");
            assertThat(stub.requests).extracting(SignedStub.Request::body).containsOnly("{\"executionArn\":\"é\"}");
        }
    }

    /** A command as a process, a host of AWS's name, TLS: all of it. */
    @Test
    void aCommandAsksAFunctionsUrl() throws Exception {
        String host = "abc123.lambda-url.eu-west-1.on.aws";
        Path keys = SignedStub.keyStore(home, host);
        Path hosts = Files.writeString(home.resolve("hosts"), "127.0.0.1 " + host + "\n");
        String machines = "{\"stateMachines\":[{\"name\":\"orders\",\"stateMachineArn\":\"arn\"}]}";
        try (SignedStub stub =
                SignedStub.startWithTls(keys, (exchange, request) -> SignedStub.send(exchange, 200, machines))) {
            List<String> jvm = List.of(
                    "-Djdk.net.hosts.file=" + hosts,
                    "-Djavax.net.ssl.trustStore=" + keys,
                    "-Djavax.net.ssl.trustStorePassword=password");
            String endpoint = "--endpoint=https://" + host + ":" + stub.port();

            assertThat(Shell.runWith(withKeys(), jvm, "list", endpoint)).isEqualTo(new Shell(0, "orders  arn\n", ""));
            assertThat(stub.requests.getFirst().service()).isEqualTo("lambda");

            Map<String, String> others = withKeys();
            others.put("AWS_SECRET_ACCESS_KEY", "another secret");
            Shell refused = Shell.runWith(others, jvm, "list", endpoint);
            assertThat(refused.exitCode()).isEqualTo(3);
            assertThat(refused.err())
                    .isEqualTo("reprise: ListStateMachines: HTTP status 403: Forbidden. For troubleshooting see the"
                            + " documentation\nIt was signed by AWS_ACCESS_KEY_ID for lambda in eu-west-1. Look whether"
                            + " you may lambda:InvokeFunctionUrl and lambda:InvokeFunction, by your own policies and,"
                            + " from another account, by the function's too; aws sts get-caller-identity tells who you"
                            + " are\n");
        }
    }

    /** A profile whose session the AWS CLI keeps: it is asked for the credentials. */
    @Test
    void singleSignOnIsLeftToTheAwsCli() throws Exception {
        profiles(
                "config",
                "[profile shop]\nsso_session = firm\nsso_account_id = 1\nsso_role_name = r\n"
                        + "[sso-session firm]\nsso_start_url = https://firm.example.org\nsso_region = eu-west-1\n");
        Path aws = Files.writeString(home.resolve("aws"), """
            #!/bin/sh
            [ "$*" = "configure export-credentials --profile shop --format process" ] || exit 9
            [ -f "$HOME/signed-in" ] || { echo "Error loading SSO Token: run aws sso login" >&2; exit 255; }
            echo '{"Version": 1, "AccessKeyId": "AKID", "SecretAccessKey": "s", "SessionToken": "t",'
            echo '"Expiration": "2099-01-01T00:00:00Z"}'
            """);
        assertThat(aws.toFile().setExecutable(true)).isTrue();
        Map<String, String> environment = environment("PATH", home + ":" + System.getenv("PATH"));
        // Nothing listens there: what is told of the connection tells that there was something to sign with.
        String[] list = {"list", "--profile", "shop", "--endpoint", "https://abc.lambda-url.eu-west-1.on.aws:1"};
        Path hosts = Files.writeString(home.resolve("hosts"), "127.0.0.1 abc.lambda-url.eu-west-1.on.aws\n");
        List<String> jvm = List.of("-Djdk.net.hosts.file=" + hosts);

        assertThat(Shell.runWith(environment, jvm, list).err())
                .contains(
                        "The credentials of profile 'shop', by aws configure export-credentials", "run aws sso login");
        Files.createFile(home.resolve("signed-in"));
        assertThat(Shell.runWith(environment, jvm, list).err()).contains("Nothing answers at https://abc.lambda-url");
    }

    // ---- what is told

    @Test
    void eachRefusalTellsWhatToLookAt() {
        assertThat(advice(null, "", "Forbidden")).contains("not signed", "--service");
        assertThat(advice(signed(), "", "Signature expired: 2026… is now earlier than"))
                .contains("clock");
        assertThat(advice(signed(), "", "The security token included in the request is expired"))
                .contains("have expired: sign in again");
        assertThat(advice(signed(), "ExpiredTokenException", "")).contains("have expired");
        assertThat(advice(signed(), "", "Credential should be scoped to correct service: 'execute-api'."))
                .contains("--service, --region");
        assertThat(advice(
                        signed(), "", "The request signature we calculated does not match the signature you provided."))
                .contains("secret");
        assertThat(advice(signed(), "UnrecognizedClientException", "")).contains("secret");
        assertThat(advice(signed(), "", "User: x is not authorized")).contains("lambda:InvokeFunctionUrl");
    }

    private static String advice(Signing signing, String error, String message) {
        return Forbidden.advice(signing, error, message);
    }

    @Test
    void whatIsNoUrlIsNotAsked() {
        for (String wrong : List.of("localhost:8083", "abc", "ftp://x/", "http:/x")) {
            Shell shell = Shell.run("list", "--endpoint", wrong);
            assertThat(shell.exitCode()).as(wrong).isEqualTo(2);
            assertThat(shell.err()).contains("An endpoint is a URL such as", "not '" + wrong + "'");
        }
    }
}
