package dev.countersign.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The challenge of an OAuth 2.0 protected resource: RFC 6750 section 3, with {@code
 * resource_metadata} (RFC 9728 section 5.1), and {@code acr_values} and {@code max_age} (RFC 9470
 * section 3).
 *
 * <pre>
 * response.addHeader(
 *     "WWW-Authenticate",
 *     BearerChallenge.builder()
 *         .scope("mcp:read")
 *         .resourceMetadata("https://mcp.example.com/.well-known/oauth-protected-resource/mcp")
 *         .build()
 *         .toString());
 *
 * WWW-Authenticate: Bearer scope="mcp:read", resource_metadata="https://mcp.example.com/…"
 * </pre>
 *
 * <p>One that was built says nothing illegal and nothing that a known client misreads. One that was
 * received may say anything: an accessor then gives what could be read, and {@link #problems()}
 * says what could not. Immutable.
 */
public final class BearerChallenge {

  private final Challenge challenge;
  private final BearerReading reading;

  private BearerChallenge(Challenge challenge) {
    this.challenge = challenge;
    this.reading = BearerReading.of(challenge);
  }

  /**
   * An auth-param whose value is outside its own grammar.
   *
   * @param param the name, in lower case
   * @param sentence what is wrong with the value, without the value
   */
  public record Problem(String param, String sentence) {}

  /**
   * Begins a challenge.
   *
   * @return a builder without auth-params
   */
  public static BearerChallengeBuilder builder() {
    return new BearerChallengeBuilder();
  }

  /**
   * Looks at a received challenge. DPoP challenges have the same auth-params and one more, {@code
   * algs} (RFC 9449 section 7.1), and can be looked at as well.
   *
   * @param challenge a challenge of the scheme Bearer or DPoP
   * @return the view
   * @throws IllegalArgumentException if the challenge is one of another scheme
   */
  public static BearerChallenge from(Challenge challenge) {
    if (!challenge.hasScheme("Bearer") && !challenge.hasScheme("DPoP")) {
      throw new IllegalArgumentException(
          "expected a challenge of the scheme Bearer or DPoP, not " + challenge.scheme());
    }
    return new BearerChallenge(challenge);
  }

  /**
   * The challenge itself.
   *
   * @return the challenge that is viewed, or was built
   */
  public Challenge challenge() {
    return challenge;
  }

  /**
   * The challenge as a field line of a response.
   *
   * @return {@code WWW-Authenticate} with this challenge
   * @throws IllegalArgumentException if a received challenge holds obs-text
   */
  public FieldLine fieldLine() {
    return new FieldLine("WWW-Authenticate", toString());
  }

  /**
   * The protection space (RFC 9110 section 11.5).
   *
   * @return the realm; compares with case
   */
  public Optional<String> realm() {
    return text(BearerParam.REALM);
  }

  /**
   * Why the request was refused (RFC 6750 section 3.1).
   *
   * @return the error code; empty if the request had no token
   */
  public Optional<String> error() {
    return text(BearerParam.ERROR);
  }

  /**
   * What the request needs (RFC 6750 section 3).
   *
   * @return the scope-tokens, unmodifiable, in their order; empty if the challenge names none
   */
  public Set<String> scope() {
    return reading.scope();
  }

  /**
   * Where the metadata of the protected resource is (RFC 9728 section 5.1).
   *
   * @return an absolute http or https URL with a host, without user information and fragment; empty
   *     if there is none, or the value is something else
   */
  public Optional<URI> resourceMetadata() {
    return reading.resourceMetadata();
  }

  /**
   * How the user has to be authenticated (RFC 9470 section 3).
   *
   * @return the authentication context class references, unmodifiable, the preferred one first
   */
  public List<String> acrValues() {
    return reading.acrValues();
  }

  /**
   * How long ago the user may have been authenticated (RFC 9470 section 3).
   *
   * @return a duration of whole seconds, not negative; empty if there is none, or the value is no
   *     number
   */
  public Optional<Duration> maxAge() {
    return reading.maxAge();
  }

  /**
   * The signature algorithms of a DPoP proof (RFC 9449 section 7.1).
   *
   * @return the names of the algorithms, unmodifiable, in their order
   */
  public List<String> algs() {
    return reading.algs();
  }

  /**
   * A sentence for developers (RFC 6750 section 3).
   *
   * @return the sentence; not for end users
   */
  public Optional<String> errorDescription() {
    return text(BearerParam.ERROR_DESCRIPTION);
  }

  /**
   * A page for developers (RFC 6750 section 3).
   *
   * @return an absolute URI; empty if there is none, or the value is something else
   */
  public Optional<URI> errorUri() {
    return reading.errorUri();
  }

  /**
   * The auth-params that no specification of this class defines.
   *
   * @return an unmodifiable map by name, in their order
   */
  public Map<String, String> extensions() {
    return reading.extensions();
  }

  /**
   * What is wrong with the values.
   *
   * @return the problems, unmodifiable, in the order of the auth-params; empty for every challenge
   *     that was built
   */
  public List<Problem> problems() {
    return reading.problems();
  }

  /**
   * The challenge without what specifications forbid or known clients misread, for one that another
   * layer wrote. What it knows stays, as far as it can be said so that every client reads it:
   *
   * <ul>
   *   <li>the scheme is spelt {@code Bearer}, names are in lower case; a token68 is left out
   *   <li>{@code realm} and {@code error_description}: quotes, backslashes, commas and equals signs
   *       are replaced by characters that look alike, what is not ASCII by a question mark; a realm
   *       that is a URL, which clients take for an issuer, is left out
   *   <li>{@code scope}: separated by one space, each scope-token once, illegal ones left out
   *   <li>a value outside its grammar, an empty value, and a name or value in which a client that
   *       searches would find another auth-param, are left out
   * </ul>
   *
   * @return a challenge, perhaps without auth-params, to be {@linkplain Challenge#completedWith
   *     completed}
   */
  public Challenge mended() {
    return Mending.of(challenge);
  }

  private Optional<String> text(BearerParam param) {
    return challenge.param(param.wireName());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BearerChallenge bearer && challenge.equals(bearer.challenge);
  }

  @Override
  public int hashCode() {
    return challenge.hashCode();
  }

  /**
   * The challenge as it is written on the wire.
   *
   * @return the field value; a challenge that was built has it ready, so that a call costs nothing
   */
  @Override
  public String toString() {
    return challenge.toString();
  }
}
