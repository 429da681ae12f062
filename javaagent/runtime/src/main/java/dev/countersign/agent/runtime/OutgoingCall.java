package dev.countersign.agent.runtime;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that is about to be sent, as far as a token can be in its head. Immutable.
 *
 * @param host the other server, with its port where the request names one
 * @param query the raw query without the question mark; empty if there is none
 * @param fields the values of all field lines
 */
public record OutgoingCall(String host, String query, Collection<String> fields) {

  private static final String UNKNOWN = "unknown host";

  /** Copies the values. */
  public OutgoingCall {
    fields = List.copyOf(fields);
  }

  /**
   * A request whose URI is known.
   *
   * @param uri the URI
   * @param fields the values of all field lines
   * @return the call
   */
  public static OutgoingCall to(URI uri, Collection<String> fields) {
    String host = uri.getHost() == null ? UNKNOWN : uri.getHost();
    String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    return new OutgoingCall(uri.getPort() < 0 ? host : host + ":" + uri.getPort(), query, fields);
  }

  /**
   * A request as it is on the wire.
   *
   * @param host the value of its {@code Host} field; null if it has none
   * @param target the target in its first line
   * @param fields the values of all field lines
   * @return the call
   */
  public static OutgoingCall of(@Nullable String host, String target, Collection<String> fields) {
    int question = target.indexOf('?');
    String query = question < 0 ? "" : target.substring(question + 1);
    return new OutgoingCall(host == null ? UNKNOWN : host, query, fields);
  }
}
