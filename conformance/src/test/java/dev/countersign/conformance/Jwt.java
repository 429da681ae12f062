package dev.countersign.conformance;

import dev.countersign.internal.Json;
import dev.countersign.internal.JsonException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A JWT that nobody verifies. Immutable.
 *
 * @param text all of it
 * @param header its header
 * @param claims its claims; empty if one comes twice
 */
record Jwt(String text, Map<String, Object> header, Map<String, Object> claims) {

  static Optional<Jwt> read(String text) {
    String[] parts = text.split("\\.", -1);
    return parts.length < 3
        ? Optional.empty()
        : object(parts[0]).map(header -> new Jwt(text, header, object(parts[1]).orElse(Map.of())));
  }

  private static Optional<Map<String, Object>> object(String part) {
    try {
      return Optional.of(
          Json.readObject(Base64.getUrlDecoder().decode(part), Json.Limits.DOCUMENT));
    } catch (JsonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The access token of a request, if it is a JWT. */
  static Optional<Jwt> token(Message request, String scheme) {
    return request.credentials(scheme).flatMap(Jwt::read);
  }

  static Predicate<Message> bearer(Predicate<Jwt> which) {
    return request -> token(request, "Bearer").filter(which).isPresent();
  }

  boolean header(String name, Object value) {
    return value.equals(header.get(name));
  }

  boolean claim(String name, Object value) {
    return value.equals(claims.get(name));
  }

  boolean has(String claim) {
    return claims.containsKey(claim);
  }

  /** How many seconds a time in it is ahead of now; 0 if it is not there. */
  long ahead(String claim) {
    return claims.get(claim) instanceof Number time
        ? time.longValue() - Instant.now().getEpochSecond()
        : 0;
  }

  int parts() {
    return text.split("\\.", -1).length;
  }

  int signature() {
    return Base64.getUrlDecoder().decode(text.substring(text.lastIndexOf('.') + 1)).length;
  }

  String payload() {
    return new String(
        Base64.getUrlDecoder().decode(text.split("\\.", -1)[1]), StandardCharsets.UTF_8);
  }

  Map<?, ?> confirmation() {
    return claims.get("cnf") instanceof Map<?, ?> members ? members : Map.of();
  }
}
