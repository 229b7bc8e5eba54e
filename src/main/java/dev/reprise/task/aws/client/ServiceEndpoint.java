package dev.reprise.task.aws.client;

import java.net.URI;

/**
 * Where a service is.
 *
 * @param uri scheme, host, port, and what every path begins with
 * @param signingRegion the region that requests are signed for
 * @param configured whether the configuration names it, rather than AWS's own rules: a peer on this machine, say
 */
public record ServiceEndpoint(URI uri, String signingRegion, boolean configured) {}
