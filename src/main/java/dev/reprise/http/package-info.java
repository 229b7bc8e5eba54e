/**
 * A request and an answer of HTTP as values, without a server: what a loopback server, API Gateway and a Function URL
 * have in common.
 */
@NullMarked
package dev.reprise.http;

import org.jspecify.annotations.NullMarked;
