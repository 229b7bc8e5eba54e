package dev.reprise.console;

import dev.reprise.http.HttpAnswer;
import dev.reprise.http.HttpCall;
import dev.reprise.http.HttpEndpoint;
import java.util.Map;

/**
 * Serves the console below {@code /console}: its files, its page for every other address, and its own API below {@code
 * /console/api}.
 *
 * <p>What is named after its content may be kept for ever; the page is asked for anew each time. The page may load
 * nothing from elsewhere and run nothing that stands in it.
 */
public final class ConsoleEndpoint implements HttpEndpoint {

    /** Where the console is. */
    public static final String PATH = "/console";

    private static final String API = PATH + "/api/";

    /** The folder whose files are named after their content. */
    private static final String ASSETS = "assets/";

    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:;"
            + " connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Bundle bundle;
    private final ConsoleApi api;

    public ConsoleEndpoint(Bundle bundle, ConsoleApi api) {
        this.bundle = bundle;
        this.api = api;
    }

    @Override
    public HttpAnswer answer(HttpCall call) {
        if (call.path().startsWith(API)) {
            return api.answer(call.path().substring(API.length()), call);
        }
        if (!call.method().equals("GET") && !call.method().equals("HEAD")) {
            return ConsoleApi.refused(405, "MethodNotAllowed", "The console is read by GET")
                    .with("Allow", "GET, HEAD");
        }
        if (call.path().equals(PATH)) {
            return new HttpAnswer(308, Map.of("Location", PATH + "/"), new HttpAnswer.Bytes(new byte[0]));
        }
        String name = call.path().substring(PATH.length() + 1);
        if (!name.startsWith(ASSETS)) {
            return file(bundle.page(), call, "no-cache")
                    .with("Content-Security-Policy", POLICY)
                    .with("Referrer-Policy", "no-referrer");
        }
        Bundle.Asset asset = bundle.asset(name);
        return asset == null
                ? ConsoleApi.refused(
                        404,
                        "NotFound",
                        "The console has no file " + name + ". Load the page again: it may be of another release")
                : file(asset, call, "public, max-age=31536000, immutable");
    }

    private static HttpAnswer file(Bundle.Asset asset, HttpCall call, String kept) {
        String accepted = call.header("Accept-Encoding");
        boolean zipped = accepted != null && accepted.contains("gzip");
        HttpAnswer answer = HttpAnswer.of(200, asset.type(), zipped ? asset.zipped() : asset.plain())
                .with("Cache-Control", kept)
                .with("Vary", "Accept-Encoding")
                .with("X-Content-Type-Options", "nosniff");
        return zipped ? answer.with("Content-Encoding", "gzip") : answer;
    }
}
