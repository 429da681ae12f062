package dev.countersign.agent.runtime;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** What adapters share about the two ends of a request. */
public final class Principals {

  /**
   * The request attribute, in every server that has attributes, that holds the claims of the access
   * token: a map of strings, numbers, booleans, lists and maps, because the application sees no
   * type of the agent.
   */
  public static final String ATTRIBUTE = "dev.countersign.claims";

  /** The name of the authentication, where a server asks for one. */
  public static final String AUTH_TYPE = "Bearer";

  // A literal, for which nothing is looked up.
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private Principals() {}

  /**
   * The other end of a connection.
   *
   * @param text an address as a server prints it, with or without a zone
   * @return the address; empty if the text is none
   */
  public static Optional<InetAddress> address(String text) {
    int zone = text.indexOf('%');
    String address = zone < 0 ? text : text.substring(0, zone);
    if (!ADDRESS.matcher(address).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(address));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
