package dev.reprise.task.aws.client;

import dev.reprise.task.aws.model.Authentication;
import dev.reprise.task.aws.protocol.WireAnswer;
import dev.reprise.task.aws.protocol.WireRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Sends requests to addresses that workflows name, over the connections that AWS's services are called over too.
 * Nothing is tried again, and no redirect is followed. Thread-safe.
 */
public final class WebCalls {

    private final Connections connections;
    private final Supplier<String> region;
    private final Supplier<? extends AwsCredentialsIdentity> credentials;
    private final Signatures signatures;

    /**
     * @param region where a request is signed for that names no other
     * @param credentials the function's own, asked for when a request is to be signed
     */
    public WebCalls(
            Connections connections,
            Supplier<String> region,
            Supplier<? extends AwsCredentialsIdentity> credentials,
            Clock clock) {
        this.connections = connections;
        this.region = region;
        this.credentials = credentials;
        this.signatures = new Signatures(clock);
    }

    /**
     * Sends it as it is.
     *
     * @param origin scheme, host and port
     * @param patience for the whole answer
     * @throws IOException when there is no whole answer in that time
     * @throws InterruptedException when this thread was interrupted; the request may have been carried out
     * @throws IllegalArgumentException when HTTP has no such request
     */
    public WireAnswer send(URI origin, WireRequest request, Duration patience)
            throws IOException, InterruptedException {
        return send(origin, request, patience, null);
    }

    /**
     * Sends it as it is to a server whose certificate somebody has signed whom not everybody trusts.
     *
     * @param trusted who that is; null for anybody whom Java trusts
     */
    public WireAnswer send(URI origin, WireRequest request, Duration patience, @Nullable TrustedAuthority trusted)
            throws IOException, InterruptedException {
        SdkHttpRequest plain = signatures.sign(request, origin, Authentication.NONE, "", "", null);
        return connections.send(AwsClient.overHttp(plain, request.body()), patience, trusted);
    }

    /**
     * Sends it signed.
     *
     * @param signingName the service that checks the signature
     * @param place its region; null for the function's own
     * @param identity in whose name; null for the function's own
     * @throws software.amazon.awssdk.core.exception.SdkClientException when there are no credentials
     */
    public WireAnswer sendSigned(
            URI origin,
            WireRequest request,
            String signingName,
            @Nullable String place,
            @Nullable AwsCredentialsIdentity identity,
            Duration patience)
            throws IOException, InterruptedException {
        SdkHttpRequest signed = signatures.sign(
                request,
                origin,
                Authentication.SIGV4,
                signingName,
                place == null ? region.get() : place,
                identity == null ? credentials.get() : identity);
        return connections.send(AwsClient.overHttp(signed, request.body()), patience);
    }
}
