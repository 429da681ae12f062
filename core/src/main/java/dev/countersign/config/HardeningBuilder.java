package dev.countersign.config;

import dev.countersign.http.FieldNames;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is kept from the application: foreign hosts, identities that clients claim, and the token.
 * Values are checked when the configuration is built; all problems are said together. Not
 * thread-safe.
 */
public final class HardeningBuilder {

  /**
   * Fields in which proxies and gateways by habit tell an application who calls. Behind the kit the
   * token says that, so a line of these can only come from somebody who wants to be another one.
   */
  private static final List<String> IDENTITY =
      List.of(
          "X-User",
          "X-User-Id",
          "X-User-Name",
          "X-User-Email",
          "X-User-Roles",
          "X-Username",
          "X-Principal",
          "X-Subject",
          "X-Scope",
          "X-Scopes",
          "X-Roles",
          "X-Groups",
          "X-Remote-User",
          "X-Remote-Group",
          "Remote-User",
          "Remote-Name",
          "Remote-Email",
          "Remote-Groups",
          "X-Authenticated-User",
          "X-Webauth-User",
          "X-Forwarded-User",
          "X-Forwarded-Email",
          "X-Forwarded-Groups",
          "X-Forwarded-Preferred-Username",
          "X-Forwarded-Access-Token",
          "X-Auth-Request-User",
          "X-Auth-Request-Email",
          "X-Auth-Request-Groups",
          "X-Auth-Request-Preferred-Username",
          "X-Auth-Request-Access-Token");

  // uri-host [ ":" port ] without userinfo (RFC 9110 section 7.2); a name, an IPv4 or an IPv6
  // address.
  private static final String HOST =
      "([a-z0-9-]+(\\.[a-z0-9-]+)*|\\[[0-9a-f:.]+])(:[1-9]\\d{0,4})?";

  // Without these no request means what it meant.
  private static final Set<String> NEEDED =
      caseInsensitive(
          List.of(
              "Authorization",
              "Host",
              "Content-Length",
              "Content-Type",
              "Content-Encoding",
              "Transfer-Encoding",
              "Connection",
              "Accept",
              "Origin",
              "Mcp-Session-Id",
              "MCP-Protocol-Version",
              "Mcp-Method",
              "Mcp-Name"));

  private final Problems problems;
  private final Set<String> hosts = new LinkedHashSet<>();
  private final Set<String> further = new LinkedHashSet<>();
  private final Set<String> exposed = new LinkedHashSet<>();
  private boolean exposeAuthorization;
  private boolean acceptClearText;

  HardeningBuilder(Problems problems) {
    this.problems = problems;
  }

  private static Set<String> caseInsensitive(List<String> names) {
    Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    set.addAll(names);
    return set;
  }

  /**
   * A host at which requests may be addressed. With one, no other than those and the hosts of the
   * resources.
   *
   * @param host a name, or an address, with a port unless it is that of the resource's scheme
   * @return this builder
   */
  public HardeningBuilder allowedHost(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    if (lower.matches(HOST)) {
      hosts.add(lower);
    } else {
      problems.add(
          "allowed-hosts",
          host,
          "expected a host such as mcp.example.com, localhost:8080 or [::1]:8080");
    }
    return this;
  }

  /**
   * A field that no client may send to the application, beside the usual ones for identities.
   *
   * @param name the name of the field
   * @return this builder
   */
  public HardeningBuilder strippedHeader(String name) {
    if (!FieldNames.isName(name)) {
      problems.add("stripped-headers", name, "expected the name of a field");
    } else if (NEEDED.contains(name)) {
      problems.add("stripped-headers", name, "expected a field that the request does not need");
    } else {
      further.add(name);
    }
    return this;
  }

  /**
   * A field for an identity that the application sees as the client sent it.
   *
   * @param name the name of one of the usual fields
   * @return this builder
   */
  public HardeningBuilder exposedHeader(String name) {
    if (caseInsensitive(IDENTITY).contains(name)) {
      exposed.add(name);
    } else {
      problems.add(
          "exposed-headers", name, "expected one of the fields " + String.join(", ", IDENTITY));
    }
    return this;
  }

  /**
   * Lets the application see the credentials that were verified.
   *
   * @param expose false, unless set
   * @return this builder
   */
  public HardeningBuilder exposeAuthorization(boolean expose) {
    exposeAuthorization = expose;
    return this;
  }

  /**
   * Accepts requests of which a trusted proxy says that they reached it without TLS.
   *
   * @param accept false, unless set
   * @return this builder
   */
  public HardeningBuilder acceptClearText(boolean accept) {
    acceptClearText = accept;
    return this;
  }

  /**
   * What was set.
   *
   * @param certificateHeader the field of the client's certificate, which is for the engine alone;
   *     empty if there is none
   */
  Hardening build(String certificateHeader) {
    Set<String> stripped = caseInsensitive(IDENTITY);
    stripped.removeAll(exposed);
    stripped.addAll(further);
    if (!certificateHeader.isEmpty()) {
      stripped.add(certificateHeader);
    }
    return new Hardening(hosts, List.copyOf(stripped), exposeAuthorization, acceptClearText);
  }

  List<String> relaxations() {
    List<String> found = new ArrayList<>();
    if (exposeAuthorization) {
      found.add("expose-authorization=true (the application can pass the token on)");
    }
    if (acceptClearText) {
      found.add("accept-clear-text=true (tokens may be read on their way)");
    }
    if (!exposed.isEmpty()) {
      found.add("exposed-headers=" + String.join(",", exposed));
    }
    return found;
  }
}
