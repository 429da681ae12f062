package dev.countersign.token;

import static dev.countersign.token.DpopBench.CLIENT;
import static dev.countersign.token.DpopBench.OTHER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.config.Binding;
import dev.countersign.internal.Json;
import dev.countersign.token.DpopBench.Call;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The binding of a token that only the authorization server can read (RFC 9449 section 6.2). */
class OpaqueBoundTokenTest {

  private static final String TOKEN = FakeIntrospection.TOKEN;

  private final FakeIntrospection server = new FakeIntrospection();
  private final DpopBench bench =
      DpopBench.of(
          builder ->
              builder
                  .tokenValidator(server.validator())
                  .senderConstraint()
                  .dpop(Binding.OPTIONAL)
                  .certificateBoundTokens(Binding.OPTIONAL));

  private void bind(Object confirmation) {
    server.answer(FakeIntrospection.activeWith("cnf", confirmation));
  }

  @Test
  void D18_theKeyComesFromIntrospection() {
    bind(Map.of("jkt", DpopBench.thumbprint(CLIENT)));

    bench.admitted(new Call().dpop(TOKEN, bench.proof(CLIENT, TOKEN)));
    bench.refused(new Call().dpop(TOKEN, bench.proof(OTHER, TOKEN)), "invalid_token");
    bench.refused(new Call().bearer(TOKEN), "invalid_token");
    bench.refusedProof(new Call().field("Authorization", "DPoP " + TOKEN));
  }

  @Test
  void D18_anUnboundOpaqueTokenIsABearerToken() {
    bench.admitted(new Call().bearer(TOKEN));
    bench.refused(new Call().dpop(TOKEN, bench.proof(CLIENT, TOKEN)), "invalid_token");
  }

  @Test
  void X04_theCertificateComesFromIntrospection() {
    bind(Map.of("x5t#S256", CertificateBoundTest.THUMBPRINT_OF_ONE));

    bench.admitted(CertificateBoundTest.with(CertificateBoundTest.ONE, TOKEN));
    bench.refused(CertificateBoundTest.with(CertificateBoundTest.TWO, TOKEN), "invalid_token");
    bench.refused(new Call().bearer(TOKEN), "invalid_token");
  }

  @Test
  void D18_X04_aBindingThatIsNoneIsRefused() {
    for (Object confirmation :
        List.of(Json.NULL, Map.of(), "x", List.of(), Map.of("jkt", Json.NULL), Map.of("x", "y"))) {
      FakeIntrospection one = new FakeIntrospection();
      one.answer(FakeIntrospection.activeWith("cnf", confirmation));
      DpopBench fresh = DpopBench.of(builder -> builder.tokenValidator(one.validator()));
      assertEquals(401, fresh.status(new Call().bearer(TOKEN)), confirmation::toString);
    }
  }
}
