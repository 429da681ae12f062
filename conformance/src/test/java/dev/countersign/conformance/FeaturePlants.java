package dev.countersign.conformance;

import static dev.countersign.conformance.Plant.after;
import static dev.countersign.conformance.Plant.answers;
import static dev.countersign.conformance.Plant.before;
import static dev.countersign.conformance.Plant.breaking;
import static dev.countersign.conformance.Plant.challenge;
import static dev.countersign.conformance.Plant.refusing;

import dev.countersign.conformance.ReferenceServer.Fault;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Scopes, logins and sessions that do not count, or count too much. */
final class FeaturePlants {

  private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
  private static final String STRANGER = "mallory";

  private FeaturePlants() {}

  static List<Plant> scopes() {
    return List.of(
        breaking(
            "S09 too little scope: 403",
            answers(FeaturePlants::lacksScope, one -> one.status(401))),
        breaking(
            "C02 that 403 has a challenge",
            answers(FeaturePlants::lacksScope, one -> one.without("WWW-Authenticate"))),
        breaking(
            "S10 that 403 says insufficient_scope",
            answers(FeaturePlants::lacksScope, challenge("Bearer", GatePlants.without("error")))),
        breaking(
            "S10 that 403 names the scope",
            answers(FeaturePlants::lacksScope, challenge("Bearer", GatePlants.without("scope")))),
        breaking(
            "S13 that 403 names the metadata of the 401",
            answers(
                FeaturePlants::lacksScope,
                challenge("Bearer", one -> one.replace("/mcp\"", "/other\"")))),
        breaking(
            "U06 that 403 is the same each time", answers(FeaturePlants::lacksScope, counted())),
        breaking(
            "U01 all scopes of a call at once",
            answers(
                FeaturePlants::lacksScope,
                challenge("Bearer", one -> one.replace("mcp:read files:write", "mcp:read")))),
        breaking(
            "U09 less scope suffices for the rest",
            refusing(
                one -> calls("tools/list").test(one) && Jwt.bearer(jwt -> true).test(one), 403)),
        breaking(
            "U24 what was asked for suffices",
            refusing(
                one ->
                    calls("delete_file").test(one)
                        && Jwt.bearer(jwt -> scope(jwt).contains("files:write")).test(one),
                403)),
        breaking(
            "U15 the body counts, not the fields",
            before(
                one -> one.value("Mcp-Method").equals("ping"),
                one -> one.without("Mcp-Method").without("MCP-Protocol-Version").body(PING))),
        breaking(
            "U17 no call is hidden in a batch",
            before(one -> one.body().startsWith("["), one -> one.body(PING))));
  }

  static List<Plant> stepUp() {
    return List.of(
        breaking(
            "U22 no acr and no auth_time: 401",
            calling(jwt -> !jwt.has("acr") && !jwt.has("auth_time"))),
        breaking(
            "S32 that 401 says insufficient_user_authentication",
            answers(FeaturePlants::weak, challenge("Bearer", GatePlants.without("error")))),
        breaking(
            "U21 that 401 says which login",
            answers(FeaturePlants::weak, challenge("Bearer", GatePlants.without("acr_values")))),
        breaking("U22 a weaker login: 401", calling(jwt -> jwt.claim("acr", "conformance-none"))),
        breaking("U22 an older login: 401", calling(jwt -> jwt.ahead("auth_time") < -3600)),
        breaking(
            "U23 that 401 names the scope as well",
            answers(FeaturePlants::weak, challenge("Bearer", GatePlants.without("scope")))),
        breaking(
            "U24 the login that was asked for suffices",
            refusing(
                one ->
                    calls("pay").test(one)
                        && Jwt.bearer(
                                jwt -> jwt.claim("acr", "mfa") && jwt.ahead("auth_time") > -60)
                            .test(one),
                401)));
  }

  static List<Plant> sessions() {
    return List.of(
        breaking("N03 no session ID comes twice", renamed(id -> "the-only-session")),
        breaking("N04 a session ID is visible ASCII", renamed(id -> id.isEmpty() ? id : id + " x")),
        breaking("N05 a session is its user's", Plant.admitting(ofStranger())),
        breaking(
            "N06 to others it does not exist",
            after(
                ofStranger().and(one -> !one.value("Mcp-Session-Id").startsWith("0000")),
                one -> one.status(403))),
        breaking(
            "N08 a new token keeps the session",
            refusing(
                one ->
                    one.has("Mcp-Session-Id")
                        && one.body().contains("\"ping\"")
                        && !ofStranger().test(one),
                404)));
  }

  private static boolean lacksScope(Message answer) {
    return answer.value("WWW-Authenticate").contains("insufficient_scope");
  }

  private static boolean weak(Message answer) {
    return answer.value("WWW-Authenticate").contains("insufficient_user_authentication");
  }

  private static UnaryOperator<Message> counted() {
    AtomicInteger count = new AtomicInteger();
    return challenge("Bearer", value -> value + ", x=\"" + count.incrementAndGet() + "\"");
  }

  private static Predicate<Message> calls(String tool) {
    return request -> request.body().contains("\"" + tool + "\"");
  }

  private static String scope(Jwt jwt) {
    return String.valueOf(jwt.claims().get("scope"));
  }

  /** Such a login is enough for the tool. */
  private static Fault calling(Predicate<Jwt> login) {
    return before(calls("pay").and(Jwt.bearer(login)), one -> one.body(PING));
  }

  private static Predicate<Message> ofStranger() {
    return Jwt.bearer(jwt -> jwt.claim("sub", STRANGER));
  }

  /** Clients know sessions under other names. */
  private static Fault renamed(UnaryOperator<String> name) {
    AtomicReference<String> newest = new AtomicReference<>("");
    return (request, server) -> {
      String id = request.value("Mcp-Session-Id");
      String real = id.endsWith(" x") ? id.replace(" x", "") : newest.get();
      boolean named = !id.isEmpty() && !id.startsWith("0000");
      Message answer = server.good(named ? request.set("Mcp-Session-Id", real) : request);
      if (answer.has("Mcp-Session-Id")) {
        newest.set(answer.value("Mcp-Session-Id"));
      }
      return answer.edit("Mcp-Session-Id", name);
    };
  }
}
