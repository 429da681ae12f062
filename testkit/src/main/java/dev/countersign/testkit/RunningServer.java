package dev.countersign.testkit;

import java.net.URI;

/**
 * A server that an attachment has started on the loopback, on a port that was free.
 *
 * @param uri scheme, host and port
 * @param stop ends it
 */
public record RunningServer(URI uri, AutoCloseable stop) {}
