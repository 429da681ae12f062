package dev.countersign.token;

import static dev.countersign.token.DpopBench.CLIENT;
import static dev.countersign.token.DpopBench.OTHER;
import static dev.countersign.token.DpopBench.thumbprint;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.config.Binding;
import dev.countersign.config.ConfigBuilder;
import dev.countersign.token.DpopBench.Call;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What an answer about an opaque token says of its binding and of the login, in the engine. */
class OpaqueBindingTest {

  private static final String TOKEN = FakeIntrospection.TOKEN;

  private final FakeIntrospection server = new FakeIntrospection();

  private DpopBench bench(Consumer<ConfigBuilder> more) {
    return DpopBench.of(
        config -> {
          config.tokenValidator(server.validator(Duration.ZERO));
          more.accept(config);
        });
  }

  private DpopBench withDpop() {
    return bench(config -> config.senderConstraint().dpop(Binding.OPTIONAL));
  }

  private static Map<String, Object> bound(TokenMint client, Object type) {
    Map<String, Object> answer =
        new LinkedHashMap<>(FakeIntrospection.activeWith("token_type", type));
    answer.put("cnf", Map.of("jkt", thumbprint(client)));
    return answer;
  }

  @Test
  void D18_I11_admitsABoundTokenWithAProofOfItsKey() {
    DpopBench bench = withDpop();
    server.answer(bound(CLIENT, "DPoP"));

    bench.admitted(new Call().dpop(TOKEN, bench.proof(CLIENT, TOKEN)));
  }

  @Test
  void D18_IN9_I11_refusesABoundTokenWithAnotherKeyOrWithoutProof() {
    DpopBench bench = withDpop();
    server.answer(bound(CLIENT, "DPoP"));

    assertEquals(401, bench.status(new Call().dpop(TOKEN, bench.proof(OTHER, TOKEN))));
    assertEquals(401, bench.status(new Call().bearer(TOKEN)));
    assertEquals(401, bench.status(new Call().field("Authorization", "DPoP " + TOKEN)));

    // Whatever type the answer states: the binding counts.
    server.answer(bound(CLIENT, "Bearer"));
    assertEquals(401, bench.status(new Call().bearer(TOKEN)));
  }

  @Test
  void D18_IN8_refusesAnUnboundTokenWithTheSchemeOfABoundOne() {
    DpopBench bench = withDpop();
    server.answer(FakeIntrospection.active());

    assertEquals(401, bench.status(new Call().dpop(TOKEN, bench.proof(CLIENT, TOKEN))));
    bench.admitted(new Call().bearer(TOKEN));
  }

  @Test
  void IN9_I11_withoutDpopABoundTokenIsNoBearerToken() {
    DpopBench bench = bench(config -> {});
    server.answer(bound(CLIENT, "DPoP"));
    assertEquals(401, bench.status(new Call().bearer(TOKEN)));

    server.answer(FakeIntrospection.activeWith("cnf", Map.of("x5t#S256", "x".repeat(43))));
    assertEquals(401, bench.status(new Call().bearer(TOKEN)));

    server.answer(FakeIntrospection.activeWith("cnf", Map.of("unknown", "x")));
    assertEquals(401, bench.status(new Call().bearer(TOKEN)));
  }

  @Test
  void I13_asksForAStrongerLoginByWhatTheAnswerSays() {
    DpopBench bench = bench(config -> config.primaryResource().acrValues("loa-3"));
    server.answer(FakeIntrospection.activeWith("acr", "loa-1"));

    Call call = new Call().bearer(TOKEN);
    bench.refused(call, "insufficient_user_authentication");
    assertEquals(
        List.of(true),
        call.response.orElseThrow().values("WWW-Authenticate").stream()
            .map(line -> line.contains("acr_values=\"loa-3\""))
            .toList());
    server.answer(FakeIntrospection.activeWith("acr", "loa-3"));
    bench.admitted(new Call().bearer(TOKEN));
    server.answer(FakeIntrospection.active());
    bench.refused(new Call().bearer(TOKEN), "insufficient_user_authentication");
  }

  @Test
  void I13_asksForANewLoginByWhatTheAnswerSays() {
    DpopBench bench = bench(config -> config.primaryResource().maxAge(Duration.ofMinutes(5)));

    server.answer(FakeIntrospection.activeWith("auth_time", Bench.SECONDS - 60));
    bench.admitted(new Call().bearer(TOKEN));
    server.answer(FakeIntrospection.activeWith("auth_time", Bench.SECONDS - 3600));
    bench.refused(new Call().bearer(TOKEN), "insufficient_user_authentication");
  }
}
