package dev.countersign;

import dev.countersign.internal.Digests;
import dev.countersign.oauth.AccessToken;
import java.util.Optional;

/**
 * Who calls: a subject is unique within its issuer only, and not the same with another client (RFC
 * 9068 section 5). Scopes and times are no part of it, so that a refreshed token is the same
 * caller. Immutable.
 *
 * @param user whose token it is
 * @param clientId the client; empty if the token does not say
 */
record Caller(User user, Optional<String> clientId) {

  /** Whoever calls without a token where none is needed. */
  static final Caller NOBODY = new Caller(new User("", "", ""), Optional.empty());

  /**
   * A resource owner.
   *
   * @param issuer the authorization server, as configured
   * @param tenant its {@code iss}, of which one trusted issuer can have many
   * @param subject the {@code sub}
   */
  record User(String issuer, String tenant, String subject) {

    @Override
    public String toString() {
      return "User[not shown]";
    }
  }

  static Caller of(AccessToken token) {
    String tenant = token.claims().get("iss") instanceof String iss ? iss : "";
    return new Caller(new User(token.issuer(), tenant, token.subject()), token.clientId());
  }

  /** The same for the same caller, and for no other one. */
  String digest() {
    return Digests.of(
        user.issuer(), user.tenant(), user.subject(), clientId.map(id -> "=" + id).orElse(""));
  }

  @Override
  public String toString() {
    return "Caller[not shown]";
  }
}
