package dev.countersign.token;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the access tokens of an authorization server are to a resource server. */
public enum TokenFormat {
  /** Signed JWTs, judged here (RFC 9068). */
  JWT("jwt"),
  /** Texts without a meaning here: the authorization server is asked about each (RFC 7662). */
  OPAQUE("opaque"),
  /** Either: what looks like a signed JWT is judged as one, about the rest the server is asked. */
  ANY("any");

  private final String id;

  TokenFormat(String id) {
    this.id = id;
  }

  /**
   * How settings spell it.
   *
   * @return lower case
   */
  public String id() {
    return id;
  }

  /**
   * The format of a spelling.
   *
   * @param id the spelling
   * @return the format
   * @throws IllegalArgumentException if there is none; the message lists all
   */
  public static TokenFormat parse(String id) {
    Optional<TokenFormat> found =
        Arrays.stream(values()).filter(one -> one.id.equals(id)).findAny();
    return found.orElseThrow(
        () ->
            new IllegalArgumentException(
                Arrays.stream(values())
                    .map(TokenFormat::id)
                    .collect(Collectors.joining(", ", "expected one of ", ""))));
  }

  /**
   * Whether JWTs are among them.
   *
   * @return true for {@link #JWT} and {@link #ANY}
   */
  public boolean hasJwt() {
    return this != OPAQUE;
  }

  /**
   * Whether opaque tokens are among them.
   *
   * @return true for {@link #OPAQUE} and {@link #ANY}
   */
  public boolean hasOpaque() {
    return this != JWT;
  }
}
