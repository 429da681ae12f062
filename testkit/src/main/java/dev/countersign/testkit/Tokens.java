package dev.countersign.testkit;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Makes access tokens of one issuer for one resource, in the shape of RFC 9068:
 *
 * <pre>
 * tokens.valid()
 * tokens.mint().scope("mcp:read files:write").expiresIn(Duration.ofMinutes(-5)).text()
 * tokens.faulty(TokenFault.EXPIRED)
 * </pre>
 *
 * <p>Thread-safe; a {@link TokenBuilder} is not.
 */
public final class Tokens {

  private final String issuer;
  private final String audience;
  private final Supplier<SigningKey> key;
  private final InstantSource clock;
  private final AtomicLong minted = new AtomicLong();

  /**
   * A mint.
   *
   * @param issuer the {@code iss} of its tokens
   * @param audience the {@code aud} of its tokens
   * @param key gives the key to sign with, asked for each token
   * @param clock the time of {@code iat} and {@code exp}
   */
  public Tokens(String issuer, String audience, Supplier<SigningKey> key, InstantSource clock) {
    this.issuer = issuer;
    this.audience = audience;
    this.key = key;
    this.clock = clock;
  }

  /**
   * A good token: subject {@code alice}, client {@code client-1}, scope {@code mcp:read}, good for
   * five minutes.
   *
   * @return the text of the token
   */
  public String valid() {
    return mint().text();
  }

  /**
   * A token to be changed before it is signed; at first it is that of {@link #valid()}.
   *
   * @return a new builder
   */
  public TokenBuilder mint() {
    return new TokenBuilder(key.get(), clock)
        .claim("iss", issuer)
        .audience(audience)
        .subject("alice")
        .client("client-1")
        .scope("mcp:read")
        .claim("jti", "token-" + minted.incrementAndGet())
        .issued();
  }

  /**
   * A token that must not be accepted.
   *
   * @param fault what is wrong with it, and nothing else
   * @return the text of the token
   */
  public String faulty(TokenFault fault) {
    return fault.text(this);
  }

  /**
   * Who the tokens are from.
   *
   * @return the issuer identifier
   */
  public String issuer() {
    return issuer;
  }

  /**
   * What the tokens are for.
   *
   * @return the resource identifier
   */
  public String audience() {
    return audience;
  }

  SigningKey key() {
    return key.get();
  }
}
