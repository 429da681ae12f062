package dev.countersign.spi;

import dev.countersign.oauth.Decision;
import dev.countersign.oauth.ResourceIdentifier;
import java.time.Duration;
import java.time.Instant;

/**
 * One decision. Immutable. Holds no token; method and path are as the client sent them and have to
 * be escaped before they are printed.
 *
 * @param at when the exchange was judged
 * @param resource the resource that was asked for
 * @param method the method as received
 * @param path the raw path as received, without query
 * @param decision what was decided
 * @param taken how long it took
 * @param enforced false in report-only mode, where the decision had no effect
 * @param tokenInQuery whether the query held an {@code access_token}, which is never used but tells
 *     the operator that a client leaks tokens
 */
public record DecisionEvent(
    Instant at,
    ResourceIdentifier resource,
    String method,
    String path,
    Decision decision,
    Duration taken,
    boolean enforced,
    boolean tokenInQuery) {}
