package dev.countersign.testkit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A client that proves with each request that it has the key of its token (RFC 9449). It has an
 * ES256 key, and the newest nonce that the resource server has given it. Not thread-safe.
 */
public final class DpopClient {

  private final SigningKey key = SigningKey.ec("client");
  private final InstantSource clock;
  private String nonce = "";

  /**
   * A client with a new key.
   *
   * @param clock the time of its proofs
   */
  public DpopClient(InstantSource clock) {
    this.clock = clock;
  }

  /** A client with a new key, and the time of the system. */
  public DpopClient() {
    this(Clock.systemUTC());
  }

  /**
   * What a token of this client has in {@code cnf.jkt}.
   *
   * @return the thumbprint of its key (RFC 7638)
   */
  public String thumbprint() {
    return key.thumbprint();
  }

  /**
   * The public key, as it stands in a proof.
   *
   * @return the members of the JWK, to be changed at will
   */
  public Map<String, Object> jwk() {
    return new LinkedHashMap<>(key.bareJwk());
  }

  /**
   * A proof for one request, to be changed before it is signed.
   *
   * @param method the HTTP method
   * @param uri the target without query and fragment
   * @param token the access token beside it
   * @return a new builder
   */
  public TokenBuilder proof(String method, String uri, String token) {
    TokenBuilder proof =
        new TokenBuilder(key, clock)
            .header("typ", "dpop+jwt")
            .withoutHeader("kid")
            .header("jwk", key.bareJwk())
            .claim("jti", UUID.randomUUID().toString())
            .claim("htm", method)
            .claim("htu", uri)
            .claim("iat", clock.instant().getEpochSecond())
            .claim("ath", hash(token));
    return nonce.isEmpty() ? proof : proof.claim("nonce", nonce);
  }

  /**
   * Takes the nonce that a response brings, if it brings one (RFC 9449 section 8.2).
   *
   * @param response an answer of the resource server
   */
  public void learn(RawResponse response) {
    response.values("DPoP-Nonce").stream().findFirst().ifPresent(value -> nonce = value);
  }

  /**
   * The newest nonce.
   *
   * @return empty if the server has given none
   */
  public String nonce() {
    return nonce;
  }

  /**
   * The hash of a token that a proof has (RFC 9449 section 4.2).
   *
   * @param token the access token
   * @return the {@code ath}
   */
  public static String hash(String token) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no SHA-256", e);
    }
  }
}
