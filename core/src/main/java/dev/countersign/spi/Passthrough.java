package dev.countersign.spi;

import java.time.Instant;

/**
 * An access token of a client that the application was about to send on to another server. Found by
 * the agent only. Immutable. Holds no token and no user.
 *
 * @param at when
 * @param client the HTTP client, as people call it
 * @param host the other server, host and port as the request names them; has to be escaped before
 *     it is printed
 * @param blocked whether the request was not sent
 */
public record Passthrough(Instant at, String client, String host, boolean blocked) {}
