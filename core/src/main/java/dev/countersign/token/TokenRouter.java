package dev.countersign.token;

import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.ResourceIdentifier;
import dev.countersign.spi.TokenValidator;
import java.util.Optional;
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
    return validatorOf(token).validate(token, resource, source);
  }

  @Override
  public Optional<Decision> known(BearerToken token, ResourceIdentifier resource) {
    return validatorOf(token).known(token, resource);
  }

  private TokenValidator validatorOf(BearerToken token) {
    return token.looksLikeJwt() ? jwt : opaque;
  }

  @Override
  public void close() {
    try (opaque) {
      jwt.close();
    }
  }
}
