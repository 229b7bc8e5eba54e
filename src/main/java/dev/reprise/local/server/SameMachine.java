package dev.reprise.local.server;

import dev.reprise.http.HttpAnswer;
import dev.reprise.http.HttpCall;
import dev.reprise.http.HttpEndpoint;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets through what a person or a program of this machine has asked, and refuses what a web page from elsewhere makes
 * a browser of this machine ask. That the server listens on the loopback interface keeps other machines out, but no
 * page: a page's scripts run on this machine.
 *
 * <ul>
 *   <li>A foreign {@code Host} is that of a page whose name leads to 127.0.0.1 on purpose (DNS rebinding).
 *   <li>A foreign {@code Origin}, or a {@code Sec-Fetch-Site} that says so, is a page of another site. To follow a link
 *       to here is no such request.
 *   <li>Browsers send a page's POST to anywhere without asking if it looks like that of a form. So a browser's POST
 *       needs a content type that no form has. Programs such as {@code curl -d}, which call everything a form, send
 *       neither {@code Origin} nor {@code Sec-Fetch-Site}.
 * </ul>
 *
 * @see <a href="https://fetch.spec.whatwg.org/#cors-safelisted-request-header">Fetch, what needs no preflight</a>
 */
public final class SameMachine implements HttpEndpoint {

    /**
     * {@code localhost} and names below it, and the loopback addresses; the SDKs of AWS put {@code sync-} before some.
     */
    private static final Pattern HOST =
            Pattern.compile("(?:sync-)?(?:(?:[a-z0-9-]+\\.)*localhost|127\\.0\\.0\\.1|\\[::1])(?::[0-9]{1,5})?");

    private static final Set<String> NO_FORM_HAS = Set.of(
            "application/json", "application/x-amz-json-1.0", "application/x-amz-json-1.1", "application/octet-stream");

    private static final Set<String> FROM_HERE = Set.of("same-origin", "none");

    private final HttpEndpoint endpoint;

    /** @param endpoint answers what is let through */
    public SameMachine(HttpEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public HttpAnswer answer(HttpCall call) {
        HttpAnswer refused = refusal(call);
        HttpAnswer answer = refused == null ? endpoint.answer(call) : refused;
        return answer.with("X-Content-Type-Options", "nosniff")
                .with("X-Frame-Options", "DENY")
                .with("Cross-Origin-Resource-Policy", "same-origin");
    }

    /** Why the call is not let through; null when it is. */
    public @Nullable HttpAnswer refusal(HttpCall call) {
        String host = call.header("Host");
        if (host != null && !isLocal(host)) {
            return Refusals.of(
                    403, "This server is for this machine, as localhost, and not for '" + printable(host) + "'");
        }
        String origin = call.header("Origin");
        if (origin != null && (host == null || !isSame(origin, host))) {
            return Refusals.of(403, "This server does not answer pages of '" + printable(origin) + "'");
        }
        String site = call.header("Sec-Fetch-Site");
        if (site != null && !FROM_HERE.contains(site) && !isLink(call)) {
            return Refusals.of(403, "This server does not answer pages of other sites");
        }
        boolean fromBrowser = origin != null || site != null;
        if (fromBrowser && call.method().equals("POST") && !NO_FORM_HAS.contains(mediaType(call))) {
            return Refusals.of(415, "A page's POST needs 'Content-Type: application/json'");
        }
        return null;
    }

    private static boolean isLocal(String host) {
        return HOST.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    /** Whether the page is one that this very server gave. */
    private static boolean isSame(String origin, String host) {
        try {
            URI page = URI.create(origin);
            return "http".equals(page.getScheme()) && host.equalsIgnoreCase(page.getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isLink(HttpCall call) {
        return call.method().equals("GET") && "navigate".equals(call.header("Sec-Fetch-Mode"));
    }

    private static String mediaType(HttpCall call) {
        String type = call.header("Content-Type");
        if (type == null) {
            return "";
        }
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private static String printable(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "…" : text;
    }
}
