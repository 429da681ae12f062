package dev.countersign.http;

/**
 * Collects the auth-params of one {@link Challenge}, in the order in which they are written. Not
 * thread-safe.
 */
public final class ChallengeBuilder {

  private final String scheme;

  private final AuthParams.Collector params = new AuthParams.Collector();

  /** For a scheme that has been checked. */
  ChallengeBuilder(String scheme) {
    this.scheme = scheme;
  }

  /**
   * Adds an auth-param behind those that are there.
   *
   * @param name the name, a token that has not been added yet in any case
   * @param value the value; visible ASCII, space and tab
   * @return this builder
   * @throws IllegalArgumentException if name or value is outside its grammar, or the name is there
   *     already
   */
  public ChallengeBuilder param(String name, String value) {
    Challenge.requireToken("name", name);
    Challenge.requireSendable(name, value);
    if (params.contains(name)) {
      throw new IllegalArgumentException(
          "there is a " + name + " already; a name occurs once (RFC 9110 section 11.2)");
    }
    params.add(name, value);
    return this;
  }

  /**
   * Completes the challenge.
   *
   * @return the challenge; a scheme alone if no auth-param was added
   * @throws IllegalArgumentException if it exceeds the limits of {@link Challenges}
   */
  public Challenge build() {
    return new Challenge(scheme, "", params.collected()).fitting();
  }
}
