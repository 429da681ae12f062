package dev.countersign.token;

import static dev.countersign.token.Bench.EC;
import static dev.countersign.token.Bench.ED;
import static dev.countersign.token.Bench.RSA;
import static dev.countersign.token.Bench.claims;
import static dev.countersign.token.Bench.granted;
import static dev.countersign.token.Bench.plain;
import static dev.countersign.token.Bench.validator;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.internal.Json;
import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Decision;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever is presented: no exception, and no admission of anything but the one good text. */
class RandomTokensTest {

  private static final String B64TOKEN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/";

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final JwtTokenValidator strict = validator();
  private final JwtTokenValidator compatible = validator(plain());

  private void refused(String text) {
    for (JwtTokenValidator validator : List.of(strict, compatible)) {
      Decision decision = validator.validate(BearerToken.of(text), Bench.RESOURCE);
      Decision.Denied denied =
          assertInstanceOf(Decision.Denied.class, decision, () -> "seed " + seed + ": " + text);
      assertEquals(401, denied.why().status());
    }
  }

  private char character() {
    return B64TOKEN.charAt(random.nextInt(B64TOKEN.length()));
  }

  @Test
  void J22_J52_refusesRandomText() {
    for (int round = 0; round < 5000; round++) {
      StringBuilder text = new StringBuilder();
      int length = 1 + random.nextInt(200);
      for (int at = 0; at < length; at++) {
        text.append(random.nextInt(20) == 0 ? '.' : character());
      }
      refused(text.toString());
    }
  }

  @Test
  void JS2_JS4_refusesEveryMutationOfAGoodToken() {
    for (TokenMint mint : List.of(RSA, EC, ED)) {
      String good = mint.sign(claims());
      granted(strict, good);
      for (int round = 0; round < 700; round++) {
        String mutated = mutate(good);
        if (!mutated.equals(good)) {
          refused(mutated);
        }
      }
    }
  }

  private String mutate(String text) {
    StringBuilder mutated = new StringBuilder(text);
    int at = random.nextInt(text.length());
    switch (random.nextInt(5)) {
      case 0 -> mutated.setCharAt(at, character());
      case 1 -> mutated.insert(at, character());
      case 2 -> mutated.deleteCharAt(at);
      case 3 -> mutated.setLength(Math.max(at, 1));
      default -> mutated.insert(at, text.substring(at));
    }
    return mutated.toString();
  }

  @Test
  void J24_refusesSignedBytesThatAreNoToken() {
    byte[] header = Json.write(RSA.header()).getBytes(StandardCharsets.UTF_8);
    byte[] good = Json.write(claims()).getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 300; round++) {
      byte[] noise = new byte[1 + random.nextInt(100)];
      random.nextBytes(noise);
      refused(RSA.sign(noise, good));
      refused(RSA.sign(header, noise));
    }
  }

  /** A value of any type. */
  private Object value(int depth) {
    return switch (random.nextInt(depth > 3 ? 7 : 9)) {
      case 0 -> Json.NULL;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextLong();
      case 3 -> new BigDecimal(random.nextDouble() * Math.pow(10, random.nextInt(200)));
      case 4 -> "";
      case 5 -> "text-" + random.nextInt();
      case 6 -> (long) random.nextInt(3);
      case 7 -> list(depth);
      default -> map(depth);
    };
  }

  private List<Object> list(int depth) {
    List<Object> list = new ArrayList<>();
    for (int count = random.nextInt(4); count > 0; count--) {
      list.add(value(depth + 1));
    }
    return list;
  }

  private Map<String, Object> map(int depth) {
    Map<String, Object> map = new HashMap<>();
    for (int count = random.nextInt(4); count > 0; count--) {
      map.put("k" + random.nextInt(5), value(depth + 1));
    }
    return map;
  }

  @Test
  void CL13_CL20_refusesEveryOtherValueOfAClaimThatMustBeExact() {
    for (int round = 0; round < 1000; round++) {
      List<String> names = List.of("iss", "aud", "nonce");
      Map<String, Object> claims = claims();
      claims.put(names.get(random.nextInt(names.size())), value(0));
      refused(RSA.sign(claims));
    }
  }

  /** What a claim may be; null for a claim that is not there. */
  private record Choice(List<@Nullable Object> good, List<@Nullable Object> bad) {}

  private static List<@Nullable Object> values(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  private static final long T = Bench.SECONDS;

  // The reference: a set of claims is good if every claim of it is.
  private static final Map<String, Choice> CHOICES =
      Map.of(
          "sub", new Choice(values("u", "\u00e9"), values(null, Json.NULL, "", 1L, List.of("u"))),
          "client_id", new Choice(values("c"), values(null, Json.NULL, "", 1L)),
          "jti", new Choice(values("j"), values(null, Json.NULL, "", false)),
          "exp",
              new Choice(
                  values(T + 1, T - 29, T + 999), values(null, Json.NULL, "1", T - 30, T * 1000)),
          "iat", new Choice(values(T, T + 30, 0L), values(null, Json.NULL, "1", T + 31, -1L)),
          "nbf", new Choice(values(null, T - 31, 0L), values(Json.NULL, "1", T + 31, T * 1000)),
          "aud",
              new Choice(
                  values(
                      "https://mcp.example.com/mcp", List.of("x", "https://mcp.example.com/mcp")),
                  values(null, Json.NULL, "", "x", List.of(), List.of("x"), 1L)),
          "scope",
              new Choice(values(null, "", "a", "a b"), values(Json.NULL, 1L, List.of("a"), "a\tb")),
          "cnf", new Choice(values(null, Map.of("jkt", "x")), values(Json.NULL, Map.of(), "x")),
          "nonce", new Choice(values((Object) null), values("n", Json.NULL)));

  @Test
  void CL57_agreesWithTheReferenceOnRandomClaimSets() {
    TrustedIssuer issuer = Bench.strict();
    int good = 0;
    for (int round = 0; round < 1_000_000; round++) {
      Map<String, Object> members = new LinkedHashMap<>(Map.of("iss", Bench.ISSUER));
      boolean expected = choose(members);
      Claims claims = new Claims(members);
      ClaimRules.Case one =
          new ClaimRules.Case(Map.of(), claims, issuer, Bench.RESOURCE, Bench.NOW, Bench.SKEW);
      boolean verdict =
          ClaimRules.refuse(one).isEmpty()
              && ScopeClaims.read(claims, issuer.scopeClaims()).isPresent();
      assertEquals(expected, verdict, () -> "seed " + seed + ": " + members);
      good += verdict ? 1 : 0;
    }
    assertTrue(good > 100_000 && good < 900_000, good + " good ones");
  }

  private boolean choose(Map<String, Object> members) {
    boolean allGood = true;
    for (Map.Entry<String, Choice> one : CHOICES.entrySet()) {
      boolean bad = random.nextInt(15) == 0;
      List<@Nullable Object> from = bad ? one.getValue().bad() : one.getValue().good();
      Object value = from.get(random.nextInt(from.size()));
      if (value != null) {
        members.put(one.getKey(), value);
      }
      allGood &= !bad;
    }
    return allGood;
  }

  @Test
  void agreesWithTheReferenceOnSignedClaimSets() {
    for (int round = 0; round < 500; round++) {
      Map<String, Object> members = new LinkedHashMap<>(Map.of("iss", Bench.ISSUER));
      boolean expected = choose(members);
      Decision decision = strict.validate(BearerToken.of(RSA.sign(members)), Bench.RESOURCE);

      assertEquals(
          expected, decision instanceof Decision.Granted, () -> "seed " + seed + ": " + members);
    }
  }
}
