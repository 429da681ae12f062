package dev.countersign.agent.adapter.helidon;

import java.security.Principal;

/** Who calls, for an application that asks its context for a {@link Principal}. */
final class User implements Principal {

  private final String subject;

  User(String subject) {
    this.subject = subject;
  }

  @Override
  public String getName() {
    return subject;
  }

  @Override
  public String toString() {
    return "the subject of an access token";
  }
}
