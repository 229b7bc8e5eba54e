package dev.reprise.nativetests.lambda;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A runtime of a few lines, as a {@code bootstrap} brings one: it answers each event with that event. */
final class ProbeRuntime {

    private ProbeRuntime() {}

    public static void main(String[] args) throws Exception {
        String invocations = "http://" + System.getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/invocation/";
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (true) {
                HttpResponse<String> next = http.send(
                        HttpRequest.newBuilder(URI.create(invocations + "next")).build(),
                        HttpResponse.BodyHandlers.ofString());
                String requestId = next.headers()
                        .firstValue("Lambda-Runtime-Aws-Request-Id")
                        .orElseThrow();
                http.send(
                        HttpRequest.newBuilder(URI.create(invocations + requestId + "/response"))
                                .POST(HttpRequest.BodyPublishers.ofString(next.body()))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
            }
        }
    }
}
