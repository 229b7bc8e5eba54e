package dev.reprise.task.aws;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An address, apart.
 *
 * @param origin scheme, host and port
 * @param path begins with a slash, with percent signs where they are needed
 */
record HttpTarget(URI address, URI origin, String path) {

    static HttpTarget of(URI address) {
        String path = address.getRawPath();
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return new HttpTarget(
                address,
                URI.create(address.getScheme() + "://" + address.getHost() + port),
                path == null || path.isEmpty() ? "/" : path);
    }

    /** What stands in the address, and more. */
    Map<String, List<String>> query(Map<String, String> more) {
        Map<String, List<String>> query = new LinkedHashMap<>(WebParameters.queryOf(address));
        more.forEach((name, value) -> query.put(name, List.of(value)));
        return query;
    }
}
