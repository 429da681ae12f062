package dev.countersign.agent.runtime;

/** What adapters share about who is calling. */
public final class Principals {

  /**
   * The request attribute, in every server that has attributes, that holds the claims of the access
   * token: a map of strings, numbers, booleans, lists and maps, because the application sees no
   * type of the agent.
   */
  public static final String ATTRIBUTE = "dev.countersign.claims";

  /**
   * The attribute, beside that, that holds a {@link java.security.Principal}, in servers whose own
   * notion of a user is not this one.
   */
  public static final String USER = "dev.countersign.principal";

  /** The name of the authentication, where a server asks for one. */
  public static final String AUTH_TYPE = "Bearer";

  private Principals() {}
}
