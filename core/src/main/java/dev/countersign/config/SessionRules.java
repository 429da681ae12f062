package dev.countersign.config;

import java.time.Duration;

/**
 * What holds beyond one request: whose a session is, and how long a stream may last. Immutable.
 *
 * @param binding whether a session can only be used by whoever began it
 * @param life how long it is known whose a session is that nobody uses
 * @param endStreams which streams end with their token
 * @param maxStreams how many streams that only listen one caller may have open; 0 for no limit
 */
public record SessionRules(boolean binding, Duration life, EndStreams endStreams, int maxStreams) {}
