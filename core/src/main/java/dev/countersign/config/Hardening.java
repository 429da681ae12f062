package dev.countersign.config;

import java.util.List;
import java.util.Set;

/**
 * What is kept from the application beside requests without a good token: requests for foreign
 * hosts, fields in which a client claims to be somebody, and the token itself. Immutable.
 *
 * @param allowedHosts hosts in lower case, with a port unless it is that of the resource's scheme,
 *     to which requests may be addressed beside those of the resources; empty if any may
 * @param strippedHeaders names of fields that no client may send to the application
 * @param exposeAuthorization whether the application sees the credentials that were verified
 * @param acceptClearText whether requests are accepted that reached a trusted proxy without TLS
 */
public record Hardening(
    Set<String> allowedHosts,
    List<String> strippedHeaders,
    boolean exposeAuthorization,
    boolean acceptClearText) {

  /** Copies the collections. */
  public Hardening {
    allowedHosts = Set.copyOf(allowedHosts);
    strippedHeaders = List.copyOf(strippedHeaders);
  }
}
