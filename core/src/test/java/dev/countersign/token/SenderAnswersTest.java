package dev.countersign.token;

import static dev.countersign.token.DpopBench.CLIENT;
import static dev.countersign.token.DpopBench.bound;
import static dev.countersign.token.DpopBench.unbound;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.Binding;
import dev.countersign.config.ConfigBuilder;
import dev.countersign.http.Challenge;
import dev.countersign.http.Challenges;
import dev.countersign.internal.Json;
import dev.countersign.internal.JsonException;
import dev.countersign.mcp.Target;
import dev.countersign.mcp.Unlisted;
import dev.countersign.token.DpopBench.Call;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a client is told about proofs and logins. */
class SenderAnswersTest {

  private static final String S = "scope=\"mcp:read\"";
  private static final String U =
      "resource_metadata=\"https://mcp.example.com/.well-known/oauth-protected-resource/mcp\"";
  private static final String A = "algs=\"ES256 EdDSA\"";
  private static final String BAD_TOKEN =
      "error_description=\"The access token is expired or revoked or malformed or not meant for"
          + " this resource\"";
  private static final String BAD_PROOF =
      "error_description=\"The DPoP proof is missing or malformed or was used or is for another"
          + " request\"";
  private static final String PLAIN_BEARER = "Bearer " + S + ", " + U;
  private static final String PLAIN_DPOP = "DPoP " + S + ", " + U + ", " + A;

  private static DpopBench with(Binding binding) {
    return DpopBench.of(
        builder ->
            builder.senderConstraint().dpop(binding).dpopAlgorithms(List.of("ES256", "EdDSA")));
  }

  private final DpopBench bench = with(Binding.OPTIONAL);
  private final DpopBench strict = with(Binding.REQUIRED);

  private static List<String> challenges(DpopBench bench, int status, Call call) {
    assertEquals(status, bench.status(call));
    return call.response.orElseThrow().values("WWW-Authenticate");
  }

  @Test
  void C23_D21_D22_D23_D25_DP41_withoutCredentialsBothSchemesAreOffered() {
    assertEquals(List.of(PLAIN_BEARER, PLAIN_DPOP), challenges(bench, 401, new Call()));
    assertEquals(List.of(PLAIN_DPOP), challenges(strict, 401, new Call()));
    List<Challenge> parsed = Challenges.parse(challenges(bench, 401, new Call()));
    assertEquals(List.of("Bearer", "DPoP"), parsed.stream().map(Challenge::scheme).toList());
    assertEquals(
        List.of("ES256", "EdDSA"),
        bench
            .engine
            .config()
            .resources()
            .get(0)
            .metadata()
            .members()
            .get("dpop_signing_alg_values_supported"));
  }

  @Test
  void D24_theErrorStandsWithTheSchemeThatWasUsed() {
    String error = "error=\"invalid_token\", " + S + ", " + U;
    assertEquals(
        List.of("Bearer " + error + ", " + BAD_TOKEN, PLAIN_DPOP),
        challenges(bench, 401, new Call().bearer("x")));
    assertEquals(
        List.of(PLAIN_BEARER, "DPoP " + error + ", " + A + ", " + BAD_TOKEN),
        challenges(bench, 401, new Call().field("Authorization", "dpop x")));
  }

  @Test
  void D24_bothSchemesGetTheErrorInBothChallenges() {
    List<String> lines =
        challenges(bench, 400, new Call().bearer("x").field("Authorization", "DPoP x"));
    assertEquals(2, lines.size());
    assertTrue(lines.stream().allMatch(line -> line.contains("error=\"invalid_request\"")));
  }

  @Test
  void D02_aBoundTokenAsBearerIsToldSoInTheBearerChallenge() {
    assertEquals(
        List.of("Bearer error=\"invalid_token\", " + S + ", " + U + ", " + BAD_TOKEN, PLAIN_DPOP),
        challenges(bench, 401, new Call().bearer(bound(CLIENT))));
  }

  @Test
  void D20_aBadProofIsToldInTheDpopChallenge() {
    String error =
        "DPoP error=\"invalid_dpop_proof\", " + S + ", " + U + ", " + A + ", " + BAD_PROOF;
    Call call = new Call().dpop(bound(CLIENT), "x");
    assertEquals(List.of(PLAIN_BEARER, error), challenges(bench, 401, call));
    assertEquals(List.of(error), challenges(strict, 401, new Call().dpop(bound(CLIENT), "x")));
  }

  @Test
  void D36_whereBindingIsRequiredPlainTokensAreRefused() {
    assertEquals(
        List.of("DPoP error=\"invalid_token\", " + S + ", " + U + ", " + A + ", " + BAD_TOKEN),
        challenges(strict, 401, new Call().bearer(unbound())));
    assertEquals(401, strict.status(new Call().bearer(bound(CLIENT))));
    strict.admitted(strict.good());
  }

  @Test
  void D26_D42_theNonceChallengeIsTheFormThatClientsLookFor() {
    DpopBench demanding =
        DpopBench.of(builder -> builder.senderConstraint().dpop(Binding.OPTIONAL).dpopNonce(true));
    Call call = demanding.good();
    List<String> lines = challenges(demanding, 401, call);

    assertEquals(1, call.response.orElseThrow().values("DPoP-Nonce").size());
    String joined = String.join(", ", lines);
    assertTrue(joined.matches("(?s).*(^|,)\\s*DPoP .*"));
    assertTrue(joined.contains("use_dpop_nonce"));
  }

  @Test
  void theSameNeedGetsTheSameBytes() {
    Call one = new Call().dpop(bound(CLIENT), "x");
    Call other = new Call().dpop(bound(CLIENT), "y");
    bench.status(one);
    bench.status(other);
    assertEquals(one.response, other.response);
  }

  @Test
  void D34_browsersMaySendProofsAndReadNonces() {
    Call preflight =
        new Call()
            .field("Origin", "https://mcp.example.com")
            .field("Access-Control-Request-Method", "POST")
            .with(call -> call.method = "OPTIONS");
    assertEquals(204, bench.status(preflight));
    assertTrue(
        List.of(
                preflight
                    .response
                    .orElseThrow()
                    .values("Access-Control-Allow-Headers")
                    .get(0)
                    .split(", "))
            .contains("DPoP"));
    Call error = new Call().field("Origin", "https://mcp.example.com");
    bench.status(error);
    List<String> exposed =
        List.of(
            error
                .response
                .orElseThrow()
                .values("Access-Control-Expose-Headers")
                .get(0)
                .split(", "));
    assertTrue(exposed.containsAll(List.of("WWW-Authenticate", "DPoP-Nonce")));
  }

  private static DpopBench strength(Consumer<ConfigBuilder> step) {
    return DpopBench.of(step);
  }

  private static String login(String acr, long age) {
    Map<String, Object> claims = Bench.claims();
    claims.put("acr", acr);
    claims.put("auth_time", Bench.SECONDS - age);
    return Bench.RSA.sign(claims);
  }

  private static final String TOO_WEAK =
      "error_description=\"The request needs a stronger or more recent login\"";

  @Test
  void S32_U21_CL49_asksForAStrongerLogin() throws JsonException {
    DpopBench strong =
        strength(b -> b.primaryResource().acrValues("2", "3").maxAge(Duration.ofMinutes(5)));
    strong.admitted(new Call().bearer(login("2", 60)));
    strong.admitted(new Call().bearer(login("3", 300)));

    Call call = new Call().bearer(login("1", 60));
    assertEquals(
        List.of(
            "Bearer error=\"insufficient_user_authentication\", "
                + S
                + ", "
                + U
                + ", acr_values=\"2 3\", max_age=\"300\", "
                + TOO_WEAK),
        challenges(strong, 401, call));
    Map<String, Object> body =
        Json.readObject(
            call.response.orElseThrow().body().getBytes(StandardCharsets.UTF_8),
            Json.Limits.DOCUMENT);
    Map<?, ?> data = (Map<?, ?>) ((Map<?, ?>) body.get("error")).get("data");
    assertEquals("2 3", data.get("acr_values"));
    assertEquals(300L, data.get("max_age"));
  }

  @Test
  void U22_aClaimThatIsMissingOrMistypedIsNotGoodEnough() {
    DpopBench acr = strength(b -> b.primaryResource().acrValues("2"));
    DpopBench age = strength(b -> b.primaryResource().maxAge(Duration.ofMinutes(5)));
    for (DpopBench one : List.of(acr, age)) {
      one.refused(new Call().bearer(unbound()), "insufficient_user_authentication");
    }
    for (Object bad : List.of(2L, List.of("2"), true, "02")) {
      acr.refused(
          new Call().bearer(Bench.RSA.sign(Bench.claimsWith("acr", bad))),
          "insufficient_user_authentication");
    }
    for (Object bad :
        List.of(
            "" + Bench.SECONDS,
            Bench.SECONDS * 1000,
            -1L,
            Bench.SECONDS + 60,
            Bench.SECONDS - 331,
            true)) {
      age.refused(
          new Call().bearer(Bench.RSA.sign(Bench.claimsWith("auth_time", bad))),
          "insufficient_user_authentication");
    }
    for (long good : List.of(Bench.SECONDS, Bench.SECONDS - 300, Bench.SECONDS - 330)) {
      age.admitted(new Call().bearer(Bench.RSA.sign(Bench.claimsWith("auth_time", good))));
    }
  }

  private static Call calling(String tool, String token) {
    return new Call()
        .bearer(token)
        .json(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\""
                + tool
                + "\"}}");
  }

  @Test
  void U21_oneToolNeedsMoreThanTheOthers() {
    DpopBench byTool =
        strength(
            b ->
                b.primaryResource()
                    .toolAcrValues("pay", "2")
                    .toolMaxAge("pay", Duration.ofMinutes(5))
                    .unlisted(Target.Kind.TOOL, Unlisted.ALLOW));
    byTool.admitted(calling("read", unbound()));
    byTool.admitted(calling("pay", login("2", 60)));
    byTool.refused(calling("pay", login("1", 60)), "insufficient_user_authentication");
    byTool.refused(calling("pay", login("2", 3600)), "insufficient_user_authentication");
    Call batch =
        new Call()
            .bearer(login("1", 60))
            .json(
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"},"
                    + "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"pay\"}}]");
    byTool.refused(batch, "insufficient_user_authentication");
  }

  @Test
  void U23_U24_oneRoundTripCuresLoginAndScope() {
    DpopBench both =
        strength(b -> b.toolScope("pay", "pay:write").primaryResource().toolAcrValues("pay", "2"));
    Call weak = calling("pay", login("1", 0));
    assertEquals(
        List.of(
            "Bearer error=\"insufficient_user_authentication\", scope=\"mcp:read pay:write\", "
                + U
                + ", acr_values=\"2\", "
                + TOO_WEAK),
        challenges(both, 401, weak));
    assertEquals(403, both.status(calling("pay", login("2", 0))));

    Map<String, Object> claims = Bench.claimsWith("acr", "2");
    claims.put("scope", "mcp:read pay:write");
    both.admitted(calling("pay", Bench.RSA.sign(claims)));
  }

  @Test
  void U21_aLoginIsAskedForInTheSchemeThatWasUsed() {
    DpopBench dpop =
        DpopBench.of(
            b -> {
              b.senderConstraint().dpop(Binding.OPTIONAL).dpopAlgorithms(List.of("ES256", "EdDSA"));
              b.primaryResource().acrValues("2");
            });
    assertEquals(
        List.of(
            "Bearer " + S + ", " + U + ", acr_values=\"2\"",
            "DPoP error=\"insufficient_user_authentication\", "
                + S
                + ", "
                + U
                + ", acr_values=\"2\", "
                + A
                + ", "
                + TOO_WEAK),
        challenges(dpop, 401, dpop.good()));
  }

  @Test
  void noProofIsAskedOfAPublicPathUnlessATokenIsThere() {
    DpopBench open =
        DpopBench.of(b -> b.publicPath("/health").senderConstraint().dpop(Binding.OPTIONAL));
    Consumer<Call> health = call -> call.path = "/health";
    open.admitted(new Call().with(health));
    open.refused(new Call().bearer(bound(CLIENT)).with(health), "invalid_token");
    open.admitted(open.claim("htu", "https://mcp.example.com/health").with(health));
  }
}
