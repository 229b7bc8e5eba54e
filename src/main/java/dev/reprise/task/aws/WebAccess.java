package dev.reprise.task.aws;

import dev.reprise.task.TaskException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses workflows may have called. Without a configuration any public host, over HTTPS: who may write the
 * input of an execution must not reach what only this function can reach, such as a service that gives out credentials.
 * Thread-safe.
 *
 * <p>A name is looked up when it is checked, and the JVM keeps what it found for half a minute (its {@code
 * networkaddress.cache.ttl}). A name whose owner changes its address just then, and whose request waited as long for a
 * free connection, leads where nobody looked: only a list keeps to hosts that are trusted.
 */
public final class WebAccess {

    /** A step to the same folder or the one above, in any form that a server may take for one. */
    private static final Pattern STEP = Pattern.compile("(?i)(/|%2f|%5c)(\\.|%2e){1,2}(;[^/]*|%3b[^/]*)?(/|%2f|%5c|$)");

    /**
     * One entry of the list.
     *
     * @param host a name, or {@code *.} and what it ends with
     * @param port as it stands; -1 for the scheme's own
     * @param path what the path begins with
     */
    private record Entry(String scheme, String host, int port, String path) {

        static Entry of(String text) {
            String marked = text.strip().replace("://*.", "://any.");
            boolean any = !marked.equals(text.strip());
            URI uri;
            try {
                uri = URI.create(marked);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("reprise.http.allowed: '" + text + "' is no URL", e);
            }
            if (uri.getScheme() == null || uri.getHost() == null) {
                throw new IllegalArgumentException("reprise.http.allowed: '" + text
                        + "' must be a URL, such as https://api.example.com/v1/ or https://*.example.com");
            }
            String host = uri.getHost().toLowerCase(Locale.ROOT);
            return new Entry(
                    uri.getScheme().toLowerCase(Locale.ROOT),
                    any ? host.substring("any".length()) : host,
                    uri.getPort(),
                    uri.getRawPath() == null ? "" : uri.getRawPath());
        }

        boolean holds(URI uri) {
            String other = uri.getHost().toLowerCase(Locale.ROOT);
            return scheme.equalsIgnoreCase(uri.getScheme())
                    && port == uri.getPort()
                    && (host.startsWith(".") ? other.endsWith(host) : other.equals(host))
                    && isBelow(uri.getRawPath());
        }

        private boolean isBelow(@Nullable String other) {
            String shorter = path.replaceAll("/$", "");
            String whole = other == null ? "" : other;
            return whole.equals(shorter) || whole.startsWith(shorter + "/");
        }
    }

    private final List<Entry> allowed;
    private final boolean privateAddresses;
    private final boolean onlyListed;

    /**
     * @param allowed URLs, whose path is what others may begin with and whose host may begin with {@code *.}; empty for
     *     any
     * @param privateAddresses whether hosts may be called that are not public
     * @param onlyListed whether nothing may be called that is not in the list, even if that is empty
     * @throws IllegalArgumentException when one of them is no URL
     */
    public WebAccess(List<String> allowed, boolean privateAddresses, boolean onlyListed) {
        this.allowed =
                allowed.stream().filter(text -> !text.isBlank()).map(Entry::of).toList();
        this.privateAddresses = privateAddresses;
        this.onlyListed = onlyListed || !this.allowed.isEmpty();
    }

    /** Whether an entry of the list names that address. */
    boolean lists(URI uri) {
        return allowed.stream().anyMatch(entry -> entry.holds(uri));
    }

    /**
     * Lets an address pass, or says why not.
     *
     * @throws TaskException with {@code States.Runtime}: no {@code Catch} can make it right
     */
    void check(URI uri) {
        if (uri.getHost() == null || uri.getScheme() == null) {
            throw refused(uri, "is no URL with a host", "write it as https://HOST/PATH");
        }
        if (uri.getRawPath() != null && STEP.matcher(uri.getRawPath()).find()) {
            throw refused(uri, "has a path with . or .. in it", "write the path that is meant");
        }
        if (onlyListed && !lists(uri)) {
            throw refused(uri, "may not be called from here", "add it to reprise.http.allowed");
        }
        if (!uri.getScheme().equalsIgnoreCase("https") && !lists(uri)) {
            throw refused(uri, "is not called over HTTPS", "use https, or add it to reprise.http.allowed");
        }
        if (!privateAddresses) {
            checkAddresses(uri);
        }
    }

    private static void checkAddresses(URI uri) {
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(uri.getHost());
        } catch (UnknownHostException e) {
            throw new TaskException("States.Http.Socket", "There is no host " + uri.getHost());
        }
        for (InetAddress address : addresses) {
            if (isPrivate(address)) {
                throw refused(
                        uri,
                        "has the address " + address.getHostAddress() + ", which is not public",
                        "set reprise.http.private-addresses=true if that is meant");
            }
        }
    }

    /** Loopback, link-local, private and shared ranges, and what is no address of one host. */
    static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xFF;
        int second = bytes[1] & 0xFF;
        boolean special = address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
        if (special) {
            return true;
        }
        if (address instanceof Inet6Address) {
            // fc00::/7 is local; 64:ff9b::/96 and 2002::/16 hold addresses of version 4.
            boolean holdsOther = (first == 0x20 && second == 0x02)
                    || (first == 0 && second == 0x64 && (bytes[2] & 0xFF) == 0xFF && (bytes[3] & 0xFF) == 0x9B);
            return (first & 0xFE) == 0xFC || holdsOther;
        }
        return first == 0 || (first == 100 && second >= 64 && second < 128) || first >= 240;
    }

    private static TaskException refused(URI uri, String what, String advice) {
        String shown = uri.getScheme() == null || uri.getHost() == null
                ? uri.toString()
                : uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                        + (uri.getRawPath() == null ? "" : uri.getRawPath());
        return new TaskException("States.Runtime", shown + " " + what + " (" + advice + ")");
    }
}
