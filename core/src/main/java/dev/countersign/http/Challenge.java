package dev.countersign.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One challenge of any authentication scheme (RFC 9110 section 11.3): an auth-scheme, alone, or
 * with one token68, or with auth-params in their order.
 *
 * <pre>
 * Negotiate
 * Negotiate YIIBhg==
 * Bearer error="invalid_token", resource_metadata="https://mcp.example.com/.well-known/…"
 * </pre>
 *
 * <p>A challenge outside the grammar cannot exist. Scheme and names are tokens, no name occurs
 * twice, and a value that is built holds visible ASCII, space and tab only: no line break, so no
 * challenge becomes two fields. A challenge that was parsed may also hold obs-text (%x80-FF) in its
 * values. What is built fits the limits of {@link Challenges}, so it can be parsed.
 *
 * <p>Two challenges are equal if scheme and names agree without regard to case, and values exactly;
 * the order of the auth-params means nothing. Immutable.
 */
public final class Challenge {

  private final String scheme;
  private final String token68;
  private final AuthParams params;

  /** The wire form once it was asked for; two threads that both make it make the same one. */
  private @Nullable String text;

  /** For callers that have checked the parts; an empty token68 is none. */
  Challenge(String scheme, String token68, AuthParams params) {
    this.scheme = scheme;
    this.token68 = token68;
    this.params = params;
  }

  /**
   * A challenge of a scheme alone. RFC 6750 section 3 does not allow that for {@code Bearer}.
   *
   * @param scheme the auth-scheme, a token
   * @return the challenge
   * @throws IllegalArgumentException if the scheme is no token or too long
   */
  public static Challenge of(String scheme) {
    return new Challenge(requireToken("auth-scheme", scheme), "", AuthParams.NONE).fitting();
  }

  /**
   * A challenge of a scheme with a token68.
   *
   * @param scheme the auth-scheme, a token
   * @param token68 letters, digits and {@code - . _ ~ + /}, at least one, and equals signs behind
   *     them
   * @return the challenge
   * @throws IllegalArgumentException if one of them is outside its grammar, or both are too long
   */
  public static Challenge token68(String scheme, String token68) {
    requireToken("auth-scheme", scheme);
    if (!Grammar.isToken68(token68)) {
      throw new IllegalArgumentException("expected a token68 (RFC 9110 section 11.2)");
    }
    return new Challenge(scheme, token68, AuthParams.NONE).fitting();
  }

  /**
   * Begins a challenge with auth-params.
   *
   * @param scheme the auth-scheme, a token
   * @return a builder without auth-params
   * @throws IllegalArgumentException if the scheme is no token
   */
  public static ChallengeBuilder builder(String scheme) {
    return new ChallengeBuilder(requireToken("auth-scheme", scheme));
  }

  /**
   * Reads exactly one challenge.
   *
   * @param text a field value; folded lines are read as one (RFC 9112 section 5.2)
   * @return the challenge
   * @throws ChallengeSyntaxException if the text is not one challenge
   */
  public static Challenge parse(String text) {
    List<Challenge> challenges = Challenges.parse(text);
    if (challenges.size() != 1) {
      throw new ChallengeSyntaxException(
          ChallengeSyntaxException.Code.NOT_ONE_CHALLENGE,
          0,
          "expected one challenge and found " + challenges.size(),
          text);
    }
    return challenges.get(0);
  }

  /**
   * The auth-scheme.
   *
   * @return the scheme as received or given
   */
  public String scheme() {
    return scheme;
  }

  /**
   * Whether this is a challenge of a scheme.
   *
   * @param other the auth-scheme, compared without regard to case (RFC 9110 section 11.1)
   * @return true if it is
   */
  public boolean hasScheme(String other) {
    return scheme.equalsIgnoreCase(other);
  }

  /**
   * The token68.
   *
   * @return empty if the challenge has auth-params or is a scheme alone
   */
  public Optional<String> token68() {
    return token68.isEmpty() ? Optional.empty() : Optional.of(token68);
  }

  /**
   * The value of one auth-param.
   *
   * @param name the name, compared without regard to case (RFC 9110 section 11.2)
   * @return the value without quotes and quoted-pairs; empty if there is no such auth-param
   */
  public Optional<String> param(String name) {
    return Optional.ofNullable(params.get(name));
  }

  /**
   * The auth-params in their order.
   *
   * @return an unmodifiable map by name; a look-up disregards case, the keys are spelt as received
   */
  public Map<String, String> params() {
    return params;
  }

  /**
   * The same challenge with one auth-param set: in its place if the name is there, else at the end.
   *
   * @param name the name, a token
   * @param value the value; visible ASCII, space and tab
   * @return the changed challenge
   * @throws IllegalArgumentException if name or value is outside its grammar, the challenge would
   *     exceed the limits of {@link Challenges}, or it has a token68
   */
  public Challenge with(String name, String value) {
    if (!token68.isEmpty()) {
      throw new IllegalArgumentException(
          "a challenge has either a token68 or auth-params (RFC 9110 section 11.3)");
    }
    requireToken("name", name);
    requireSendable(name, value);
    return new Challenge(scheme, token68, params.with(name, value)).fitting();
  }

  /**
   * The same challenge without one auth-param.
   *
   * @param name the name, compared without regard to case
   * @return this challenge if it has no such auth-param
   */
  public Challenge without(String name) {
    return params.containsKey(name) ? new Challenge(scheme, token68, params.without(name)) : this;
  }

  /**
   * This challenge, completed with what another one of the same scheme adds. For a challenge that a
   * layer further in wrote, and which lost or never had what clients need.
   *
   * <ul>
   *   <li>What this challenge has stays: its values win, auth-params that nobody knows are kept.
   *   <li>What it lacks is taken from the other one. An empty value counts as lacking, because
   *       clients fail on it.
   *   <li>{@code resource_metadata} stays only if a client can use it: an absolute https URL (http
   *       on the loopback) with a host, without user information and fragment (RFC 9728 section
   *       5.1). Otherwise the other one's takes its place.
   *   <li>{@code error_description} and {@code error_uri} are taken only if they are about the
   *       error that the result names.
   *   <li>A token68 cannot be completed: the other challenge takes its place if it has auth-params.
   * </ul>
   *
   * <p>The result spells the scheme as the other challenge does. Its order is the one that every
   * client reads: {@code realm}, {@code error}, {@code scope}, {@code resource_metadata}, {@code
   * acr_values}, {@code max_age}, any others, {@code error_description}, {@code error_uri}. A realm
   * that holds more than plain words stands with the others, where no client mistakes it for one of
   * the first. If both together exceed the limits of {@link Challenges}, the result is the other
   * challenge alone.
   *
   * @param ours the challenge that knows what may be missing
   * @return the completed challenge
   * @throws IllegalArgumentException if the schemes differ
   */
  public Challenge completedWith(Challenge ours) {
    if (!hasScheme(ours.scheme)) {
      throw new IllegalArgumentException(
          "expected two challenges of one scheme, not " + scheme + " and " + ours.scheme);
    }
    return Completion.of(this, ours);
  }

  /** This challenge, if {@link #fits()}. */
  Challenge fitting() {
    if (!fits()) {
      throw new IllegalArgumentException(
          "a challenge has at most "
              + Challenges.MAX_PARAMS
              + " auth-params and "
              + Challenges.MAX_LENGTH
              + " characters");
    }
    return this;
  }

  /** Whether a parser would read this challenge back. */
  boolean fits() {
    return params.size() <= Challenges.MAX_PARAMS && toString().length() <= Challenges.MAX_LENGTH;
  }

  AuthParams authParams() {
    return params;
  }

  static String requireToken(String what, String text) {
    if (!Grammar.isToken(text)) {
      throw new IllegalArgumentException(
          "expected the " + what + " to be a token (RFC 9110 section 5.6.2)");
    }
    return text;
  }

  static void requireSendable(String name, String value) {
    for (int at = 0; at < value.length(); at++) {
      if (!Grammar.isSendable(value.charAt(at))) {
        throw new IllegalArgumentException(
            "the value of "
                + name
                + " has an illegal character at "
                + at
                + "; expected visible ASCII, space or tab (RFC 9110 section 5.6.4)");
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Challenge challenge
        && hasScheme(challenge.scheme)
        && token68.equals(challenge.token68)
        && params.equals(challenge.params);
  }

  @Override
  public int hashCode() {
    return 31 * scheme.toLowerCase(Locale.ROOT).hashCode() + token68.hashCode() + params.hashCode();
  }

  /**
   * The challenge as it is written on the wire: one space behind the scheme, a comma and one space
   * between auth-params, every value a quoted-string. Only {@code algorithm} and {@code stale} of
   * Digest are tokens, as RFC 7616 section 3.3 demands.
   *
   * @return the field value; made once, the same string on every call
   */
  @Override
  public String toString() {
    String known = text;
    if (known == null) {
      known = ChallengePrinter.print(scheme, token68, params);
      text = known;
    }
    return known;
  }
}
