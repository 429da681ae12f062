package dev.countersign.token;

import dev.countersign.spi.TokenValidator;
import java.util.List;

/** Puts together the validator for the tokens of several authorization servers. */
public final class TokenValidators {

  private TokenValidators() {}

  /**
   * The validator for JWTs of some issuers and opaque tokens of at most one. An issuer may be among
   * both. Where there are both kinds, a token that looks like a signed JWT is judged as one, and
   * every other by the authorization server; one refused here is never tried there. Where there are
   * opaque tokens only, every token is judged by the authorization server.
   *
   * @param jwtIssuers whose JWTs are accepted
   * @param opaque whose opaque tokens are accepted, at most one, because nothing in such a token
   *     tells whom to ask
   * @param settings what holds for all
   * @return the validator; close it to end its threads
   * @throws IllegalArgumentException if both lists are empty, an issuer is twice in one, or several
   *     issuers have opaque tokens
   */
  public static TokenValidator of(
      List<TrustedIssuer> jwtIssuers,
      List<OpaqueTokens> opaque,
      JwtTokenValidator.Settings settings) {
    if (opaque.size() > 1) {
      throw new IllegalArgumentException(
          "expected at most one issuer of opaque tokens: nothing in a token tells whom to ask");
    }
    if (jwtIssuers.isEmpty() && !opaque.isEmpty()) {
      return IntrospectionValidator.create(opaque.get(0), settings);
    }
    TokenValidator jwt = jwt(jwtIssuers, settings);
    return opaque.isEmpty()
        ? jwt
        : new TokenRouter(jwt, IntrospectionValidator.create(opaque.get(0), settings));
  }

  private static TokenValidator jwt(
      List<TrustedIssuer> issuers, JwtTokenValidator.Settings settings) {
    JwtTokenValidator validator = JwtTokenValidator.create(issuers, settings);
    return settings.cacheBytes() == 0
        ? validator
        : new RememberingValidator(validator, settings, System::nanoTime);
  }
}
