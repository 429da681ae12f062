package dev.countersign.token;

import dev.countersign.oauth.BearerToken;
import java.util.List;

/**
 * What a DPoP proof has to fit (RFC 9449 section 4.3). Immutable.
 *
 * @param proofs every {@code DPoP} field line as received
 * @param method the method of the request
 * @param uri scheme, host, port and raw path of the request as the client sees them; a query may
 *     follow and counts for nothing
 * @param token the access token of the request
 * @param thumbprint the key that the token is bound to, its {@code cnf.jkt}
 */
public record DpopRequest(
    List<String> proofs, String method, String uri, BearerToken token, String thumbprint) {

  /** Copies the list. */
  public DpopRequest {
    proofs = List.copyOf(proofs);
  }

  /** Prints neither proof nor token. */
  @Override
  public String toString() {
    return "DpopRequest[redacted]";
  }
}
