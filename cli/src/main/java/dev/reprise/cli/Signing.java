package dev.reprise.cli;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Signs requests by signature version 4, with the AWS SDK's signer. Thread-safe. */
final class Signing {

    /** What Java's client writes by itself. */
    private static final Set<String> WRITTEN_ANYWAY = Set.of("host", "content-length");

    private final String service;
    private final String region;
    private final Credentials credentials;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    Signing(String service, String region, Credentials credentials) {
        this.service = service;
        this.region = region;
        this.credentials = credentials;
    }

    String service() {
        return service;
    }

    Credentials credentials() {
        return credentials;
    }

    /**
     * The headers of a POST, with those that sign it.
     *
     * @throws CommandException when there are no credentials any more
     */
    Map<String, List<String>> sign(URI uri, Map<String, List<String>> headers, byte[] body) {
        AwsCredentialsIdentity identity = credentials.resolve();
        SdkHttpFullRequest.Builder unsigned =
                SdkHttpFullRequest.builder().method(SdkHttpMethod.POST).uri(uri);
        headers.forEach(unsigned::putHeader);
        Map<String, List<String>> signed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        signed.putAll(signer.sign(sign -> sign.identity(identity)
                        .request(unsigned.build())
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region))
                .request()
                .headers());
        signed.keySet().removeIf(name -> WRITTEN_ANYWAY.contains(name.toLowerCase(Locale.ROOT)));
        return signed;
    }

    @Override
    public String toString() {
        return "signed by " + credentials.source() + " for " + service + " in " + region;
    }
}
