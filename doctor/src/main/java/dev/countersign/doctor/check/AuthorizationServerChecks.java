package dev.countersign.doctor.check;

import static dev.countersign.doctor.check.Severity.ERROR;
import static dev.countersign.doctor.check.Severity.INFO;
import static dev.countersign.doctor.check.Severity.WARNING;

import dev.countersign.doctor.wire.Answer;
import dev.countersign.internal.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The authorization servers of the site, seen from a client that wants to log in. */
final class AuthorizationServerChecks {

  private static final List<String> WANT_PKCE =
      List.of("go-sdk", "csharp-sdk", "ruby-sdk", "chat-ui");

  private AuthorizationServerChecks() {}

  static List<Check> all() {
    return List.of(
        AuthorizationServerChecks::discovery,
        AuthorizationServerChecks::pkce,
        AuthorizationServerChecks::registration,
        AuthorizationServerChecks::features,
        AuthorizationServerChecks::scopes,
        AuthorizationServerChecks::listsResource,
        AuthorizationServerChecks::knowsResource);
  }

  private static List<Finding> discovery(Site site) {
    List<Finding> findings = new ArrayList<>();
    for (AuthorizationServer server : AuthorizationServer.of(site)) {
      Optional<Document> metadata = server.metadata();
      if (metadata.isEmpty()) {
        String message =
            "Authorization server "
                + Shown.cut(server.issuer())
                + " has no metadata at any place where clients look.";
        findings.add(new Finding(CheckId.D46, ERROR, message).seeing(server.table()));
        continue;
      }
      String issuer = metadata.get().text("issuer").orElse("");
      if (!issuer.equals(server.issuer())) {
        findings.add(
            new Finding(
                    CheckId.D46,
                    ERROR,
                    "The authorization server calls itself "
                        + Shown.cut(issuer)
                        + " but the resource metadata says "
                        + Shown.cut(server.issuer())
                        + ". Clients compare exactly.")
                .seeing(metadata.get().url())
                .expecting("\"issuer\": \"" + Shown.cut(server.issuer()) + "\"")
                .hurting(List.of("python-sdk", "csharp-sdk", "ruby-sdk", "chat-ui", "go-sdk")));
      }
      if (server.answers().stream().anyMatch(answer -> answer.status() != 200)) {
        findings.add(new Finding(CheckId.D46, INFO, spellings(server)).seeing(server.table()));
      }
    }
    return findings;
  }

  // Older clients know RFC 8414 only, and look at the root even if the issuer has a path.
  private static String spellings(AuthorizationServer server) {
    List<String> working = server.working();
    boolean oauth = working.stream().anyMatch(url -> url.contains("oauth-authorization-server"));
    return "Only some spellings of the metadata URL work; current clients ask for all, in this"
        + " order"
        + (oauth
            ? "."
            : ". There is OpenID discovery only: clients that know RFC 8414 alone find nothing.");
  }

  private static List<Finding> pkce(Site site) {
    return AuthorizationServer.documents(site)
        .filter(one -> !one.texts("code_challenge_methods_supported").contains("S256"))
        .map(
            one ->
                new Finding(
                        CheckId.D48,
                        ERROR,
                        "PKCE with S256 is not advertised; some clients refuse to go on.")
                    .seeing(one.url())
                    .expecting("\"code_challenge_methods_supported\": [\"S256\"]")
                    .hurting(WANT_PKCE))
        .toList();
  }

  private static List<Finding> registration(Site site) {
    return AuthorizationServer.documents(site)
        .filter(one -> one.text("registration_endpoint").isEmpty())
        .map(
            one -> {
              boolean byDocument =
                  Boolean.TRUE.equals(one.members().get("client_id_metadata_document_supported"));
              String message =
                  byDocument
                      ? "Clients register by a client identifier metadata document only; older ones"
                          + " cannot."
                      : "Clients cannot register themselves; tell users which client id to enter.";
              return new Finding(CheckId.D49, byDocument ? INFO : WARNING, message)
                  .seeing(one.url())
                  .hurting(List.of("claude.ai", "ChatGPT", "Cursor", "MCP Inspector"));
            })
        .toList();
  }

  // RFC 9728 section 4.
  private static List<Finding> listsResource(Site site) {
    String resource = site.resource();
    return AuthorizationServer.documents(site)
        .filter(one -> !one.texts("protected_resources").isEmpty())
        .filter(one -> !one.texts("protected_resources").contains(resource))
        .map(
            one ->
                new Finding(
                        CheckId.D38,
                        WARNING,
                        "The authorization server lists the resources that it protects, and this"
                            + " one is not among them.")
                    .seeing(
                        "\"protected_resources\": "
                            + Shown.cut(String.join(", ", one.texts("protected_resources"))))
                    .expecting(resource))
        .toList();
  }

  private static List<Finding> features(Site site) {
    return AuthorizationServer.documents(site)
        .map(
            one -> {
              List<String> has = new ArrayList<>();
              add(has, one, "authorization_response_iss_parameter_supported", "iss (RFC 9207)");
              add(has, one, "require_pushed_authorization_requests", "PAR required");
              add(has, one, "client_id_metadata_document_supported", "client id documents");
              if (!one.texts("dpop_signing_alg_values_supported").isEmpty()) {
                has.add("DPoP");
              }
              boolean parOnly =
                  Boolean.TRUE.equals(one.members().get("require_pushed_authorization_requests"));
              String message =
                  "Features of the authorization server: "
                      + (has.isEmpty() ? "none of note" : String.join(", ", has))
                      + (parOnly ? ". Most MCP clients do not speak PAR." : ".");
              return new Finding(CheckId.D60, parOnly ? ERROR : INFO, message);
            })
        .toList();
  }

  private static void add(List<String> has, Document document, String member, String name) {
    if (Boolean.TRUE.equals(document.members().get(member))) {
      has.add(name);
    }
  }

  private static List<Finding> scopes(Site site) {
    List<String> ours = site.metadata().map(one -> one.texts("scopes_supported")).orElse(List.of());
    return AuthorizationServer.documents(site)
        .filter(one -> one.members().getOrDefault("scopes_supported", Json.NULL) instanceof List<?>)
        .flatMap(
            one -> {
              Set<String> unknown = new LinkedHashSet<>(ours);
              unknown.removeAll(one.texts("scopes_supported"));
              return unknown.isEmpty()
                  ? Stream.<Finding>empty()
                  : Stream.of(
                      new Finding(
                              CheckId.D61,
                              WARNING,
                              Shown.cut(String.join(", ", unknown))
                                  + " is unknown to the metadata of the authorization server, which"
                                  + " may answer invalid_scope.")
                          .seeing(one.url()));
            })
        .toList();
  }

  // The first step of a login: the server says at once if it does not know the resource (RFC 8707
  // section 2). Nobody logs in.
  private static List<Finding> knowsResource(Site site) {
    Optional<String> client = site.means().clientId();
    String resource = site.resource();
    return client.stream()
        .flatMap(
            id ->
                AuthorizationServer.documents(site)
                    .flatMap(one -> one.text("authorization_endpoint").stream())
                    .map(endpoint -> authorize(endpoint, id, resource)))
        .map(site::get)
        .filter(AuthorizationServerChecks::refusesResource)
        .map(
            answer ->
                new Finding(
                        CheckId.D38,
                        ERROR,
                        "The authorization server refuses resource="
                            + Shown.cut(resource)
                            + ". Register exactly this string there.")
                    .seeing(Shown.head(answer)))
        .toList();
  }

  private static String authorize(String endpoint, String client, String resource) {
    return endpoint
        + (endpoint.contains("?") ? "&" : "?")
        + "response_type=code&redirect_uri="
        + encoded("http://127.0.0.1/callback")
        + "&client_id="
        + encoded(client)
        + "&resource="
        + encoded(resource)
        // The example of RFC 7636 appendix B: nobody has to keep its verifier.
        + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        + "&code_challenge_method=S256";
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static boolean refusesResource(Answer answer) {
    return Stream.of(answer.value("location").orElse(""), answer.body())
        .anyMatch(text -> text.contains("invalid_target") || text.contains("AADSTS9010010"));
  }
}
