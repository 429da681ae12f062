package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.oauth.Denial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers about tokens that only a weak tie and a second one together tie to the resource. */
class OpaqueAudienceTest {

  private static final String RESOURCE = Bench.RESOURCE.toString();
  private static final Set<String> CLIENTS = Set.of("client-1", "client-2");
  private static final Set<String> SCOPES = Set.of("mcp:read");

  private static final AudienceBinding ABSENT =
      new AudienceBinding(false, Set.of("aud"), Set.of(), CLIENTS, false, true, SCOPES, Set.of());
  private static final AudienceBinding CLIENT =
      new AudienceBinding(false, Set.of("aud"), Set.of(), CLIENTS, true, false, SCOPES, Set.of());
  private static final AudienceBinding SCOPE =
      new AudienceBinding(false, Set.of("aud"), Set.of(), CLIENTS, false, false, Set.of(), SCOPES);

  private final FakeIntrospection server = new FakeIntrospection();

  private static TrustedIssuer with(AudienceBinding binding) {
    return TrustedIssuer.builder(Bench.ISSUER).binding(binding).build();
  }

  /** An answer that says what is given instead of the usual; an empty text leaves a member out. */
  private static Map<String, Object> answer(Object audience, String client, String scope) {
    Map<String, Object> answer = new LinkedHashMap<>(FakeIntrospection.active());
    answer.put("aud", audience);
    answer.put("client_id", client);
    answer.put("scope", scope);
    answer.values().removeIf(""::equals);
    return answer;
  }

  private record Case(AudienceBinding binding, Map<String, Object> answer) {}

  static Stream<Case> tied() {
    return Stream.of(
        new Case(ABSENT, answer("", "client-1", "mcp:read")),
        new Case(ABSENT, answer("", "client-2", "other mcp:read")),
        new Case(ABSENT, answer(RESOURCE, "client-1", "mcp:read")),
        new Case(CLIENT, answer("client-1", "client-1", "mcp:read")),
        new Case(CLIENT, answer(List.of("client-1"), "client-1", "mcp:read mcp:write")),
        new Case(SCOPE, answer("", "client-1", "mcp:read")),
        new Case(SCOPE, answer("https://other.example", "client-1", "mcp:read")));
  }

  @ParameterizedTest
  @MethodSource("tied")
  void I06_acceptsBothTiesTogether(Case one) {
    server.answer(one.answer());
    FakeIntrospection.granted(server.validator(with(one.binding())));

    // None of them is one without the option.
    if (!RESOURCE.equals(one.answer().get("aud"))) {
      FakeIntrospection.denied(Denial.AUDIENCE, server.validator());
    }
  }

  static Stream<Case> loose() {
    return Stream.of(
        // The weak tie alone: of another client, or for something else.
        new Case(ABSENT, answer("", "client-3", "mcp:read")),
        new Case(ABSENT, answer("", "", "mcp:read")),
        new Case(ABSENT, answer("", "client-1", "other")),
        new Case(ABSENT, answer("", "client-1", "")),
        new Case(ABSENT, answer("", "client-1", "mcp:read-all")),
        new Case(CLIENT, answer("client-1", "client-1", "openid profile")),
        new Case(CLIENT, answer("client-1", "client-1", "")),
        new Case(CLIENT, answer("client-1", "client-3", "mcp:read")),
        new Case(CLIENT, answer("client-3", "client-3", "mcp:read")),
        new Case(SCOPE, answer("", "client-3", "mcp:read")),
        new Case(SCOPE, answer("", "", "mcp:read")),
        // The second tie alone: an audience that names something else, or none where one must be.
        new Case(ABSENT, answer("https://other.example", "client-1", "mcp:read")),
        new Case(ABSENT, answer("client-1", "client-1", "mcp:read")),
        new Case(CLIENT, answer("", "client-1", "mcp:read")),
        new Case(SCOPE, answer("https://other.example", "client-1", "mcp:write")),
        // The audience itself frees nobody from the rest.
        new Case(ABSENT, answer(RESOURCE, "client-3", "mcp:read")),
        new Case(CLIENT, answer(RESOURCE, "client-1", "other")));
  }

  @ParameterizedTest
  @MethodSource("loose")
  void I06_IN7_refusesOneTieAlone(Case one) {
    server.answer(one.answer());
    FakeIntrospection.denied(Denial.AUDIENCE, server.validator(with(one.binding())));
  }

  @Test
  void I06_aClaimOfThisResourceMayBeTheSecondTie() {
    AudienceBinding binding =
        new AudienceBinding(
            false, Set.of("aud"), Set.of(), CLIENTS, false, true, Set.of(), Set.of());
    TrustedIssuer issuer =
        TrustedIssuer.builder(Bench.ISSUER)
            .binding(binding)
            .shape(
                new TokenShape(
                    TokenShape.RFC9068.tokenTypes(), false, "", Map.of("api", Set.of("mcp"))))
            .build();
    Map<String, Object> answer = answer("", "client-1", "mcp:read");
    server.answer(answer);
    FakeIntrospection.denied(Denial.CLAIMS, server.validator(issuer));
    answer.put("api", "other");
    server.answer(answer);
    FakeIntrospection.denied(Denial.CLAIMS, server.validator(issuer));

    answer.put("api", "mcp");
    server.answer(answer);
    assertEquals(List.of(), FakeIntrospection.granted(server.validator(issuer)).audience());
    answer.put("client_id", "client-3");
    server.answer(answer);
    FakeIntrospection.denied(Denial.AUDIENCE, server.validator(issuer));
  }
}
