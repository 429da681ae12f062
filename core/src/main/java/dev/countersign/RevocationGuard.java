package dev.countersign;

import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.ResourceIdentifier;
import dev.countersign.spi.TokenValidator;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Refuses tokens that another validator has found good and that were revoked. It stands in front of
 * every validator and its caches, so that a revocation holds from the next request on. Thread-safe.
 */
final class RevocationGuard implements TokenValidator {

  private final TokenValidator validator;
  private final Revocations revocations;

  RevocationGuard(TokenValidator validator, Revocations revocations) {
    this.validator = validator;
    this.revocations = revocations;
  }

  @Override
  public Decision validate(BearerToken token, ResourceIdentifier resource) {
    return validate(token, resource, () -> "");
  }

  @Override
  public Decision validate(
      BearerToken token, ResourceIdentifier resource, Supplier<String> source) {
    Decision decision = validator.validate(token, resource, source);
    return decision instanceof Decision.Granted granted ? unlessRevoked(granted) : decision;
  }

  @Override
  public Optional<Decision> known(BearerToken token, ResourceIdentifier resource) {
    return revocations.mayBlock()
        ? Optional.empty()
        : validator
            .known(token, resource)
            .map(one -> one instanceof Decision.Granted granted ? unlessRevoked(granted) : one);
  }

  private Decision unlessRevoked(Decision.Granted granted) {
    try {
      Optional<String> by = revocations.find(granted.accessToken());
      return by.isPresent() ? new Decision.Denied(Denial.REVOKED, "by " + by.get()) : granted;
    } catch (RuntimeException e) {
      // The message could hold something of the token.
      return new Decision.Undecided(
          "the list of revoked tokens failed with " + e.getClass().getName());
    }
  }

  @Override
  public void close() {
    validator.close();
  }
}
