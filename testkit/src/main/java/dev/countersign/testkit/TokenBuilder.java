package dev.countersign.testkit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A JWT in the making (RFC 7519, compact form of RFC 7515 section 7.1). Every header parameter and
 * claim can be changed, left out or written as raw text, legal or not. Not thread-safe.
 */
public final class TokenBuilder {

  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final InstantSource clock;
  private final Map<String, Object> header = new LinkedHashMap<>();
  private final Map<String, Object> claims = new LinkedHashMap<>();
  private UnaryOperator<String> headerText = text -> text;
  private UnaryOperator<String> claimsText = text -> text;
  private UnaryOperator<byte[]> signer = input -> input;

  TokenBuilder(SigningKey key, InstantSource clock) {
    this.clock = clock;
    header("typ", "at+jwt");
    signedBy(key);
  }

  /**
   * Sets a header parameter.
   *
   * @param name its name
   * @param value string, number, boolean, list or map
   * @return this builder
   */
  public TokenBuilder header(String name, Object value) {
    header.put(name, value);
    return this;
  }

  /**
   * Leaves a header parameter out.
   *
   * @param name its name
   * @return this builder
   */
  public TokenBuilder withoutHeader(String name) {
    header.remove(name);
    return this;
  }

  /**
   * Sets a claim.
   *
   * @param name its name
   * @param value string, number, boolean, list or map
   * @return this builder
   */
  public TokenBuilder claim(String name, Object value) {
    claims.put(name, value);
    return this;
  }

  /**
   * Leaves a claim out.
   *
   * @param name its name
   * @return this builder
   */
  public TokenBuilder without(String name) {
    claims.remove(name);
    return this;
  }

  /**
   * Sets {@code aud}.
   *
   * @param audience one value is written as a string, several as an array
   * @return this builder
   */
  public TokenBuilder audience(String... audience) {
    return claim("aud", audience.length == 1 ? audience[0] : List.of(audience));
  }

  /**
   * Sets {@code sub}.
   *
   * @param subject the resource owner
   * @return this builder
   */
  public TokenBuilder subject(String subject) {
    return claim("sub", subject);
  }

  /**
   * Sets {@code client_id}.
   *
   * @param client the client
   * @return this builder
   */
  public TokenBuilder client(String client) {
    return claim("client_id", client);
  }

  /**
   * Sets {@code scope}.
   *
   * @param scope scope-tokens with a space between them
   * @return this builder
   */
  public TokenBuilder scope(String scope) {
    return claim("scope", scope);
  }

  /**
   * Sets {@code exp}.
   *
   * @param life the time from now; negative if the token has expired
   * @return this builder
   */
  public TokenBuilder expiresIn(Duration life) {
    return claim("exp", seconds(clock.instant().plus(life)));
  }

  /**
   * Sets {@code iat}.
   *
   * @param wait the time from now; negative for the past
   * @return this builder
   */
  public TokenBuilder issuedIn(Duration wait) {
    return claim("iat", seconds(clock.instant().plus(wait)));
  }

  /**
   * Sets {@code nbf}.
   *
   * @param wait the time from now; negative for the past
   * @return this builder
   */
  public TokenBuilder notBeforeIn(Duration wait) {
    return claim("nbf", seconds(clock.instant().plus(wait)));
  }

  TokenBuilder issued() {
    return issuedIn(Duration.ZERO).expiresIn(Duration.ofMinutes(5));
  }

  private static long seconds(Instant instant) {
    return instant.getEpochSecond();
  }

  /**
   * Signs with another key, and sets {@code alg} and {@code kid} accordingly.
   *
   * @param key the key
   * @return this builder
   */
  public TokenBuilder signedBy(SigningKey key) {
    return header("alg", key.algorithm()).header("kid", key.kid()).signature(key::sign);
  }

  /**
   * Authenticates with HMAC instead of signing, and sets {@code alg} to HS256.
   *
   * @param secret the key; the bytes of a public key make the classic confusion of algorithms
   * @return this builder
   */
  public TokenBuilder hmacWith(byte[] secret) {
    return header("alg", "HS256").signature(input -> hmac(secret, input));
  }

  /**
   * Does not sign: the third part is empty.
   *
   * @param algorithm the {@code alg}, a spelling of {@code none}
   * @return this builder
   */
  public TokenBuilder unsigned(String algorithm) {
    return header("alg", algorithm).signature(input -> new byte[0]);
  }

  /**
   * Replaces the way of signing; the header stays as it is.
   *
   * @param function gives the signature of the signing input
   * @return this builder
   */
  public TokenBuilder signature(UnaryOperator<byte[]> function) {
    signer = function;
    return this;
  }

  /**
   * Changes the header after it was written as JSON and before it is signed.
   *
   * @param function gives the text to sign
   * @return this builder
   */
  public TokenBuilder headerText(UnaryOperator<String> function) {
    headerText = function;
    return this;
  }

  /**
   * Changes the claims after they were written as JSON and before they are signed.
   *
   * @param function gives the text to sign
   * @return this builder
   */
  public TokenBuilder claimsText(UnaryOperator<String> function) {
    claimsText = function;
    return this;
  }

  /**
   * The token.
   *
   * @return the compact form: three parts of base64url with a dot between them
   */
  public String text() {
    String input =
        encode(utf8(headerText.apply(StrictJson.write(header))))
            + "."
            + encode(utf8(claimsText.apply(StrictJson.write(claims))));
    return input + "." + encode(signer.apply(utf8(input)));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String encode(byte[] bytes) {
    return BASE64URL.encodeToString(bytes);
  }

  private static byte[] hmac(byte[] secret, byte[] input) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no HmacSHA256", e);
    }
  }
}
