package dev.countersign.conformance;

import static dev.countersign.conformance.Rule.must;
import static dev.countersign.conformance.Rule.should;

import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Protected resource metadata (group M). */
final class MetadataRules {

  private static final String ROOT = "/.well-known/oauth-protected-resource";

  private MetadataRules() {}

  static List<Rule> all() {
    return List.of(
        must("M01", "there is metadata", MetadataRules::served),
        must("M02", "it names the authorization server", MetadataRules::servers),
        must("M03", "the challenge or the well-known URL leads to it", MetadataRules::reachable),
        must("M04", "it is at the well-known URL of the path", MetadataRules::served),
        should("M13", "it is there with a slash behind it as well", MetadataRules::slash),
        must("M14", "resource is a string", MetadataRules::resource),
        must("M15", "resource is the identifier", MetadataRules::sameResource),
        should("M21", "an unknown resource is 404", MetadataRules::unknown),
        must("M23", "it is application/json", MetadataRules::mediaType),
        must("M25", "what may have several values is an array", MetadataRules::arrays),
        should("M27", "no member is null", MetadataRules::nulls),
        should("M32", "it names scopes", MetadataRules::scopes),
        should("M60", "its caching is said", MetadataRules::caching),
        must("M62", "it needs no token", MetadataRules::served),
        must("M63", "HEAD is answered like GET", MetadataRules::head),
        should("M65", "pages of any origin may read it", MetadataRules::crossOrigin),
        should("M66", "no redirect leads to it", MetadataRules::served),
        should("M68", "what is not served is a 404 and no page", MetadataRules::absent),
        must("M70", "the issuer is spelt as its server does", MetadataRules::issuer),
        should("M80", "the revision of the client does not matter", MetadataRules::anyRevision),
        should("M81", "Accept does not matter", MetadataRules::anyAccept));
  }

  private static RawResponse fetch(Subject subject) throws IOException {
    return subject.get(subject.metadataPath());
  }

  private static Optional<Map<String, Object>> document(Subject subject) throws IOException {
    return document(fetch(subject));
  }

  private static Optional<Map<String, Object>> document(RawResponse response) {
    try {
      return response.status() == 200 ? Optional.of(response.json()) : Optional.empty();
    } catch (RuntimeException e) {
      // Not JSON: as good as none.
      return Optional.empty();
    }
  }

  private static Outcome about(Subject subject, Test test) throws IOException {
    Optional<Map<String, Object>> document = document(subject);
    return document.isPresent()
        ? test.of(document.get())
        : new Outcome.NotTried("there is no metadata at the well-known URL");
  }

  @FunctionalInterface
  private interface Test {
    Outcome of(Map<String, Object> document);
  }

  private static Outcome served(Subject subject) throws IOException {
    return Seen.status(fetch(subject), 200)
        .and(Outcome.of(document(subject).isPresent(), "it is no JSON object"));
  }

  private static Outcome reachable(Subject subject) throws IOException {
    Optional<String> pointer = pointer(subject);
    if (pointer.isEmpty()) {
      return served(subject);
    }
    try {
      return Seen.status(pointed(subject, pointer.get()), 200);
    } catch (IllegalArgumentException e) {
      return new Outcome.Broken("resource_metadata is no URL");
    }
  }

  private static Optional<String> pointer(Subject subject) throws IOException {
    return Subject.bearer(subject.ask(subject.initialize()))
        .flatMap(challenge -> challenge.param("resource_metadata"));
  }

  /** What the challenge leads to; the server may be known under another name than it is reached. */
  private static RawResponse pointed(Subject subject, String pointer) throws IOException {
    return subject.get(URI.create(pointer).getRawPath());
  }

  private static Outcome servers(Subject subject) throws IOException {
    return about(
        subject,
        document ->
            Outcome.of(
                document.get("authorization_servers") instanceof List<?> list && !list.isEmpty(),
                "authorization_servers is missing or empty"));
  }

  private static Outcome issuer(Subject subject) throws IOException {
    return about(
        subject,
        document ->
            Outcome.of(
                document.get("authorization_servers") instanceof List<?> list
                    && list.contains(subject.issuer()),
                "authorization_servers does not hold the issuer byte for byte"));
  }

  private static Outcome slash(Subject subject) throws IOException {
    return Seen.status(subject.get(subject.metadataPath() + "/"), 200);
  }

  private static Outcome resource(Subject subject) throws IOException {
    return about(
        subject,
        document ->
            Outcome.of(document.get("resource") instanceof String, "resource is no string"));
  }

  private static Outcome sameResource(Subject subject) throws IOException {
    Outcome wellKnown = about(subject, document -> names(subject, document, "the well-known URL"));
    Optional<String> pointer = pointer(subject);
    if (pointer.isEmpty()) {
      return wellKnown;
    }
    try {
      return document(pointed(subject, pointer.get()))
          .map(document -> wellKnown.and(names(subject, document, "the URL of the challenge")))
          .orElse(wellKnown);
    } catch (IllegalArgumentException e) {
      return wellKnown;
    }
  }

  private static Outcome names(Subject subject, Map<String, Object> document, String place) {
    return Outcome.of(
        subject.resource().equals(document.get("resource")),
        "resource is another one than tokens are for, at " + place);
  }

  private static Outcome unknown(Subject subject) throws IOException {
    return Seen.status(subject.get(ROOT + "/no-such-resource-here"), 404);
  }

  private static Outcome mediaType(Subject subject) throws IOException {
    String type = fetch(subject).value("Content-Type").orElse("");
    return Outcome.of(type.startsWith("application/json"), "the media type is '" + type + "'");
  }

  private static Outcome arrays(Subject subject) throws IOException {
    return about(
        subject,
        document ->
            Outcome.of(
                document.entrySet().stream()
                    .filter(one -> one.getKey().endsWith("_supported"))
                    .allMatch(one -> one.getValue() instanceof List<?>),
                "a member that ends with _supported is no array"));
  }

  private static Outcome nulls(Subject subject) throws IOException {
    return about(
        subject,
        document -> Outcome.of(!document.containsValue(null), "a member has the value null"));
  }

  private static Outcome scopes(Subject subject) throws IOException {
    return about(
        subject,
        document ->
            Outcome.of(
                document.get("scopes_supported") instanceof List<?> list && !list.isEmpty(),
                "scopes_supported is missing or empty"));
  }

  private static Outcome caching(Subject subject) throws IOException {
    return Outcome.of(
        fetch(subject).value("Cache-Control").isPresent(), "there is no Cache-Control");
  }

  private static Outcome head(Subject subject) throws IOException {
    return Seen.status(subject.ask(subject.request("HEAD", subject.metadataPath())), 200);
  }

  private static Outcome crossOrigin(Subject subject) throws IOException {
    RawRequest request =
        subject.request("GET", subject.metadataPath()).with("Origin", "https://any.example");
    String allowed = subject.ask(request).value("Access-Control-Allow-Origin").orElse("");
    return Outcome.of(
        allowed.equals("*") || allowed.equals("https://any.example"),
        "Access-Control-Allow-Origin is '" + allowed + "'");
  }

  private static Outcome absent(Subject subject) throws IOException {
    RawResponse response = subject.get("/.well-known/oauth-no-such-document");
    boolean page = response.value("Content-Type").orElse("").contains("text/html");
    return Seen.status(response, 404).and(Outcome.of(!page, "the 404 is a web page"));
  }

  private static Outcome anyRevision(Subject subject) throws IOException {
    RawRequest request =
        subject.request("GET", subject.metadataPath()).with("MCP-Protocol-Version", "2024-11-05");
    return Seen.status(subject.ask(request), 200);
  }

  private static Outcome anyAccept(Subject subject) throws IOException {
    RawRequest request = subject.request("GET", subject.metadataPath()).with("Accept", "text/html");
    return Seen.status(subject.ask(request), 200);
  }
}
