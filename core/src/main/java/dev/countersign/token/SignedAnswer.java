package dev.countersign.token;

import dev.countersign.internal.Json;
import dev.countersign.internal.JsonException;
import dev.countersign.oauth.ResourceIdentifier;
import dev.countersign.token.SigningKeys.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens answers that an authorization server has signed (RFC 9701 section 5). Whatever is wrong
 * with one is a fault of that server and says nothing about the token. Thread-safe.
 */
final class SignedAnswer {

  static final String MEDIA_TYPE = "application/token-introspection+jwt";

  // How long an answer may be under way; an older one is not the answer to this question.
  private static final Duration LIFE = Duration.ofSeconds(60);

  private static final String TYPE = "token-introspection+jwt";
  private static final List<String> NEVER = List.of("crit", "b64", "cty", "enc", "zip");

  private final TrustedIssuer issuer;
  private final SigningKeys keys;
  private final String clientId;
  private final Duration skew;

  /**
   * An opener.
   *
   * @param issuer who must have signed
   * @param keys its keys
   * @param clientId who asked
   * @param skew by how much clocks may differ
   */
  SignedAnswer(TrustedIssuer issuer, SigningKeys keys, String clientId, Duration skew) {
    this.issuer = issuer;
    this.keys = keys;
    this.clientId = clientId;
    this.skew = skew;
  }

  /** An answer that cannot be relied on. */
  static final class UnreliableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreliableException(String problem) {
      super(problem, null, false, false);
    }
  }

  /**
   * The members of the answer.
   *
   * @param body the content of the response
   * @param resource the resource that was asked for
   * @param now the time
   * @throws UnreliableException if it is not an answer of the issuer to this server, just signed
   * @throws JsonException if header or claims are no JSON objects
   */
  Map<String, Object> open(byte[] body, ResourceIdentifier resource, Instant now)
      throws UnreliableException, JsonException {
    CompactJws jws =
        CompactJws.parse(new String(body, StandardCharsets.ISO_8859_1))
            .orElseThrow(() -> new UnreliableException("the answer is no compact JWS"));
    requireSignature(jws);
    Claims claims = new Claims(Json.readObject(jws.payload(), Claims.LIMITS));
    require(issuer.issuer().equals(claims.value("iss")), "iss is not the issuer");
    require(isForUs(claims, resource), "aud does not name this resource server");
    require(isFresh(claims, now), "iat is missing, or not of now");
    if (claims.value("token_introspection") instanceof Map<?, ?> members) {
      @SuppressWarnings("unchecked") // the names of JSON are strings
      Map<String, Object> answer = (Map<String, Object>) members;
      return answer;
    }
    throw new UnreliableException("token_introspection is missing or no object");
  }

  private void requireSignature(CompactJws jws) throws UnreliableException, JsonException {
    Map<String, Object> header = Json.readObject(jws.header(), HeaderRules.LIMITS);
    require(isAnswer(header.get("typ")), "typ is not " + TYPE);
    require(NEVER.stream().noneMatch(header::containsKey), "the header has crit or its like");
    Optional<SignatureAlgorithm> algorithm =
        HeaderRules.algorithmOf(header).filter(issuer.algorithms()::contains);
    require(algorithm.isPresent(), "alg is not on the list of the issuer");
    Answer answer = keys.find(HeaderRules.keyIdOf(header), algorithm.orElseThrow());
    if (answer instanceof Answer.Unavailable unavailable) {
      throw new UnreliableException(unavailable.cause());
    }
    require(answer instanceof Answer.Found, "the issuer has no such key");
    boolean good = ((Answer.Found) answer).key().verifies(algorithm.orElseThrow(), jws);
    require(good, "the signature does not verify");
  }

  // RFC 7515 section 4.1.9: a type without a slash means application/ in front of it.
  private static boolean isAnswer(@Nullable Object type) {
    String lower = type instanceof String text ? text.toLowerCase(Locale.ROOT) : "";
    return lower.equals(TYPE) || lower.equals(MEDIA_TYPE);
  }

  // The resource server is known to its authorization server by a client identifier, or as the
  // resource.
  private boolean isForUs(Claims claims, ResourceIdentifier resource) {
    Object audience = claims.value("aud");
    List<?> all = audience instanceof List<?> list ? list : List.of(audience);
    return all.stream()
        .anyMatch(
            one -> clientId.equals(one) || (one instanceof String s && resource.isNamedBy(s)));
  }

  private boolean isFresh(Claims claims, Instant now) {
    Object issued = claims.value("iat");
    return NumericDate.isOne(issued)
        && !NumericDate.ceiling(issued).isAfter(now.plus(skew))
        && !NumericDate.floor(issued).plus(LIFE).plus(skew).isBefore(now);
  }

  private static void require(boolean holds, String problem) throws UnreliableException {
    if (!holds) {
      throw new UnreliableException(problem);
    }
  }
}
