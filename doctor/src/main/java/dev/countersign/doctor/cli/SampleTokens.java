package dev.countersign.doctor.cli;

import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.ResourceIdentifier;
import dev.countersign.oauth.Scope;
import dev.countersign.spi.TokenValidator;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tokens that are what they say, to see the answers to them without an authorization server. */
final class SampleTokens implements TokenValidator {

  static final String BAD = "expired";
  static final String WITHOUT_SCOPE = "good-without-scope";

  /** A token with just that scope. */
  static AccessToken with(Scope scope, String resource) {
    return new AccessToken(
        "https://id.example.com",
        "somebody",
        Optional.of("client"),
        List.of(resource),
        scope,
        Instant.now().plus(1, ChronoUnit.HOURS),
        Map.of());
  }

  @Override
  public Decision validate(BearerToken token, ResourceIdentifier resource) {
    return token.equals(BearerToken.of(WITHOUT_SCOPE))
        ? new Decision.Granted(with(Scope.NONE, resource.toString()))
        : new Decision.Denied(Denial.EXPIRED, "");
  }
}
