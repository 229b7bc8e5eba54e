package dev.reprise.task.aws.client;

import dev.reprise.task.aws.model.Authentication;
import dev.reprise.task.aws.protocol.WireRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Signs requests by signature version 4, with the AWS SDK's signer. Thread-safe. */
final class Signatures {

    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final Clock clock;

    Signatures(Clock clock) {
        this.clock = clock;
    }

    /**
     * What to send to that host.
     *
     * @param credentials null where no signature is wanted
     */
    SdkHttpRequest sign(
            WireRequest request,
            URI host,
            Authentication kind,
            String signingName,
            String region,
            @Nullable AwsCredentialsIdentity credentials) {
        SdkHttpRequest unsigned = assemble(request, host);
        if (credentials == null) {
            return unsigned;
        }
        boolean s3 = kind == Authentication.S3;
        return signer.sign(sign -> sign.identity(credentials)
                        .request(unsigned)
                        .payload(ContentStreamProvider.fromByteArrayUnsafe(request.body()))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, signingName)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, !s3)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, !s3)
                        .putProperty(
                                AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, kind != Authentication.SIGV4_UNSIGNED_BODY)
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock))
                .request();
    }

    /** The address of a request that whoever has it may send in the name of who signed it, for that long. */
    URI presign(
            WireRequest request,
            URI host,
            String signingName,
            String region,
            AwsCredentialsIdentity credentials,
            Duration valid) {
        return signer.sign(sign -> sign.identity(credentials)
                        .request(assemble(request, host))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, signingName)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AwsV4HttpSigner.AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, valid)
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock))
                .request()
                .getUri();
    }

    private static SdkHttpRequest assemble(WireRequest request, URI host) {
        SdkHttpFullRequest.Builder assembled = SdkHttpFullRequest.builder()
                .method(SdkHttpMethod.fromValue(request.method()))
                .protocol(host.getScheme())
                .host(host.getHost())
                .encodedPath(base(host) + request.path());
        if (host.getPort() >= 0) {
            assembled.port(host.getPort());
        }
        for (Map.Entry<String, List<String>> parameter : request.query().entrySet()) {
            assembled.putRawQueryParameter(parameter.getKey(), parameter.getValue());
        }
        request.headers().forEach(assembled::putHeader);
        return assembled.build();
    }

    private static String base(URI host) {
        String path = host.getRawPath();
        return path == null || path.isEmpty() || path.equals("/") ? "" : path.replaceAll("/$", "");
    }
}
