package dev.countersign.doctor.check;

import static dev.countersign.doctor.check.Severity.ERROR;
import static dev.countersign.doctor.check.Severity.WARNING;

import dev.countersign.doctor.wire.Answer;
import dev.countersign.doctor.wire.Caller;
import dev.countersign.internal.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the protected resource metadata says (RFC 9728 section 2). */
final class DocumentChecks {

  private static final Set<String> TEXTS =
      Set.of(
          "resource",
          "jwks_uri",
          "resource_name",
          "resource_documentation",
          "resource_policy_uri",
          "resource_tos_uri",
          "signed_metadata");

  private static final Set<String> LISTS =
      Set.of(
          "authorization_servers",
          "scopes_supported",
          "bearer_methods_supported",
          "resource_signing_alg_values_supported",
          "authorization_details_types_supported",
          "dpop_signing_alg_values_supported");

  private static final List<String> EXACT =
      List.of("VS Code", "Gemini CLI", "go-sdk", "spring mcp-security", "chat-ui", "claude.ai");

  private DocumentChecks() {}

  static List<Check> all() {
    return List.of(
        DocumentChecks::wellFormed,
        DocumentChecks::keys,
        DocumentChecks::resource,
        DocumentChecks::origin,
        DocumentChecks::prefix,
        DocumentChecks::scopes,
        DocumentChecks::authorizationServers);
  }

  private static List<Finding> wellFormed(Site site) {
    List<Finding> findings = new ArrayList<>();
    Answer answer = site.get(site.metadataUrl());
    if (answer.status() == 200 && !answer.isHtml() && Document.read(answer.body()).isEmpty()) {
      findings.add(malformed("The document", "no JSON object", Shown.whole(answer)));
    }
    site.metadata()
        .ifPresent(
            document -> document.members().forEach((name, value) -> check(name, value, findings)));
    site.metadata()
        .filter(document -> !document.members().containsKey("resource"))
        .ifPresent(document -> findings.add(malformed("resource", "missing", document.url())));
    return findings;
  }

  // RFC 9728 section 2: with keys of both kinds each says what it is for. Only asked for here.
  private static List<Finding> keys(Site site) {
    return site.metadata().flatMap(document -> document.text("jwks_uri")).stream()
        .filter(where -> uri(where).filter(site::isOurs).isPresent())
        .flatMap(where -> keys(site, where).stream())
        .toList();
  }

  private static Optional<Finding> keys(Site site, String where) {
    Answer answer = site.get(where);
    Optional<Document> set = Document.of(where, answer);
    if (set.isEmpty()) {
      return Optional.of(
          new Finding(
                  CheckId.D22,
                  WARNING,
                  "jwks_uri of the metadata is answered " + Shown.status(answer) + ".")
              .seeing(where));
    }
    List<Map<?, ?>> keys = new ArrayList<>();
    if (set.get().members().get("keys") instanceof List<?> list) {
      list.forEach(
          key -> {
            if (key instanceof Map<?, ?> members) {
              keys.add(members);
            }
          });
    }
    boolean encrypts = keys.stream().anyMatch(key -> "enc".equals(key.get("use")));
    boolean silent = keys.stream().anyMatch(key -> !key.containsKey("use"));
    return encrypts && silent
        ? Optional.of(
            new Finding(
                    CheckId.D22,
                    WARNING,
                    "The key set at jwks_uri has keys for encryption and keys that do not say what"
                        + " they are for. Give each its use.")
                .seeing(where)
                .mendedBy("Add \"use\": \"sig\" or \"use\": \"enc\" to every key."))
        : Optional.empty();
  }

  private static void check(String name, Object value, List<Finding> findings) {
    if (Json.NULL.equals(value)) {
      findings.add(malformed(name, "null", name + ": null"));
    } else if (TEXTS.contains(name) && !(value instanceof String)) {
      findings.add(malformed(name, "no string", name));
    } else if (LISTS.contains(name) && !isTexts(value)) {
      findings.add(malformed(name, "no array of strings", name));
    }
  }

  private static boolean isTexts(Object value) {
    return value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
  }

  private static Finding malformed(String member, String problem, String seen) {
    String message = member + " is " + problem + "; the TypeScript SDK rejects the whole document.";
    return new Finding(CheckId.D22, ERROR, message)
        .seeing(seen)
        .hurting(List.of("typescript-sdk", "python-sdk", "GitHub Copilot CLI"));
  }

  private static List<Finding> resource(Site site) {
    return site.metadata().flatMap(document -> document.text("resource")).stream()
        .filter(resource -> !resource.equals(site.url().toString()))
        .map(
            resource -> {
              boolean prefix = site.url().toString().startsWith(resource);
              return new Finding(
                      CheckId.D26,
                      ERROR,
                      "resource is "
                          + Shown.cut(resource)
                          + " but the URL is "
                          + site.url()
                          + ". Clients that compare exactly reject it"
                          + (prefix ? "; those that compare prefixes accept it." : "."))
                  .expecting("\"resource\": \"" + site.url() + "\"")
                  .hurting(EXACT);
            })
        .toList();
  }

  private static List<Finding> origin(Site site) {
    List<Finding> findings = new ArrayList<>();
    site.pointer().ifPresent(url -> foreign(site, "The challenge", url).ifPresent(findings::add));
    site.metadata()
        .flatMap(document -> document.text("resource"))
        .ifPresent(url -> foreign(site, "The metadata", url).ifPresent(findings::add));
    return findings;
  }

  private static Optional<Finding> foreign(Site site, String where, String url) {
    return uri(url)
        .filter(got -> !Caller.sameOrigin(got, site.url()))
        .map(
            got ->
                new Finding(
                        CheckId.D30,
                        ERROR,
                        where
                            + " advertises "
                            + Caller.origin(got)
                            + " but was reached as "
                            + site.origin()
                            + ". Set the public base URL or trust the forwarded fields of the"
                            + " proxy.")
                    .seeing(Shown.cut(url))
                    .expecting(site.origin()));
  }

  // /stage/mcp was typed, /mcp is advertised: a proxy has cut the first segments.
  private static List<Finding> prefix(Site site) {
    return Stream.of(site.metadata().flatMap(document -> document.text("resource")))
        .flatMap(Optional::stream)
        .flatMap(url -> uri(url).stream())
        .filter(got -> Caller.sameOrigin(got, site.url()))
        .map(got -> got.getRawPath() == null ? "" : got.getRawPath())
        .filter(path -> path.length() > 1 && !path.equals(site.path()))
        .filter(path -> site.path().endsWith(path))
        .map(
            path -> {
              String lost = site.path().substring(0, site.path().length() - path.length());
              return new Finding(
                      CheckId.D31,
                      ERROR,
                      "The metadata lost the path prefix "
                          + lost
                          + ". Set the public base URL with the prefix.")
                  .seeing(path)
                  .expecting(site.path());
            })
        .toList();
  }

  private static List<Finding> scopes(Site site) {
    return site.metadata().stream()
        .filter(document -> document.texts("scopes_supported").isEmpty())
        .map(
            document ->
                new Finding(
                        CheckId.D23,
                        WARNING,
                        "The metadata names no scopes. Some clients stop, or ask for none.")
                    .seeing(document.url())
                    .expecting("\"scopes_supported\": [\"mcp:read\"]")
                    .hurting(List.of("Kiro", "Amazon Q")))
        .toList();
  }

  private static List<Finding> authorizationServers(Site site) {
    return site.metadata().stream()
        .flatMap(document -> servers(document.texts("authorization_servers")))
        .toList();
  }

  private static Stream<Finding> servers(List<String> servers) {
    if (servers.isEmpty()) {
      return Stream.of(
          new Finding(
                  CheckId.D24,
                  ERROR,
                  "The metadata names no authorization server, so clients have nowhere to log in.")
              .expecting("\"authorization_servers\": [\"https://id.example.com\"]"));
    }
    return servers.size() == 1
        ? Stream.empty()
        : Stream.of(
            new Finding(
                    CheckId.D24,
                    WARNING,
                    "The metadata names "
                        + servers.size()
                        + " authorization servers. Most clients use only the first.")
                .seeing(String.join("\n", servers)));
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(URI.create(text)).filter(uri -> uri.getHost() != null);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
