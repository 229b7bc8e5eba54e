package dev.reprise.task.aws.client;

import dev.reprise.task.aws.client.BoundedBody.TooLargeAnswerException;
import dev.reprise.task.aws.model.Authentication;
import dev.reprise.task.aws.model.ServiceModel;
import dev.reprise.task.aws.protocol.InvalidRequestException;
import dev.reprise.task.aws.protocol.UnreadableAnswerException;
import dev.reprise.task.aws.protocol.WireAnswer;
import dev.reprise.task.aws.protocol.WireError;
import dev.reprise.task.aws.protocol.WireProtocol;
import dev.reprise.task.aws.protocol.WireRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Calls any of AWS's services: what a service looks like, its table says. A call runs on the thread that makes it, and
 * an interrupt gives it up. Thread-safe.
 */
public final class AwsClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Services that take their time, with calls that work until they answer. */
    private static final Set<String> SLOW = Set.of(
            "bedrockagentruntime", "bedrockruntime", "lambda", "sagemakerruntime", "sfn", "qbusiness", "rdsdata");

    /** As long as a Lambda function may run, and a little for the way. */
    private static final Duration LONG_PATIENCE = Duration.ofMinutes(15).plusSeconds(10);

    /** Of an error that came in an answer of another status. */
    private static final int LATE_STATUS = 500;

    /** What the HTTP client writes itself. */
    private static final Set<String> OF_THE_CONNECTION = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    static {
        OF_THE_CONNECTION.addAll(List.of("Host", "Content-Length", "Connection", "Expect", "Upgrade"));
    }

    /** A peer on this machine asks for no secret. */
    public static final AwsBasicCredentials LOCAL = AwsBasicCredentials.create("local", "local");

    private final Endpoints endpoints;
    private final Supplier<? extends AwsCredentialsIdentity> credentials;
    private final AwsAccess access;
    private final Connections connections;
    private final Clock clock;
    private final Signatures signatures;
    private final Retries retries;

    /**
     * A client.
     *
     * @param credentials the function's own, asked for when a service of AWS is called
     * @param access whether AWS itself may be called
     */
    public AwsClient(
            Endpoints endpoints,
            Supplier<? extends AwsCredentialsIdentity> credentials,
            AwsAccess access,
            Connections connections,
            Clock clock) {
        this(endpoints, credentials, access, connections, clock, Thread::sleep);
    }

    AwsClient(
            Endpoints endpoints,
            Supplier<? extends AwsCredentialsIdentity> credentials,
            AwsAccess access,
            Connections connections,
            Clock clock,
            Retries.Sleeper sleeper) {
        this.endpoints = endpoints;
        this.credentials = credentials;
        this.access = access;
        this.connections = connections;
        this.clock = clock;
        this.signatures = new Signatures(clock);
        this.retries = new Retries(sleeper);
    }

    /**
     * Calls a service, as often as the standard mode of AWS's SDKs does.
     *
     * @throws ServiceRefusedException when the service does not do what it was asked for
     * @throws UnreachableServiceException when there is no answer
     * @throws dev.reprise.task.aws.protocol.InvalidRequestException when the request can't be written
     */
    public AwsAnswer call(AwsCall call) {
        return call(
                call, answer -> new AwsAnswer(protocol(call).answer(call.service(), call.operation(), answer), answer));
    }

    /** The same, whose answer is as it came: bytes that a workflow's values would have to write as text. */
    public WireAnswer exchange(AwsCall call) {
        return call(call, answer -> answer);
    }

    private static WireProtocol protocol(AwsCall call) {
        return WireProtocol.of(call.service().protocol());
    }

    private <T> T call(AwsCall call, Function<WireAnswer, T> reader) {
        ServiceModel service = call.service();
        ServiceEndpoint endpoint = endpoint(call);
        String refusal = endpoint.configured() ? null : access.refusal(service.name());
        if (refusal != null) {
            throw UnreachableServiceException.notToBeCalled(refusal);
        }
        WireRequest written = Checksums.added(
                call.operation(),
                call.input(),
                protocol(call).request(service, call.operation(), call.input(), tokens(call)));
        boolean ownHost = service.name().equals("s3") && S3Addresses.hasHost(call.input(), endpoint);
        WireRequest request = InvocationTrace.added(ownHost ? S3Addresses.atHost(call.input(), written) : written);
        AwsCredentialsIdentity identity = identity(call, endpoint);
        URI host = ownHost ? S3Addresses.host(call.input(), endpoint.uri()) : host(call, endpoint);
        AtomicInteger attempts = new AtomicInteger();
        Supplier<T> attempt =
                () -> attempt(call, request, host, endpoint, identity, attempts.incrementAndGet(), reader);
        try {
            return call.once() ? attempt.get() : retries.run(service.name(), () -> left(call), attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UnreachableServiceException.forGood("The call was given up", e);
        }
    }

    private ServiceEndpoint endpoint(AwsCall call) {
        try {
            return endpoints.find(call.service(), call.region());
        } catch (SdkClientException e) {
            throw UnreachableServiceException.forGood("No region of AWS was found: " + e.getMessage(), e);
        }
    }

    /** The same for every attempt, and after a crash for the same task. */
    private static Supplier<String> tokens(AwsCall call) {
        String key = call.idempotencyKey();
        return () -> key == null ? UUID.randomUUID().toString() : AwsCall.token(key);
    }

    private @Nullable AwsCredentialsIdentity identity(AwsCall call, ServiceEndpoint endpoint) {
        if (call.operation().authentication() == Authentication.NONE) {
            return null;
        }
        if (call.credentials() != null) {
            return call.credentials();
        }
        if (endpoint.configured() && access.refusal(call.service().name()) != null) {
            return LOCAL;
        }
        try {
            return credentials.get();
        } catch (SdkClientException e) {
            if (endpoint.configured()) {
                return LOCAL;
            }
            throw UnreachableServiceException.forGood("No credentials for AWS were found: " + e.getMessage(), e);
        }
    }

    /** A peer that the configuration names has one name only. */
    private static URI host(AwsCall call, ServiceEndpoint endpoint) {
        return endpoint.configured()
                ? endpoint.uri()
                : HostPrefix.added(call.operation(), call.input(), endpoint.uri());
    }

    /** Null for no bound. */
    private @Nullable Duration left(AwsCall call) {
        Instant deadline = call.deadline();
        return deadline == null ? null : Duration.between(clock.instant(), deadline);
    }

    private static boolean isSlow(AwsCall call) {
        return SLOW.contains(call.service().name());
    }

    private Duration patience(AwsCall call) {
        Duration usual = isSlow(call) ? LONG_PATIENCE : PATIENCE;
        Duration left = left(call);
        return left == null || left.compareTo(usual) > 0 ? usual : left;
    }

    private <T> T attempt(
            AwsCall call,
            WireRequest request,
            URI host,
            ServiceEndpoint endpoint,
            @Nullable AwsCredentialsIdentity identity,
            int number,
            Function<WireAnswer, T> reader) {
        ServiceModel service = call.service();
        WireProtocol protocol = protocol(call);
        SdkHttpRequest signed = signatures.sign(
                request,
                host,
                call.operation().authentication(),
                service.signingName(),
                endpoint.signingRegion(),
                identity);
        try {
            HttpRequest sendable = sendable(signed, request.body());
            WireAnswer answer = isSlow(call)
                    ? connections.sendToSlow(sendable, patience(call))
                    : connections.send(sendable, patience(call));
            if (answer.status() / 100 != 2) {
                throw new ServiceRefusedException(
                        service,
                        S3Answers.named(service, call.operation(), answer, protocol.error(answer)),
                        answer,
                        number);
            }
            WireError late = S3Answers.lateError(service, call.operation(), protocol, answer);
            if (late != null) {
                throw new ServiceRefusedException(
                        service, late, new WireAnswer(LATE_STATUS, answer.headers(), answer.body()), number);
            }
            return reader.apply(answer);
        } catch (TooLargeAnswerException e) {
            throw UnreachableServiceException.forGood(e.getMessage(), e);
        } catch (UnreadableAnswerException e) {
            throw new UnreachableServiceException(e.getMessage(), e);
        } catch (IOException e) {
            throw new UnreachableServiceException(
                    "Cannot reach " + service.prefix() + " at " + host + ": " + describe(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UnreachableServiceException.forGood("The call was given up", e);
        }
    }

    private static HttpRequest sendable(SdkHttpRequest signed, byte[] body) {
        try {
            return overHttp(signed, body);
        } catch (IllegalArgumentException e) {
            throw InvalidRequestException.ofWhole("HTTP has no such request: " + e.getMessage());
        }
    }

    private static String describe(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** @throws IllegalArgumentException when HTTP has no such request; it names a header, and never tells its value */
    static HttpRequest overHttp(SdkHttpRequest signed, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(signed.getUri())
                .method(
                        signed.method().name(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        for (Map.Entry<String, List<String>> header : signed.headers().entrySet()) {
            if (!OF_THE_CONNECTION.contains(header.getKey())) {
                header.getValue().forEach(value -> add(request, header.getKey(), value));
            }
        }
        return request.build();
    }

    /**
     * What the JDK says of a value holds the value, which may be a secret: only what it says of a name is passed on.
     */
    private static void add(HttpRequest.Builder request, String name, String value) {
        try {
            request.header(name, value);
        } catch (IllegalArgumentException e) {
            String said = String.valueOf(e.getMessage());
            throw new IllegalArgumentException(
                    said.endsWith("header name: \"" + name + "\"")
                            ? said
                            : "invalid value of the header \"" + name + "\"");
        }
    }

    @Override
    public void close() {
        connections.close();
    }
}
