package dev.countersign.doctor.check;

import static dev.countersign.doctor.check.Severity.ERROR;
import static dev.countersign.doctor.check.Severity.WARNING;

import dev.countersign.doctor.wire.Answer;
import dev.countersign.doctor.wire.Request;
import dev.countersign.oauth.ResourceIdentifier;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The endpoints of the authorization servers: addresses, TLS, pages in a browser, keys. */
final class EndpointChecks {

  private static final String ANY_ORIGIN = "https://inspector.example";

  private EndpointChecks() {}

  static List<Check> all() {
    return List.of(
        EndpointChecks::addresses,
        EndpointChecks::endpoints,
        EndpointChecks::browsers,
        EndpointChecks::keys);
  }

  private static List<Finding> addresses(Site site) {
    List<Finding> findings = new ArrayList<>();
    if (isPrivate(site.url())) {
      return findings;
    }
    for (AuthorizationServer server : AuthorizationServer.of(site)) {
      if (!server.asked().isEmpty() && isPrivate(server.asked().get(0))) {
        String message =
            Shown.cut(server.issuer())
                + " is on a private or loopback address while the MCP server is not; several"
                + " clients refuse that.";
        findings.add(
            new Finding(CheckId.D50, WARNING, message).hurting(List.of("rmcp", "ruby-sdk")));
      }
    }
    return findings;
  }

  private static List<Finding> endpoints(Site site) {
    List<Finding> findings = new ArrayList<>();
    AuthorizationServer.documents(site)
        .forEach(
            one ->
                Stream.of(
                        "authorization_endpoint",
                        "token_endpoint",
                        "registration_endpoint",
                        "jwks_uri")
                    .filter(name -> one.text(name).filter(url -> isOpen(url)).isPresent())
                    .map(
                        name ->
                            new Finding(
                                    CheckId.D50,
                                    ERROR,
                                    name
                                        + " is no https URL; codes and tokens would travel in the"
                                        + " clear.")
                                .seeing(Shown.cut(one.text(name).orElse("")))
                                .mendedBy("Serve the authorization server by https only."))
                    .forEach(findings::add));
    return findings;
  }

  private static boolean isOpen(String url) {
    try {
      URI uri = URI.create(url);
      return !"https".equalsIgnoreCase(uri.getScheme())
          && (uri.getHost() == null || !ResourceIdentifier.isLoopback(uri.getHost()));
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  private static boolean isPrivate(URI url) {
    try {
      InetAddress address = InetAddress.getByName(url.getHost());
      return address.isLoopbackAddress()
          || address.isSiteLocalAddress()
          || address.isLinkLocalAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static List<Finding> browsers(Site site) {
    List<Finding> findings = new ArrayList<>();
    AuthorizationServer.documents(site)
        .forEach(
            one ->
                Stream.of(
                        Optional.of(one.url()),
                        one.text("token_endpoint"),
                        one.text("registration_endpoint"))
                    .flatMap(Optional::stream)
                    .filter(endpoint -> !allowsPages(site, endpoint))
                    .map(
                        endpoint ->
                            new Finding(
                                    CheckId.D47,
                                    WARNING,
                                    "Browser clients cannot use "
                                        + Shown.cut(endpoint)
                                        + ": its preflight is not answered with"
                                        + " Access-Control-Allow-Origin.")
                                .hurting(List.of("MCP Inspector in direct mode", "portals")))
                    .forEach(findings::add));
    return findings;
  }

  private static boolean allowsPages(Site site, String endpoint) {
    try {
      Answer answer =
          site.ask(
              Request.of("OPTIONS", URI.create(endpoint))
                  .with("Origin", ANY_ORIGIN)
                  .with("Access-Control-Request-Method", "POST")
                  .with("Access-Control-Request-Headers", "content-type"));
      return answer.value("access-control-allow-origin").isPresent();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static List<Finding> keys(Site site) {
    return AuthorizationServer.documents(site).flatMap(one -> keys(site, one).stream()).toList();
  }

  private static Optional<Finding> keys(Site site, Document metadata) {
    Optional<String> where = metadata.text("jwks_uri");
    String cause;
    if (where.isEmpty()) {
      cause = "the metadata names no jwks_uri";
    } else {
      Answer answer = site.get(where.get());
      Optional<Document> set = Document.of(where.get(), answer);
      cause =
          set.isEmpty()
              ? where.get() + " is answered " + Shown.status(answer)
              : keyProblem(set.get().members().get("keys"));
    }
    return cause.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Finding(
                CheckId.D51,
                ERROR,
                "Keys of "
                    + Shown.cut(metadata.text("issuer").orElse("the authorization server"))
                    + " cannot be loaded: "
                    + Shown.cut(cause)
                    + ". Good tokens will be refused."));
  }

  private static String keyProblem(@Nullable Object keys) {
    if (!(keys instanceof List<?> list) || list.isEmpty()) {
      return "the key set is empty";
    }
    boolean asymmetric =
        list.stream()
            .anyMatch(
                key ->
                    key instanceof Map<?, ?> members
                        && Set.of("RSA", "EC", "OKP").contains(members.get("kty")));
    return asymmetric ? "" : "no key is of a kind that signs access tokens";
  }
}
