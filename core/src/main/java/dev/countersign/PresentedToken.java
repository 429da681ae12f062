package dev.countersign;

import dev.countersign.oauth.AuthScheme;
import dev.countersign.oauth.Credentials;
import dev.countersign.spi.Exchange;
import java.util.Set;

/** Whether a request came with an access token, as far as can be seen from outside. */
enum PresentedToken {
  /** In the {@code Authorization} field, well-formed or not. */
  SENT,
  /** None there, but one in the query, which the application may have taken. */
  PERHAPS,
  /** None that counts: an error code would be about nothing (RFC 6750 section 3.1). */
  NONE;

  private static final Set<AuthScheme> SCHEMES = Set.of(AuthScheme.values());

  static PresentedToken of(Exchange exchange, int maxTokenLength) {
    if (exchange.hasHiddenCredentials()) {
      return SENT;
    }
    Credentials credentials =
        Credentials.from(exchange.headers("Authorization"), maxTokenLength, SCHEMES);
    if (!(credentials instanceof Credentials.Absent)) {
      return SENT;
    }
    return Judge.hasTokenInQuery(exchange.query()) ? PERHAPS : NONE;
  }
}
