package dev.countersign.token;

import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.ResourceIdentifier;
import dev.countersign.spi.TokenValidator;
import java.util.function.Supplier;

/**
 * Gives each token to the one validator for tokens of its shape. Nothing in the token names an
 * issuer here, and what one validator has refused no other is asked about. Thread-safe.
 */
final class TokenRouter implements TokenValidator {

  private final TokenValidator jwt;
  private final TokenValidator opaque;

  /**
   * A router.
   *
   * @param jwt judges what looks like a signed JWT
   * @param opaque judges everything else
   */
  TokenRouter(TokenValidator jwt, TokenValidator opaque) {
    this.jwt = jwt;
    this.opaque = opaque;
  }

  @Override
  public Decision validate(BearerToken token, ResourceIdentifier resource) {
    return validate(token, resource, () -> "");
  }

  @Override
  public Decision validate(
      BearerToken token, ResourceIdentifier resource, Supplier<String> source) {
    return (isJwt(token.text()) ? jwt : opaque).validate(token, resource, source);
  }

  // Three parts, of which the first is an object: "{" and the beginning of a name or white space,
  // in base64url (RFC 7515 section 7.1). A signature is not needed: a token without one is refused
  // as a JWT and not asked about.
  static boolean isJwt(String text) {
    int first = text.indexOf('.');
    int second = text.indexOf('.', first + 1);
    return first > 1
        && second > first + 1
        && text.indexOf('.', second + 1) < 0
        && text.charAt(0) == 'e'
        && text.charAt(1) >= 'w'
        && text.charAt(1) <= 'z';
  }

  @Override
  public void close() {
    try (opaque) {
      jwt.close();
    }
  }
}
