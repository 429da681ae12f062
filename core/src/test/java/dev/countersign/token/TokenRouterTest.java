package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.ResourceIdentifier;
import dev.countersign.spi.TokenValidator;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRouterTest {

  private static final String JWT = Bench.EC.sign(Bench.claims());

  private final List<String> closed = new ArrayList<>();
  private final FakeIntrospection server = new FakeIntrospection();
  private final TokenValidator router = new TokenRouter(Bench.validator(), server.validator());

  private Decision judge(String token) {
    return router.validate(BearerToken.of(token), Bench.RESOURCE);
  }

  @Test
  void IN12_I15_aJwtIsNeverAskedAbout() {
    assertInstanceOf(Decision.Granted.class, judge(JWT));
    assertInstanceOf(Decision.Denied.class, judge(JWT.substring(0, JWT.length() - 4) + "AAAA"));
    // Of an issuer that nobody trusts, without a signature, of another algorithm: a JWT all the
    // same.
    assertInstanceOf(
        Decision.Denied.class, judge(Bench.EC.sign(Bench.claimsWith("iss", "https://x.example"))));
    assertInstanceOf(Decision.Denied.class, judge(JWT.substring(0, JWT.lastIndexOf('.') + 1)));
    assertInstanceOf(
        Decision.Denied.class,
        judge(Bench.EC.sign(Bench.headerWith(Bench.EC, "alg", "HS256"), Bench.claims())));

    assertEquals(0, server.calls());
  }

  @Test
  void knowsWhatTheValidatorOfTheTokenKnows() {
    TokenValidator knowing = new Knowing();
    TokenValidator both = new TokenRouter(knowing, server.validator());

    assertTrue(both.known(BearerToken.of(JWT), Bench.RESOURCE).isPresent());
    assertTrue(both.known(BearerToken.of(FakeIntrospection.TOKEN), Bench.RESOURCE).isEmpty());
    assertTrue(router.known(BearerToken.of(JWT), Bench.RESOURCE).isEmpty());
    assertEquals(0, server.calls());
  }

  private static final class Knowing implements TokenValidator {

    @Override
    public Decision validate(BearerToken token, ResourceIdentifier resource) {
      return new Decision.Undecided("not asked");
    }

    @Override
    public Optional<Decision> known(BearerToken token, ResourceIdentifier resource) {
      return Optional.of(validate(token, resource));
    }
  }

  @Test
  void IN12_everythingElseIsAskedAbout() {
    assertInstanceOf(Decision.Granted.class, judge(FakeIntrospection.TOKEN));

    assertEquals(1, server.calls());
    assertEquals(FakeIntrospection.TOKEN, FakeIntrospection.tokenOf(server.requests.get(0)));
  }

  @Test
  void IN12_aRefusedOpaqueTokenIsNoJwt() {
    server.answer(Map.of("active", false));

    Decision.Denied denied =
        assertInstanceOf(Decision.Denied.class, judge(FakeIntrospection.TOKEN));
    assertEquals(Denial.INACTIVE, denied.why());
  }

  @Test
  void IN12_withOpaqueTokensOnlyEveryTokenIsAskedAbout() {
    FakeIntrospection.granted(server.validator(), JWT);

    assertEquals(JWT, FakeIntrospection.tokenOf(server.requests.get(0)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc",
        "7f1b0a52-95a2-4d38-8f5b-0c0c8bb7f0b1",
        "...",
        "ory_at_0123456789abcdef.0123456789",
        "a.b.c.d.e",
        "ya29.a0AfH6SMBx0123456789"
      })
  void IN12_J52_withJwtsOnlyNothingIsAskedAbout(String token) {
    Bench.denied(Denial.TOKEN_MALFORMED, Bench.validator(), token);
  }

  @ParameterizedTest
  @ValueSource(strings = {"eyJ.b.c", "eyJ.b.", "ewo.b.c", "exA.e.f", "ezz.."})
  void knowsAJwtByItsShape(String token) {
    assertEquals(!token.contains(".."), BearerToken.of(token).looksLikeJwt());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "e",
        "ey",
        "ey.",
        "eyJ.b",
        "eyJ.b.c.d",
        "eyJ.b.c.d.e",
        ".eyJ.b",
        "e.y.z",
        "fyJ.b.c",
        "eaJ.b.c"
      })
  void knowsWhatIsNoJwt(String text) {
    assertFalse(BearerToken.of(text).looksLikeJwt());
  }

  private TokenValidator closing(String name) {
    return new TokenValidator() {
      @Override
      public Decision validate(BearerToken token, ResourceIdentifier resource) {
        throw new AssertionError();
      }

      @Override
      public void close() {
        closed.add(name);
        if (name.equals("jwt")) {
          throw new IllegalStateException("jwt");
        }
      }
    };
  }

  @Test
  void closesBothInAnyCase() {
    TokenValidator both = new TokenRouter(closing("jwt"), closing("opaque"));

    assertThrows(IllegalStateException.class, both::close);
    assertEquals(List.of("jwt", "opaque"), closed);
  }

  @Test
  void I15_thereIsOneIssuerOfOpaqueTokens() {
    OpaqueTokens one = FakeIntrospection.tokens(Bench.strict());
    OpaqueTokens other = FakeIntrospection.tokens(TrustedIssuer.of("https://id2.example"));
    JwtTokenValidator.Settings settings = JwtTokenValidator.Settings.DEFAULT;

    assertThrows(
        IllegalArgumentException.class,
        () -> TokenValidators.of(List.of(), List.of(one, other), settings));
    assertThrows(
        IllegalArgumentException.class, () -> TokenValidators.of(List.of(), List.of(), settings));
  }

  @Test
  void putsTogetherWhatIsConfigured() {
    List<TrustedIssuer> issuers = List.of(Bench.strict());
    List<OpaqueTokens> opaque = List.of(FakeIntrospection.tokens(Bench.strict()));
    JwtTokenValidator.Settings settings =
        new JwtTokenValidator.Settings(InstantSource.system(), Bench.SKEW, 16 * 1024, 0);

    try (TokenValidator jwt = TokenValidators.of(issuers, List.of(), settings);
        TokenValidator asking = TokenValidators.of(List.of(), opaque, settings);
        TokenValidator both = TokenValidators.of(issuers, opaque, settings)) {
      assertTrue(jwt instanceof JwtTokenValidator);
      assertTrue(asking instanceof IntrospectionValidator);
      assertTrue(both instanceof TokenRouter);
    }
  }
}
