package dev.countersign.token;

import dev.countersign.internal.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The types of the claims that are acted upon. A wrong type is an error and never an absence; the
 * null of JSON is a wrong type.
 */
final class ClaimTypes {

  static final int MAX_AUDIENCES = 100;
  private static final int MAX_SUBJECT = 255;
  private static final int MAX_IDENTIFIER = 1024;

  private static final Map<String, Predicate<Object>> TYPES =
      Map.ofEntries(
          Map.entry("sub", ClaimTypes::isSubject),
          Map.entry("client_id", ClaimTypes::isIdentifier),
          Map.entry("azp", ClaimTypes::isIdentifier),
          Map.entry("jti", ClaimTypes::isIdentifier),
          Map.entry("exp", NumericDate::isOne),
          Map.entry("nbf", NumericDate::isOne),
          Map.entry("iat", NumericDate::isOne),
          Map.entry("aud", ClaimTypes::isAudience),
          Map.entry("act", value -> value instanceof Map<?, ?>),
          Map.entry("authorization_details", ClaimTypes::isAuthorizationDetails),
          Map.entry("cnf", ClaimTypes::isConfirmation));

  private ClaimTypes() {}

  /** The name of a claim of the wrong type; empty if all are right. */
  static Optional<String> wrong(Claims claims) {
    for (Map.Entry<String, Object> claim : claims.members().entrySet()) {
      Predicate<Object> type = TYPES.get(claim.getKey());
      if (type != null && !type.test(claim.getValue())) {
        return Optional.of(claim.getKey());
      }
    }
    return Optional.empty();
  }

  // OpenID Connect Core section 2 sets the length; control characters would end up in logs.
  private static boolean isSubject(Object value) {
    return isIdentifier(value)
        && ((String) value).length() <= MAX_SUBJECT
        && hasNoControl((String) value);
  }

  private static boolean hasNoControl(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (Character.isISOControl(text.charAt(at))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isIdentifier(Object value) {
    return value instanceof String text && !text.isEmpty() && text.length() <= MAX_IDENTIFIER;
  }

  // A string or an array of strings (RFC 7519 section 4.1.3)
  static boolean isAudience(Object value) {
    if (value instanceof List<?> list) {
      return !list.isEmpty()
          && list.size() <= MAX_AUDIENCES
          && list.stream().allMatch(one -> one instanceof String text && !text.isEmpty());
    }
    return value instanceof String text && !text.isEmpty();
  }

  // An object with members (RFC 7800 section 3.1). Whether the binding is proven, the engine
  // judges,
  // for every validator; here it only must not look like no binding.
  private static boolean isConfirmation(Object value) {
    return value instanceof Map<?, ?> members
        && !members.isEmpty()
        && members.values().stream().noneMatch(Json.NULL::equals);
  }

  // An array of objects with a type (RFC 9396 section 2)
  private static boolean isAuthorizationDetails(Object value) {
    return value instanceof List<?> list
        && list.stream()
            .allMatch(one -> one instanceof Map<?, ?> map && map.get("type") instanceof String);
  }
}
