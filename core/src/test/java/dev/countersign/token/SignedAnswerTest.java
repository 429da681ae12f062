package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.internal.FetchResult;
import dev.countersign.internal.Json;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignedAnswerTest {

  private final FakeIntrospection server = new FakeIntrospection();

  private IntrospectionValidator validator() {
    return validator(Bench.keys(Bench.RSA, Bench.EC));
  }

  private IntrospectionValidator validator(SigningKeys keys) {
    SignedAnswer opener = new SignedAnswer(Bench.strict(), keys, "rs-1", Bench.SKEW);
    TokenQuery query =
        new IntrospectionQuery(
            new IntrospectionEndpoint(
                Bench.strict(),
                FakeIntrospection.inquiry(Optional.of(FakeIntrospection.ENDPOINT)),
                uri -> FakeIssuer.absent(),
                server),
            new ClientAuthentication(FakeIntrospection.CLIENT, Bench.ISSUER),
            Optional.of(opener),
            server,
            server.alarms::add);
    return server.validator(FakeIntrospection.tokens(Bench.strict()), query);
  }

  private static Map<String, Object> header() {
    Map<String, Object> header = Bench.RSA.header();
    header.put("typ", "token-introspection+jwt");
    return header;
  }

  private static Map<String, Object> claims() {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", Bench.ISSUER);
    claims.put("aud", "rs-1");
    claims.put("iat", Bench.SECONDS);
    claims.put("token_introspection", FakeIntrospection.active());
    return claims;
  }

  private static Map<String, Object> with(Map<String, Object> members, String name, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(members);
    if (value == null) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return changed;
  }

  private static FetchResult jwt(String text) {
    return FakeIssuer.text(text);
  }

  @Test
  void I14_acceptsASignedAnswer() {
    server.answer(jwt(Bench.RSA.sign(header(), claims())));

    assertEquals(Scope.of("mcp:read", "mcp:write"), FakeIntrospection.granted(validator()).scope());
    assertEquals("application/token-introspection+jwt", server.requests.get(0).accept());
  }

  static Stream<Map<String, Object>> goodClaims() {
    return Stream.of(
        with(claims(), "aud", List.of("other", "rs-1")),
        with(claims(), "aud", Bench.RESOURCE.toString()),
        with(claims(), "iat", Bench.SECONDS + 30),
        with(claims(), "iat", Bench.SECONDS - 90));
  }

  @ParameterizedTest
  @MethodSource("goodClaims")
  void I14_acceptsWhatIsForUsAndOfNow(Map<String, Object> claims) {
    server.answer(jwt(Bench.RSA.sign(header(), claims)));

    FakeIntrospection.granted(validator());
  }

  @Test
  void I14_judgesTheAnswerInsideAsAnyOther() {
    server.answer(
        jwt(
            Bench.RSA.sign(
                header(), with(claims(), "token_introspection", Map.of("active", false)))));
    FakeIntrospection.denied(Denial.INACTIVE, validator());

    server.answer(
        jwt(
            Bench.RSA.sign(
                header(),
                with(
                    claims(),
                    "token_introspection",
                    FakeIntrospection.activeWith("aud", "other")))));
    FakeIntrospection.denied(Denial.AUDIENCE, validator());

    // A claim of the envelope is no claim of the token.
    server.answer(
        jwt(
            Bench.RSA.sign(
                header(),
                with(
                    with(claims(), "active", true),
                    "token_introspection",
                    FakeIntrospection.activeWithout("active")))));
    FakeIntrospection.undecided(validator());
  }

  private record Bad(String what, String answer) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Bad> bad() {
    return Stream.of(
        claim("iss", "https://other.example"),
        claim("iss", null),
        claim("iss", List.of(Bench.ISSUER)),
        claim("aud", "rs-2"),
        claim("aud", null),
        claim("aud", List.of()),
        claim("aud", List.of("rs-2", 1L)),
        claim("aud", Json.NULL),
        claim("iat", null),
        claim("iat", Bench.SECONDS - 91),
        claim("iat", Bench.SECONDS + 31),
        claim("iat", "" + Bench.SECONDS),
        claim("token_introspection", null),
        claim("token_introspection", "{\"active\":true}"),
        claim("token_introspection", List.of(FakeIntrospection.active())),
        parameter("typ", "at+jwt"),
        parameter("typ", "JWT"),
        parameter("typ", "token-introspection+jwt2"),
        parameter("typ", null),
        parameter("typ", 1L),
        parameter("alg", "none"),
        parameter("alg", "HS256"),
        parameter("alg", "RS384"),
        parameter("alg", "ES256"),
        parameter("alg", null),
        parameter("crit", List.of("exp")),
        parameter("b64", false),
        parameter("zip", "DEF"),
        parameter("kid", "unknown"),
        new Bad("another key", Bench.STRANGER.sign(with(header(), "alg", "ES256"), claims())),
        new Bad("no signature", unsigned()),
        new Bad("a signature of other text", transplanted()),
        new Bad("plain JSON", Json.write(FakeIntrospection.active())),
        new Bad("a JWE", "eyJ.a.b.c.d"),
        new Bad("nothing", ""),
        new Bad("two answers", Bench.RSA.sign(header(), claims()) + "\n"),
        new Bad("a repeated name", Bench.RSA.sign(Json.write(header()), repeated())));
  }

  private static Bad claim(String name, Object value) {
    return new Bad(name + " " + value, Bench.RSA.sign(header(), with(claims(), name, value)));
  }

  private static Bad parameter(String name, Object value) {
    return new Bad(name + " " + value, Bench.RSA.sign(with(header(), name, value), claims()));
  }

  private static String unsigned() {
    String good = Bench.RSA.sign(header(), claims());
    return good.substring(0, good.lastIndexOf('.') + 1);
  }

  private static String transplanted() {
    String good = Bench.RSA.sign(header(), claims());
    String other = Bench.RSA.sign(header(), with(claims(), "x", "y"));
    return other.substring(0, other.lastIndexOf('.')) + good.substring(good.lastIndexOf('.'));
  }

  private static String repeated() {
    String text = Json.write(claims());
    return text.substring(0, text.length() - 1) + ",\"aud\":\"rs-1\"}";
  }

  @ParameterizedTest
  @MethodSource("bad")
  void IN22_I14_isUndecidedAboutEveryOtherAnswer(Bad one) {
    server.answer(jwt(one.answer()));
    IntrospectionValidator validator = validator();

    String cause = FakeIntrospection.undecided(validator);
    assertFalse(cause.contains("user-1"), cause);
    server.answer(jwt(Bench.RSA.sign(header(), claims())));
    FakeIntrospection.granted(validator);
  }

  @Test
  void IN22_isUndecidedWithoutKeys() {
    server.answer(jwt(Bench.RSA.sign(header(), claims())));

    String cause =
        FakeIntrospection.undecided(
            validator((kid, alg) -> new SigningKeys.Answer.Unavailable("keys are away")));
    assertTrue(cause.contains("keys are away"), cause);
  }

  @Test
  void acceptsTheTypeInFull() {
    Map<String, Object> header = header();
    header.put("typ", "Application/Token-Introspection+JWT");
    server.answer(jwt(Bench.RSA.sign(header, claims())));

    FakeIntrospection.granted(validator());
  }
}
