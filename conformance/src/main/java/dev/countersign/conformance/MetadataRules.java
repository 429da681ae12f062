package dev.countersign.conformance;

import static dev.countersign.conformance.Rule.must;
import static dev.countersign.conformance.Rule.should;

import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Protected resource metadata (group M). */
final class MetadataRules {

  private static final String METHODS = "bearer_methods_supported";

  private MetadataRules() {}

  static List<Rule> all() {
    return List.of(
        must("M01", "there is metadata", MetadataRules::somewhere),
        must("M02", "it names the authorization server", MetadataRules::servers),
        must("M03", "the challenge or the well-known URL leads to it", MetadataRules::reachable),
        must("M04", "it is at the well-known URL of the path", MetadataRules::served),
        should("M13", "it is there with a slash behind it as well", MetadataRules::slash),
        must("M14", "resource is a string", MetadataRules::resource),
        must("M15", "resource is the identifier", MetadataRules::sameResource),
        should("M21", "an unknown resource is 404", MetadataRules::unknown),
        must("M23", "it is application/json", MetadataRules::mediaType),
        must("M24", "it is one JSON object in UTF-8", MetadataRules::strictJson),
        must("M25", "what may have several values is an array", MetadataRules::arrays),
        should("M27", "no member is null", MetadataRules::nulls),
        should("M32", "it names scopes", MetadataRules::scopes),
        should("M34", "it names no offline_access", MetadataRules::offline),
        should("M37", "it names the header as the only method", MetadataRules::header),
        must("M38", "it names no method that there is not", MetadataRules::methods),
        must("M39", "it names no token in the query", MetadataRules::noQuery),
        must("M40", "it names no unsigned form of itself", MetadataRules::signed),
        should("M41", "it has a name", MetadataRules::named),
        should("M60", "its caching is said", MetadataRules::caching),
        should("M61", "its ETag saves a transfer", MetadataRules::entityTag),
        must("M62", "it needs no token", refused(401, 403)),
        must("M62", "a bad token does not matter", MetadataRules::badToken),
        must("M63", "HEAD is answered like GET", MetadataRules::head),
        must("M29", "no error hides in a 200", MetadataRules::otherMethods),
        must("M64", "a 405 says what is allowed", MetadataRules::notAllowed),
        should("M65", "pages of any origin may read it", MetadataRules::crossOrigin),
        should("M66", "no redirect leads to it", refused(301, 302, 303, 307, 308)),
        should("M68", "what is not served is a 404 and no page", MetadataRules::absent),
        must("M70", "the issuer is spelt as its server does", MetadataRules::issuer),
        should("M80", "the revision of the client does not matter", MetadataRules::anyRevision),
        should("M81", "Accept does not matter", MetadataRules::anyAccept));
  }

  private static Outcome about(Subject subject, Test test) throws IOException {
    Optional<Map<String, Object>> document = Metadata.document(subject);
    return document.isPresent()
        ? test.of(document.get())
        : new Outcome.NotTried("there is no metadata");
  }

  @FunctionalInterface
  private interface Test {
    Outcome of(Map<String, Object> document);
  }

  private static Outcome served(Subject subject) throws IOException {
    RawResponse response = Metadata.wellKnown(subject);
    return Seen.status(response, 200)
        .and(Outcome.of(Metadata.document(response).isPresent(), "it is no JSON object"));
  }

  private static Rule.Trial refused(Integer... statuses) {
    return subject -> {
      int status = Metadata.wellKnown(subject).status();
      return Outcome.of(!List.of(statuses).contains(status), "the status is " + status);
    };
  }

  private static Outcome somewhere(Subject subject) throws IOException {
    return Seen.status(Metadata.fetch(subject), 200);
  }

  private static Outcome reachable(Subject subject) throws IOException {
    try {
      return Seen.status(Metadata.pointed(subject), 200);
    } catch (IllegalArgumentException e) {
      return new Outcome.Broken("resource_metadata is no URL");
    }
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
    return Metadata.wellKnown(subject).status() == 200
        ? Seen.status(subject.get(subject.metadataPath() + "/"), 200)
        : new Outcome.NotTried("there is no metadata at the well-known URL");
  }

  private static Outcome resource(Subject subject) throws IOException {
    return about(
        subject,
        document ->
            Outcome.of(document.get("resource") instanceof String, "resource is no string"));
  }

  private static Outcome sameResource(Subject subject) throws IOException {
    Outcome wellKnown = about(subject, document -> names(subject, document, "the well-known URL"));
    try {
      return Metadata.document(Metadata.pointed(subject))
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
    return Seen.status(subject.get(Metadata.ROOT + "/no-such-resource-here"), 404);
  }

  private static Outcome mediaType(Subject subject) throws IOException {
    String type = Metadata.fetch(subject).value("Content-Type").orElse("");
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

  private static Outcome strictJson(Subject subject) throws IOException {
    RawResponse response = Metadata.fetch(subject);
    if (response.status() != 200) {
      return new Outcome.NotTried("there is no metadata at the well-known URL");
    }
    return Outcome.of(
        Metadata.document(subject).isPresent(),
        "it is not one JSON object in UTF-8 without a mark, or has a member twice");
  }

  private static List<?> list(Map<String, Object> document, String member) {
    return document.get(member) instanceof List<?> list ? list : List.of();
  }

  private static Outcome offline(Subject subject) throws IOException {
    return about(
        subject,
        document ->
            Outcome.of(
                !list(document, "scopes_supported").contains("offline_access"),
                "scopes_supported has offline_access"));
  }

  private static Outcome header(Subject subject) throws IOException {
    return about(
        subject,
        document ->
            Outcome.of(
                List.of("header").equals(document.get(METHODS)), METHODS + " is not [header]"));
  }

  private static Outcome methods(Subject subject) throws IOException {
    return aboutMember(
        subject,
        METHODS,
        list ->
            Outcome.of(
                List.of("header", "body", "query").containsAll(list),
                METHODS + " has a value that is not registered"));
  }

  private static Outcome noQuery(Subject subject) throws IOException {
    return aboutMember(
        subject, METHODS, list -> Outcome.of(!list.contains("query"), METHODS + " has query"));
  }

  private static Outcome signed(Subject subject) throws IOException {
    String member = "resource_signing_alg_values_supported";
    return aboutMember(
        subject, member, list -> Outcome.of(!list.contains("none"), member + " has none"));
  }

  private static Outcome aboutMember(
      Subject subject, String member, Function<List<?>, Outcome> test) throws IOException {
    return about(
        subject,
        document ->
            document.containsKey(member)
                ? test.apply(list(document, member))
                : new Outcome.NotTried("there is no " + member));
  }

  private static Outcome named(Subject subject) throws IOException {
    return about(
        subject,
        document ->
            Outcome.of(
                document.get("resource_name") instanceof String name && !name.isEmpty(),
                "there is no resource_name"));
  }

  private static Outcome entityTag(Subject subject) throws IOException {
    List<String> tags = Metadata.fetch(subject).values("ETag");
    if (tags.isEmpty()) {
      return new Outcome.Broken("there is no ETag");
    }
    RawRequest request =
        subject.request("GET", Metadata.place(subject)).with("If-None-Match", tags.get(0));
    return Seen.status(subject.ask(request), 304);
  }

  private static Outcome badToken(Subject subject) throws IOException {
    RawRequest request = subject.request("GET", Metadata.place(subject)).bearer("not-a-token");
    return Seen.status(subject.ask(request), 200);
  }

  private static RawResponse post(Subject subject) throws IOException {
    return subject.ask(subject.request("POST", Metadata.place(subject)).json("{}"));
  }

  private static Outcome otherMethods(Subject subject) throws IOException {
    RawResponse response = post(subject);
    // Whoever answers POST with the document hides no error.
    return Outcome.of(
        response.status() >= 400 || Metadata.document(response).isPresent(),
        "the status is " + response.status() + ", expected an error");
  }

  private static Outcome notAllowed(Subject subject) throws IOException {
    RawResponse response = post(subject);
    return response.status() == 405
        ? OriginRules.lists(response, "Allow", "get")
        : new Outcome.NotTried("the status is " + response.status());
  }

  private static Outcome caching(Subject subject) throws IOException {
    return Outcome.of(
        Metadata.fetch(subject).value("Cache-Control").isPresent(), "there is no Cache-Control");
  }

  private static Outcome head(Subject subject) throws IOException {
    return Seen.status(subject.ask(subject.request("HEAD", Metadata.place(subject))), 200);
  }

  private static Outcome crossOrigin(Subject subject) throws IOException {
    RawRequest request =
        subject.request("GET", Metadata.place(subject)).with("Origin", "https://any.example");
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
        subject.request("GET", Metadata.place(subject)).with("MCP-Protocol-Version", "2024-11-05");
    return Seen.status(subject.ask(request), 200);
  }

  private static Outcome anyAccept(Subject subject) throws IOException {
    RawRequest request =
        subject.request("GET", Metadata.place(subject)).with("Accept", "text/html");
    return Seen.status(subject.ask(request), 200);
  }
}
