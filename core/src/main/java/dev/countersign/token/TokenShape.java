package dev.countersign.token;

import dev.countersign.oauth.Scope;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * In what the tokens of an issuer look different from RFC 9068 section 2. Immutable.
 *
 * @param tokenTypes the {@code typ} of an access token (RFC 7515 section 4.1.9), compared without
 *     regard to case and to {@code application/} in front
 * @param scopeArray whether {@code scope} may be an array of strings
 * @param scopePrefix what the issuer leaves away from a scope when it grants it: clients ask for
 *     {@code api://x/read}, and the token says {@code read}; empty for nothing
 * @param requiredClaims the literal values that a claim must have one of, by its name
 */
public record TokenShape(
    Set<String> tokenTypes,
    boolean scopeArray,
    String scopePrefix,
    Map<String, Set<String>> requiredClaims) {

  // What is signed by an authorization server and is no access token: RFC 8417, RFC 9701, OpenID
  // Connect Back-Channel Logout, RFC 9449, RFC 9101, RFC 7523.
  private static final Set<String> NEVER =
      Set.of(
          "secevent+jwt",
          "token-introspection+jwt",
          "logout+jwt",
          "dpop+jwt",
          "oauth-authz-req+jwt",
          "client-authentication+jwt",
          "id_token+jwt");

  private static final String APPLICATION = "application/";

  /** The form of RFC 9068. */
  public static final TokenShape RFC9068 = new TokenShape(Set.of("at+jwt"), false, "", Map.of());

  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException if a component is not as described; the message says what was
   *     expected
   */
  public TokenShape {
    Set<String> types = new LinkedHashSet<>();
    for (String type : tokenTypes) {
      types.add(normalized(type));
    }
    if (types.isEmpty() || types.contains("") || !Collections.disjoint(types, NEVER)) {
      throw new IllegalArgumentException("token-types: expected types of access tokens");
    }
    if (types.contains("jwt")) {
      throw new IllegalArgumentException("token-types: JWT is what accept-plain-jwt is for");
    }
    tokenTypes = Collections.unmodifiableSet(types);
    if (!scopePrefix.isEmpty()) {
      Scope.of(scopePrefix);
    }
    Map<String, Set<String>> literals = new LinkedHashMap<>();
    for (Map.Entry<String, Set<String>> claim : requiredClaims.entrySet()) {
      literals.put(claim.getKey(), literal(claim.getKey(), claim.getValue()));
    }
    requiredClaims = Collections.unmodifiableMap(literals);
  }

  private static Set<String> literal(String name, Set<String> values) {
    if (name.isEmpty() || values.isEmpty() || values.contains("") || values.contains("*")) {
      throw new IllegalArgumentException(
          "required-claims: expected name=value, each value literal; there is no wildcard");
    }
    return Collections.unmodifiableSet(new LinkedHashSet<>(List.copyOf(values)));
  }

  // RFC 7515 section 4.1.9: a type without a slash means application/ in front of it.
  static String normalized(String type) {
    String lower = type.toLowerCase(Locale.ROOT);
    return lower.startsWith(APPLICATION) ? lower.substring(APPLICATION.length()) : lower;
  }

  /** The scope as clients ask for it. */
  Scope requestable(Scope granted) {
    if (scopePrefix.isEmpty()) {
      return granted;
    }
    return Scope.of(granted.tokens().stream().map(this::requestable).toList());
  }

  private String requestable(String token) {
    boolean complete =
        token.startsWith(scopePrefix) || AudienceBinding.OPENID_SCOPES.contains(token);
    return complete ? token : scopePrefix + token;
  }

  /** Whether each required claim has one of its values. */
  boolean hasRequired(Claims claims) {
    for (Map.Entry<String, Set<String>> required : requiredClaims.entrySet()) {
      Object value = claims.value(required.getKey());
      boolean literal = value instanceof String || value instanceof Boolean;
      if (!literal || !required.getValue().contains(value.toString())) {
        return false;
      }
    }
    return true;
  }
}
