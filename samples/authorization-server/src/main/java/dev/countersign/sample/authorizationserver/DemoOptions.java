package dev.countersign.sample.authorizationserver;

import java.time.Duration;
import java.util.List;

/**
 * What a demo may choose about its authorization server.
 *
 * <p>Immutable.
 *
 * @param port the TCP port on the loopback, 0 for a free one, at most 65535
 * @param scopes all scopes that can be granted, at least one; the first one is granted to a client
 *     that asks for none (RFC 6749 section 3.3)
 * @param allowedResources the values of {@code resource} (RFC 8707) that tokens are issued for,
 *     compared byte for byte; empty allows every absolute URI without a fragment
 * @param user the name of the only user
 * @param password the password of that user
 * @param accessTokenLife the life of an access token, positive and at most 15 minutes
 */
public record DemoOptions(
    int port,
    List<String> scopes,
    List<String> allowedResources,
    String user,
    String password,
    Duration accessTokenLife) {

  private static final Duration LONGEST_LIFE = Duration.ofMinutes(15);

  /**
   * Checks and copies the components.
   *
   * @throws IllegalArgumentException if one is outside its limits
   */
  public DemoOptions {
    scopes = List.copyOf(scopes);
    allowedResources = List.copyOf(allowedResources);
    require(port >= 0 && port <= 65535, "port is " + port + ", expected 0 to 65535");
    require(!scopes.isEmpty(), "scopes is empty, expected at least one scope");
    require(!user.isEmpty() && !password.isEmpty(), "user and password must not be empty");
    require(
        accessTokenLife.compareTo(Duration.ZERO) > 0
            && accessTokenLife.compareTo(LONGEST_LIFE) <= 0,
        "accessTokenLife is " + accessTokenLife + ", expected more than PT0S and at most PT15M");
  }

  /**
   * A free port, scopes {@code mcp:tools}, {@code notes:read}, {@code notes:write} and {@code
   * notes:admin}, every resource, user {@code demo} with password {@code demo}, tokens for ten
   * minutes.
   *
   * @return the options of the demo
   */
  public static DemoOptions defaults() {
    return new DemoOptions(
        0,
        List.of("mcp:tools", "notes:read", "notes:write", "notes:admin"),
        List.of(),
        "demo",
        "demo",
        Duration.ofMinutes(10));
  }

  /**
   * These options with another port.
   *
   * @param other the port, 0 for a free one
   * @return the changed copy
   */
  public DemoOptions withPort(int other) {
    return new DemoOptions(other, scopes, allowedResources, user, password, accessTokenLife);
  }

  /**
   * These options with other scopes.
   *
   * @param others the scopes, the default one first
   * @return the changed copy
   */
  public DemoOptions withScopes(String... others) {
    return new DemoOptions(
        port, List.of(others), allowedResources, user, password, accessTokenLife);
  }

  /**
   * These options with tokens for the given resources only.
   *
   * @param others the resource identifiers, none for every resource
   * @return the changed copy
   */
  public DemoOptions withAllowedResources(String... others) {
    return new DemoOptions(port, scopes, List.of(others), user, password, accessTokenLife);
  }

  /**
   * These options with another user.
   *
   * @param name the name
   * @param secret the password
   * @return the changed copy
   */
  public DemoOptions withUser(String name, String secret) {
    return new DemoOptions(port, scopes, allowedResources, name, secret, accessTokenLife);
  }

  /**
   * These options with another life of access tokens.
   *
   * @param other the life, positive and at most 15 minutes
   * @return the changed copy
   */
  public DemoOptions withAccessTokenLife(Duration other) {
    return new DemoOptions(port, scopes, allowedResources, user, password, other);
  }

  /** Leaves the password out. */
  @Override
  public String toString() {
    return "DemoOptions[port=%d, scopes=%s, allowedResources=%s, user=%s, accessTokenLife=%s]"
        .formatted(port, scopes, allowedResources, user, accessTokenLife);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
