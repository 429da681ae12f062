package dev.countersign.token;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.countersign.config.Profile;
import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.Scope;
import dev.countersign.token.ServerShape.Foreign;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ServerShapesTest {

  // Tokens of these servers are opaque, and a validator for JWTs never sees them.
  private static final Set<String> OPAQUE = Set.of("google");

  static Stream<ServerShape> shapes() {
    return ServerShapes.all().stream();
  }

  static Stream<Arguments> foreign() {
    return shapes()
        .flatMap(shape -> shape.foreign.stream().map(token -> Arguments.of(shape, token)));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void J04_J41_acceptsTheTokensOfEachServerUnderItsProfile(ServerShape shape) {
    AccessToken token = Bench.granted(shape.validator(), shape.good());

    assertEquals(Scope.parse(shape.scope), token.scope());
    assertEquals(shape.expectedClient(), token.clientId());
    assertEquals(shape.claims.get("iss"), token.issuer());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("foreign")
  void J34_J42_CL27_CL28_refusesItsOtherTokens(ServerShape shape, Foreign token) {
    Bench.denied(token.why(), shape.validator(), shape.signed(token));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void J42_refusesTheGoodTokenWithTheMarksOfAnIdToken(ServerShape shape) {
    for (String mark : List.of("nonce", "at_hash", "c_hash")) {
      Foreign token = new Foreign(mark, Denial.ID_TOKEN, Map.of(mark, "x"));
      Bench.denied(token.why(), shape.validator(), shape.signed(token));
    }
  }

  // Whatever a profile loosens, the issuer beside it stays as strict as before.
  @ParameterizedTest
  @MethodSource("shapes")
  void J50_M73_theProfileOfOneIssuerHoldsForNoOther(ServerShape shape) {
    Map<String, String> settings = new LinkedHashMap<>();
    shape.settings.forEach(
        (key, value) ->
            settings.put(
                key.equals("resource")
                    ? key
                    : "issuers.it." + key.replace("authorization-servers", "issuer"),
                value));
    settings.put("authorization-servers", "https://strict.example");
    Map<TrustedIssuer, SigningKeys> keys = new LinkedHashMap<>();
    ServerShape.config(settings)
        .issuers()
        .forEach(issuer -> keys.put(issuer, Bench.keys(Bench.RSA)));
    JwtTokenValidator both = Bench.validator(keys);
    Map<String, Object> claims = Bench.claimsWith("iss", "https://strict.example");

    Bench.granted(both, shape.good());
    Bench.granted(both, Bench.RSA.sign(claims));
    if (!shape.profile.equals("rfc9068")) {
      String elsewhere =
          shape.signed(new Foreign("", Denial.CLAIMS, Map.of("iss", "https://strict.example")));
      assertInstanceOf(
          Decision.Denied.class, both.validate(BearerToken.of(elsewhere), Bench.RESOURCE));
    }
  }

  @Test
  void everyProfileHasTokensHere() {
    Set<String> expected =
        Arrays.stream(Profile.values())
            .map(Profile::id)
            .filter(id -> !OPAQUE.contains(id))
            .collect(toSet());

    assertEquals(expected, shapes().map(shape -> shape.profile).collect(toSet()));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void anExplicitSettingIsStrongerThanTheProfile(ServerShape shape) {
    ServerShape strict = shape.setting("accept-plain-jwt", "false").type("JWT");

    Bench.denied(Denial.TOKEN_TYPE, strict.validator(), strict.good());
  }
}
