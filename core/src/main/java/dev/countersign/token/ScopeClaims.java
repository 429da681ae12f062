package dev.countersign.token;

import dev.countersign.oauth.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the scope of a token (RFC 9068 section 2.2.3). */
final class ScopeClaims {

  private static final int MAX_TOKENS = 256;

  private ScopeClaims() {}

  /**
   * The scope that the claims of an issuer hold, as clients ask for it.
   *
   * @param claims the claims
   * @param issuer says where a scope may be, and in what form
   * @return the scope, {@link Scope#NONE} if no claim is there; empty if a claim is no scope, or
   *     two differ
   */
  static Optional<Scope> read(Claims claims, TrustedIssuer issuer) {
    return read(claims, issuer.scopeClaims(), issuer.shape().scopeArray())
        .map(issuer.shape()::requestable);
  }

  /** The scope in these claims, {@code scope} as a string only (RFC 8693 section 4.2). */
  static Optional<Scope> read(Claims claims, List<String> names) {
    return read(claims, names, false);
  }

  private static Optional<Scope> read(Claims claims, List<String> names, boolean scopeArray) {
    Optional<Scope> found = Optional.empty();
    for (String name : namesIn(claims, names)) {
      Optional<Scope> scope = one(claims, name, scopeArray || !name.equals("scope"));
      if (scope.isEmpty() || (found.isPresent() && !found.equals(scope))) {
        return Optional.empty();
      }
      found = scope;
    }
    return found.isPresent() ? found : Optional.of(Scope.NONE);
  }

  // An issuer that says it twice must say the same twice, whether both are configured or not.
  private static List<String> namesIn(Claims claims, List<String> names) {
    boolean both = claims.has("scope") && claims.has("scp");
    List<String> all = new ArrayList<>(both ? List.of("scope", "scp") : List.of());
    for (String name : names) {
      if (claims.has(name)) {
        all.add(name);
      }
    }
    return all;
  }

  private static Optional<Scope> one(Claims claims, String name, boolean arrayAllowed) {
    Object value = claims.value(name);
    boolean array =
        value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
    if (!(value instanceof String) && !(arrayAllowed && array)) {
      return Optional.empty();
    }
    try {
      Scope scope = value instanceof String text ? Scope.parse(text) : Scope.of(claims.texts(name));
      return scope.tokens().size() <= MAX_TOKENS ? Optional.of(scope) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
