package dev.countersign.conformance;

import static dev.countersign.conformance.Plant.admitting;
import static dev.countersign.conformance.Plant.after;
import static dev.countersign.conformance.Plant.answers;
import static dev.countersign.conformance.Plant.before;
import static dev.countersign.conformance.Plant.breaking;
import static dev.countersign.conformance.Plant.challenge;
import static dev.countersign.conformance.Plant.refusing;

import dev.countersign.conformance.ReferenceServer.Fault;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Ways around the gate, and refusals that are none. */
final class GatePlants {

  private static final UnaryOperator<Message> WITH_ERROR =
      challenge("Bearer", value -> value.replace("Bearer ", "Bearer error=\"invalid_token\", "));

  private GatePlants() {}

  static List<Plant> statuses() {
    return List.of(
        breaking("S01 no token: 401", after(Plant::isInitialize, one -> one.status(403))),
        breaking("S02 no token: no error", after(Plant::isInitialize, WITH_ERROR)),
        breaking("S03 another scheme counts as no token", after(scheme("Basic"), WITH_ERROR)),
        breaking(
            "S04 an empty Authorization counts as no token",
            after(request -> request.values("Authorization").equals(List.of("")), WITH_ERROR)),
        breaking("S05 a bad token: 401", after(GatePlants::isBad, one -> one.status(403))),
        breaking(
            "S06 a bad token: invalid_token",
            after(GatePlants::isBad, challenge("Bearer", without("error")))),
        breaking("S14 each request needs its token", remembering()),
        breaking(
            "S08 two sets of credentials: 400",
            after(GatePlants::hasTwoLines, one -> one.status(401))),
        breaking(
            "S16 no refusal inside HTTP 200", after(Plant::isInitialize, one -> one.status(200))),
        breaking(
            "S22 bad tokens never cause 500",
            refusing(request -> Plant.bearer(request, "a.b.c"), 500)),
        breaking(
            "S23 no web page, whatever Accept says",
            after(
                request ->
                    Plant.isAnonymous(request) && request.value("Accept").equals("text/html"),
                one -> one.set("Content-Type", "text/html"))),
        breaking(
            "S24 refusals are not cached",
            after(Plant::isInitialize, one -> one.without("Cache-Control"))),
        breaking(
            "S25 a refusal has a JSON body", after(Plant::isInitialize, one -> one.body("no"))),
        breaking("S28 no method is exempt", exempt("\"tools/list\"")),
        breaking("S29 a notification needs a token", exempt("\"notifications/initialized\"")),
        breaking(
            "S37 a bad token gets the metadata as well",
            after(GatePlants::isBad, challenge("Bearer", without("resource_metadata")))));
  }

  static List<Plant> credentials() {
    return List.of(
        breaking(
            "T02 the scheme has no case",
            before(scheme("bearer"), one -> one.without("Authorization"))),
        breaking(
            "T03 two spaces are one",
            before(scheme("Bearer "), one -> one.without("Authorization"))),
        breaking(
            "T05 a scheme without a token: 401 or 400",
            refusing(request -> request.value("Authorization").equals("Bearer"), 500)),
        breaking("T06 no token from the query", admitting(GatePlants::hasQuery)),
        breaking(
            "T07 a token in the query counts as none", after(GatePlants::hasQuery, WITH_ERROR)),
        breaking(
            "T09 no token from a form",
            admitting(
                request ->
                    Plant.isAnonymous(request) && request.body().startsWith("access_token"))),
        breaking(
            "T10 no token from a cookie or another field",
            admitting(request -> request.value("Cookie").startsWith("access_token"))),
        breaking(
            "T10 no token from the message",
            admitting(
                request ->
                    Plant.isAnonymous(request) && request.body().contains("\"access_token\""))),
        breaking(
            "T11 no token from Proxy-Authorization",
            admitting(request -> request.has("Proxy-Authorization"))),
        breaking("T13 two Authorization lines are refused", admitting(GatePlants::hasTwoLines)),
        breaking(
            "T14 two tokens on a line are refused",
            admitting(request -> request.value("Authorization").contains(", Bearer "))),
        breaking(
            "T17 a token of 32 kB is refused, not a server error",
            refusing(request -> request.value("Authorization").length() > 30_000, 500)),
        breaking("T20 no token from a trailer", GatePlants::fromTrailer));
  }

  static List<Plant> transport() {
    return List.of(
        breaking(
            "H13 authentication comes before the body is read", refusing(body("{broken"), 400)),
        breaking("H14 GET needs a token", after(GatePlants::isBareGet, one -> one.status(404))),
        breaking(
            "H15 GET without a token is challenged", after(GatePlants::isBareGet, status(405))),
        breaking("H17 DELETE needs a token", after(method("DELETE"), one -> one.status(404))),
        breaking(
            "H30 the challenge is the same for every method",
            after(method("DELETE"), challenge("Bearer", value -> value + ", x=\"y\""))),
        breaking("K01 what is below the resource needs a token", admitting(path("/mcp/below"))),
        breaking("K02 a path that ends like the resource needs a token", admitting(path("/x/mcp"))),
        breaking("K03 no spelling of the path passes", admitting(path("/mcp;x=1"))),
        breaking("K06 unknown methods need a token", refusing(method("PUT"), 405)),
        breaking("K07 an upgrade needs a token", refusing(request -> request.has("Upgrade"), 200)),
        breaking(
            "K12 no media type passes",
            admitting(
                request ->
                    Plant.isInitialize(request)
                        && request.value("Content-Type").equals("text/plain"))),
        breaking("L08 no field of a proxy is a token", admitting(one -> one.has("X-Remote-User"))),
        breaking(
            "S34 a bad token is refused before the body",
            refusing(request -> request.has("Expect"), 400)),
        breaking("N01 a session is no token", admitting(GatePlants::hasSessionOnly)),
        breaking(
            "T12 a cookie is no token",
            admitting(request -> request.value("Cookie").startsWith("seen"))),
        breaking("N02 the same connection is no token", sameConnection()));
  }

  private static UnaryOperator<Message> status(int status) {
    return answer -> answer.status(status);
  }

  static UnaryOperator<String> without(String parameter) {
    return value -> value.replaceAll("\\b" + parameter + "=\"[^\"]*\"", "x=\"y\"");
  }

  private static Predicate<Message> scheme(String scheme) {
    return request -> request.value("Authorization").startsWith(scheme + " ");
  }

  private static boolean isBad(Message request) {
    return Plant.bearer(request, "not-a-token") && Plant.isMcp(request);
  }

  private static Predicate<Message> method(String method) {
    return request -> Plant.isAnonymous(request) && request.method().equals(method);
  }

  private static Predicate<Message> path(String path) {
    return request -> request.path().equals(path);
  }

  private static Predicate<Message> body(String body) {
    return request -> Plant.isAnonymous(request) && request.body().equals(body);
  }

  private static boolean hasTwoLines(Message request) {
    return request.values("Authorization").size() == 2;
  }

  private static boolean hasQuery(Message request) {
    return request.target().contains("?access_token=");
  }

  private static Message fromTrailer(Message request, ReferenceServer server) throws IOException {
    return request.has("Transfer-Encoding")
        ? server.admit(request.body("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"))
        : server.good(request);
  }

  private static boolean isBareGet(Message request) {
    return method("GET").test(request) && !request.has("Upgrade") && !request.has("Accept");
  }

  private static boolean hasSessionOnly(Message request) {
    return Plant.isAnonymous(request) && request.has("Mcp-Session-Id");
  }

  private static Fault exempt(String method) {
    return admitting(request -> Plant.isAnonymous(request) && request.body().contains(method));
  }

  /** Who has just been admitted needs no token. */
  private static Fault remembering() {
    AtomicBoolean last = new AtomicBoolean();
    return (request, server) -> {
      boolean before = last.getAndSet(false);
      Message answer =
          before && Plant.isInitialize(request) ? server.admit(request) : server.good(request);
      last.set(answer.status() == 200 && request.has("Authorization"));
      return answer;
    };
  }

  private static Fault sameConnection() {
    Set<String> admitted = ConcurrentHashMap.newKeySet();
    return (request, server) -> {
      String connection = request.value(ReferenceServer.CONNECTION);
      Message answer =
          admitted.contains(connection) && Plant.isInitialize(request)
              ? server.admit(request)
              : server.good(request);
      if (answer.status() == 200) {
        admitted.add(connection);
      }
      return answer;
    };
  }

  static List<Plant> origins() {
    String foreign = "https://evil.example";
    return List.of(
        breaking(
            "H01 a foreign Origin is refused for every method",
            before(
                request -> request.value("Origin").equals(foreign) && !isPost(request),
                one -> one.without("Origin"))),
        breaking(
            "H02 a foreign Origin is refused",
            before(
                request -> request.value("Origin").equals(foreign) && isPost(request),
                one -> one.without("Origin"))),
        breaking(
            "H03 that refusal has no challenge",
            after(
                request -> request.value("Origin").equals(foreign),
                one -> one.with("WWW-Authenticate", "Bearer scope=\"mcp:read\""))),
        breaking(
            "H04 Origin null is foreign",
            before(one -> one.value("Origin").equals("null"), one -> one.without("Origin"))),
        breaking(
            "H05 an Origin is compared exactly",
            before(
                one -> one.value("Origin").endsWith(".evil.example"),
                one -> one.without("Origin"))),
        breaking(
            "H06 a foreign preflight is allowed nothing",
            after(
                one -> isPreflight(one) && one.value("Origin").equals(foreign),
                one -> one.set("Access-Control-Allow-Origin", foreign))),
        breaking(
            "H09 OPTIONS that is no preflight needs a token",
            refusing(one -> one.method().equals("OPTIONS") && !one.has("Origin"), 204)),
        breaking(
            "H10 pages may send what clients send",
            after(
                GatePlants::isPreflight,
                one ->
                    one.edit(
                        "Access-Control-Allow-Headers",
                        value -> value.replaceAll("(?i)authorization", "x")))),
        breaking(
            "H11 pages may read the challenge",
            after(
                one -> one.has("Origin"),
                one ->
                    one.edit(
                        "Access-Control-Expose-Headers",
                        value -> value.replace("WWW-Authenticate", "x")))),
        breaking(
            "H12 pages send no cookies",
            after(
                one -> one.has("Origin") && isPost(one),
                one -> one.with("Access-Control-Allow-Credentials", "true"))),
        breaking(
            "L04 no proxy field changes the challenge",
            after(
                one -> one.has("X-Forwarded-Host"),
                challenge("Bearer", value -> value.replace("localhost", "evil.example")))),
        breaking(
            "M20 no Host changes the metadata",
            after(
                one -> one.value("Host").equals("evil.example"),
                Plant.json("localhost", "evil.example"))),
        breaking(
            "D34 pages may send proofs and read nonces",
            answers(
                one -> true,
                one ->
                    one.edit(
                        "Access-Control-Allow-Headers",
                        value -> value.replaceAll("(?i)\\bdpop\\b", "x")))));
  }

  private static boolean isPost(Message request) {
    return request.method().equals("POST");
  }

  private static boolean isPreflight(Message request) {
    return request.method().equals("OPTIONS") && request.has("Access-Control-Request-Method");
  }
}
