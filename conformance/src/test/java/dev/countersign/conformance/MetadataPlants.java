package dev.countersign.conformance;

import static dev.countersign.conformance.Plant.METADATA;
import static dev.countersign.conformance.Plant.after;
import static dev.countersign.conformance.Plant.breaking;
import static dev.countersign.conformance.Plant.json;
import static dev.countersign.conformance.Plant.member;
import static dev.countersign.conformance.Plant.refusing;

import dev.countersign.conformance.ReferenceServer.Fault;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What can be wrong with metadata. */
final class MetadataPlants {

  private MetadataPlants() {}

  static List<Plant> all() {
    return List.of(
        breaking(
            "M01 there is metadata",
            refusing(one -> one.path().startsWith("/.well-known/oauth-protected"), 404)),
        written("M02 it names the authorization server", one -> edit(one, SERVERS, "[]")),
        breaking(
            "M03 the challenge or the well-known URL leads to it",
            pointing(one -> one.replace(METADATA, "/nowhere"))),
        breaking("M04 it is at the well-known URL of the path", MetadataPlants::elsewhere),
        breaking(
            "M13 it is there with a slash behind it as well",
            refusing(one -> one.path().equals(METADATA + "/"), 404)),
        written(
            "M14 resource is a string",
            one -> edit(one, "\"resource\":\"[^\"]*\"", "\"resource\":1")),
        written("M15 resource is the identifier", json("/mcp\"", "/other\"")),
        breaking(
            "M21 an unknown resource is 404",
            refusing(one -> one.path().endsWith("/no-such-resource-here"), 200)),
        written("M23 it is application/json", one -> one.set("Content-Type", "text/plain")),
        written("M24 it is one JSON object in UTF-8", member("\"resource\":\"twice\"")),
        written("M25 what may have several values is an array", member("\"x_supported\":\"y\"")),
        written("M27 no member is null", member("\"x\":null")),
        breaking(
            "M29 no error hides in a 200",
            after(
                one -> Plant.isMetadata(one) && one.method().equals("POST"),
                one -> one.status(200).body("no"))),
        written("M32 it names scopes", json("\"scopes_supported\"", "\"x_supported\"")),
        written("M34 it names no offline_access", json("[\"mcp:read\"", "[\"offline_access\"")),
        written("M37 it names the header as the only method", json(METHODS, "\"x_supported\"")),
        written("M38 it names no method that there is not", json("[\"header\"]", "[\"cookie\"]")),
        written(
            "M39 it names no token in the query", json("[\"header\"]", "[\"header\",\"query\"]")),
        written(
            "M40 it names no unsigned form of itself",
            member("\"resource_signing_alg_values_supported\":[\"none\"]")),
        written("M41 it has a name", json("\"resource_name\"", "\"x\"")),
        written("M60 its caching is said", one -> one.without("Cache-Control")),
        written("M61 its ETag saves a transfer", one -> one.without("ETag")),
        breaking("M62 it needs no token", after(Plant::isMetadata, one -> one.status(401))),
        breaking(
            "M62 a bad token does not matter",
            refusing(one -> Plant.isMetadata(one) && one.has("Authorization"), 401)),
        breaking(
            "M63 HEAD is answered like GET",
            refusing(one -> Plant.isMetadata(one) && one.method().equals("HEAD"), 405)),
        breaking(
            "M64 a 405 says what is allowed",
            after(
                one -> Plant.isMetadata(one) && one.method().equals("POST"),
                one -> one.without("Allow"))),
        written(
            "M65 pages of any origin may read it",
            one -> one.without("Access-Control-Allow-Origin")),
        breaking("M66 no redirect leads to it", after(Plant::isMetadata, one -> one.status(302))),
        breaking(
            "M68 what is not served is a 404 and no page",
            refusing(one -> one.path().endsWith("/oauth-no-such-document"), 200)),
        written(
            "M70 the issuer is spelt as its server does",
            one -> edit(one, "(\"authorization_servers\":\\[\"[^\"]*)\"", "$1/\"")),
        breaking(
            "M80 the revision of the client does not matter",
            refusing(one -> one.value("MCP-Protocol-Version").equals("2024-11-05"), 400)),
        breaking(
            "M81 Accept does not matter",
            refusing(one -> Plant.isMetadata(one) && one.value("Accept").equals("text/html"), 406)),
        written(
            "M47 no algorithm of proofs is symmetric",
            json(
                "\"dpop_signing_alg_values_supported\":[",
                "\"dpop_signing_alg_values_supported\":[\"HS256\",")));
  }

  private static final String SERVERS = "(?<=\"authorization_servers\":)\\[[^]]*\\]";
  private static final String METHODS = "\"bearer_methods_supported\"";

  private static Message edit(Message answer, String pattern, String replacement) {
    return answer.body(answer.body().replaceFirst(pattern, replacement));
  }

  /** The document in another form. */
  private static Plant written(String rule, UnaryOperator<Message> change) {
    Predicate<Message> read = one -> one.path().startsWith(METADATA) && one.method().equals("GET");
    return breaking(rule, after(read, change));
  }

  private static Fault pointing(UnaryOperator<String> change) {
    return Plant.answers(one -> true, Plant.challenge("Bearer", change));
  }

  /** At another URL, which the challenge names. */
  private static Message elsewhere(Message request, ReferenceServer server)
      throws java.io.IOException {
    if (request.path().equals("/elsewhere")) {
      return server.good(request.target(METADATA));
    }
    return refusing(Plant::isMetadata, 404)
        .answer(request, server)
        .edit("WWW-Authenticate", value -> value.replace(METADATA, "/elsewhere"));
  }
}
