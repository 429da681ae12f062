/**
 * Judging a token: JWT access tokens (RFC 9068) with keys found by RFC 8414 discovery. Begin with
 * {@link dev.countersign.token.TrustedIssuer} and {@link dev.countersign.token.JwtTokenValidator}.
 */
@NullMarked
package dev.countersign.token;

import org.jspecify.annotations.NullMarked;
