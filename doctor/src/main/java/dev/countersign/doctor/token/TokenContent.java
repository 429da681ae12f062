package dev.countersign.doctor.token;

import dev.countersign.internal.Json;
import dev.countersign.internal.JsonException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a JWT says, not verified: for a look, never for a decision. Prints nothing of itself.
 * Immutable.
 */
public final class TokenContent {

  private static final double LATEST = 1e11;

  private final Map<?, ?> header;
  private final Map<?, ?> claims;

  private TokenContent(Map<?, ?> header, Map<?, ?> claims) {
    this.header = header;
    this.claims = claims;
  }

  /**
   * Reads a compact JWS (RFC 7515 section 7.1).
   *
   * @param token the token
   * @return empty if it is none, an opaque token for instance
   */
  public static Optional<TokenContent> of(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      Object header = Json.read(decoded(parts[0]), limits(parts[0]));
      Object claims = Json.read(decoded(parts[1]), limits(parts[1]));
      return header instanceof Map<?, ?> one && claims instanceof Map<?, ?> other
          ? Optional.of(new TokenContent(one, other))
          : Optional.empty();
    } catch (IllegalArgumentException | JsonException e) {
      return Optional.empty();
    }
  }

  private static byte[] decoded(String part) {
    return Base64.getUrlDecoder().decode(part.getBytes(StandardCharsets.US_ASCII));
  }

  private static Json.Limits limits(String part) {
    return new Json.Limits(Math.max(1, part.length()), 32, 100_000, 100);
  }

  /**
   * A claim that is a string.
   *
   * @param name its name
   * @return empty if it is missing or no string
   */
  public Optional<String> text(String name) {
    return claims.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /**
   * The {@code typ} of the header.
   *
   * @return empty if there is none
   */
  public Optional<String> type() {
    return header.get("typ") instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /**
   * A claim that is a NumericDate (RFC 7519 section 2).
   *
   * @param name its name
   * @return empty if it is missing, no number, or beyond the year 5138
   */
  public Optional<Instant> time(String name) {
    return claims.get(name) instanceof Number seconds && Math.abs(seconds.doubleValue()) < LATEST
        ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
        : Optional.empty();
  }

  /**
   * A claim that is a string or an array of strings.
   *
   * @param name its name
   * @return the strings; empty if it is missing or something else
   */
  public List<String> texts(String name) {
    Object value = claims.get(name);
    if (value instanceof List<?> list) {
      return list.stream().filter(String.class::isInstance).map(String.class::cast).toList();
    }
    return value instanceof String text ? List.of(text) : List.of();
  }

  /**
   * Whether there is a claim.
   *
   * @param name its name
   * @return true whatever its value is
   */
  public boolean has(String name) {
    return claims.containsKey(name);
  }

  /**
   * Whether a claim is an array.
   *
   * @param name its name
   * @return false if it is missing
   */
  public boolean isArray(String name) {
    return claims.get(name) instanceof List<?>;
  }

  /**
   * Whether a claim is an object with a member.
   *
   * @param name its name
   * @param member the name of the member
   * @return false if it is missing
   */
  public boolean has(String name, String member) {
    return claims.get(name) instanceof Map<?, ?> object && object.containsKey(member);
  }

  /**
   * The {@code alg} of the header.
   *
   * @return empty if there is none
   */
  public Optional<String> algorithm() {
    return header.get("alg") instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /**
   * Whether the header has a parameter.
   *
   * @param name its name
   * @return true whatever its value is
   */
  public boolean hasHeader(String name) {
    return header.containsKey(name);
  }

  /**
   * The client, wherever authorization servers put it.
   *
   * @return empty if it is in none of these places
   */
  public Optional<String> client() {
    return Stream.of("client_id", "azp", "cid", "appid")
        .flatMap(name -> text(name).stream())
        .findFirst();
  }

  /**
   * The scopes in a claim, be it a text or an array.
   *
   * @param name its name
   * @return the scopes; empty if it is missing
   */
  public List<String> scopes(String name) {
    return texts(name).stream()
        .flatMap(text -> Arrays.stream(text.split(" ")))
        .filter(text -> !text.isEmpty())
        .toList();
  }
}
