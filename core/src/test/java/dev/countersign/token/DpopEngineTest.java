package dev.countersign.token;

import static dev.countersign.token.DpopBench.CLIENT;
import static dev.countersign.token.DpopBench.OTHER;
import static dev.countersign.token.DpopBench.URI;
import static dev.countersign.token.DpopBench.bound;
import static dev.countersign.token.DpopBench.unbound;
import static dev.countersign.token.DpopBench.without;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.Binding;
import dev.countersign.internal.Json;
import dev.countersign.token.DpopBench.Call;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine makes of proofs, good and hostile (RFC 9449 section 4.3). */
class DpopEngineTest {

  private final DpopBench bench = DpopBench.optional();

  @Test
  void D01_E06_DP1_admitsABoundTokenWithItsProof() {
    bench.admitted(bench.good());
  }

  @Test
  void D20_DP2_refusesATokenWithoutProof() {
    bench.refusedProof(new Call().field("Authorization", "DPoP " + bound(CLIENT)));
  }

  @Test
  void D03_DP3_refusesTwoProofs() {
    String token = bound(CLIENT);
    String proof = bench.proof(CLIENT, token);
    String other = bench.proof(CLIENT, token);

    bench.refusedProof(new Call().dpop(token, proof).field("DPoP", other));
    bench.refusedProof(new Call().dpop(token, proof).field("DPoP", proof));
    bench.refusedProof(new Call().dpop(token, proof + ", " + other));
    bench.admitted(new Call().dpop(token, proof));
  }

  @Test
  void D04_D33_DP4_refusesWhatIsNoProof() {
    String token = bound(CLIENT);
    String proof = bench.proof(CLIENT, token);
    String[] parts = proof.split("\\.");
    for (String text :
        List.of(
            "",
            "garbage",
            "..",
            "a".repeat(65536),
            proof + ".a.b",
            proof + "=",
            parts[0] + "." + parts[1] + ".",
            parts[0] + "." + parts[1],
            "{\"payload\":\"" + parts[1] + "\",\"signatures\":[]}",
            TokenMint.encode("[]") + "." + parts[1] + "." + parts[2],
            parts[0] + "." + TokenMint.encode("\"x\"") + "." + parts[2])) {
      bench.refusedProof(new Call().dpop(token, text));
    }
    bench.refusedProof(bench.claim("jti", "j".repeat(513)));
    bench.refusedProof(bench.claim("jti", "j".repeat(1_000_000)));
    bench.refusedProof(bench.claim("htu", URI + "/" + "a".repeat(8192)));
    bench.admitted(bench.claim("jti", "j".repeat(512)));
  }

  @Test
  void D02_CL38_J43_DP5_refusesABoundTokenAsBearer() {
    Call call = new Call().bearer(bound(CLIENT));
    bench.refused(call, "invalid_token");

    String token = bound(CLIENT);
    bench.refused(
        new Call().bearer(token).field("DPoP", bench.proof(CLIENT, token)), "invalid_token");
    DpopBench off = DpopBench.of(builder -> {});
    off.refused(new Call().bearer(token), "invalid_token");
  }

  @Test
  void J43_withDpopOffABoundTokenPassesInNoWay() {
    DpopBench off = DpopBench.of(builder -> {});
    String token = bound(CLIENT);
    Call call = new Call().dpop(token, off.proof(CLIENT, token));

    assertEquals(401, off.status(call));
    assertFalse(call.response.orElseThrow().values("WWW-Authenticate").get(0).contains("error"));
    off.admitted(new Call().bearer(unbound()));
  }

  @Test
  void D19_DP6_refusesATokenThatIsNotBound() {
    String token = unbound();
    bench.refused(new Call().dpop(token, bench.proof(CLIENT, token)), "invalid_token");
    bench.admitted(new Call().bearer(token));
  }

  @Test
  void J44_CL40_refusesABindingThatNobodyKnows() {
    for (Map<String, Object> confirmation :
        List.<Map<String, Object>>of(
            Map.of("x", 1L),
            Map.of("jkt", DpopBench.thumbprint(CLIENT), "x", "y"),
            Map.of("jkt", ""),
            Map.of("jkt", 1L),
            Map.of("jwk", CLIENT.bareJwk()))) {
      String token = DpopBench.token(confirmation);
      bench.refused(new Call().bearer(token), "invalid_token");
      bench.refused(new Call().dpop(token, bench.proof(CLIENT, token)), "invalid_token");
    }
  }

  @Test
  void D06_DP7_DP8_takesTheTypeOfProofsOnly() {
    bench.refusedProof(bench.call(header -> without(header, "typ"), claims -> claims));
    for (Object type : List.of("JWT", "at+jwt", "dpop", "", " dpop+jwt", 1L, Json.NULL)) {
      bench.refusedProof(bench.header("typ", type));
    }
    for (String type : List.of("DPOP+JWT", "application/dpop+jwt", "Application/DPoP+jwt")) {
      bench.admitted(bench.header("typ", type));
    }
  }

  @Test
  void D09_DP9_refusesKeysThatAreNoPublicKeys() {
    bench.refusedProof(bench.call(header -> without(header, "jwk"), claims -> claims));
    for (Object jwk : List.of(Json.NULL, "text", Map.of(), List.of(CLIENT.bareJwk()))) {
      bench.refusedProof(bench.header("jwk", jwk));
    }
    Map<String, Object> secret = CLIENT.bareJwk();
    secret.put("d", "AAAA");
    bench.refusedProof(bench.header("jwk", secret));
    for (String member : List.of("k", "p", "q", "dp", "dq", "qi", "oth")) {
      Map<String, Object> with = CLIENT.bareJwk();
      with.put(member, "AAAA");
      bench.refusedProof(bench.header("jwk", with));
    }
    bench.refusedProof(bench.header("jwk", Map.of("kty", "oct", "k", "AAAA")));
    bench.refusedProof(bench.header("jwk", Map.of("kty", "new", "x", "AAAA")));
    Map<String, Object> offCurve = CLIENT.bareJwk();
    offCurve.put("y", offCurve.get("x"));
    bench.refusedProof(bench.header("jwk", offCurve));
  }

  @Test
  void DP9_refusesRsaKeysOutsideTheirLimitsQuickly() {
    KeyPair weak = TokenMint.newPair(KeyShape.RSA, 1024);
    TokenMint small = new TokenMint(SignatureAlgorithm.RS256, "", weak);
    String token = bound(small);
    bench.refusedProof(new Call().dpop(token, signedByTheJdk(small, token)));
    TokenMint strong = TokenMint.of(SignatureAlgorithm.RS256, "");
    String good = bound(strong);
    bench.admitted(new Call().dpop(good, signedByTheJdk(strong, good)));

    String huge = Base64.getUrlEncoder().withoutPadding().encodeToString(filled(2048));
    String exponent = Base64.getUrlEncoder().withoutPadding().encodeToString(filled(256));
    for (Map<String, Object> jwk :
        List.<Map<String, Object>>of(
            Map.of("kty", "RSA", "n", huge, "e", "AQAB"),
            Map.of("kty", "RSA", "n", exponent, "e", exponent),
            Map.of("kty", "RSA", "n", exponent, "e", "AQ"))) {
      Call call =
          bench.call(
              header -> DpopBench.put(DpopBench.put(header, "jwk", jwk), "alg", "RS256"), c -> c);
      long start = System.nanoTime();
      bench.refusedProof(call);
      assertTrue(System.nanoTime() - start < 1_000_000_000L);
    }
  }

  // The other signer refuses a key that is this weak.
  private String signedByTheJdk(TokenMint client, String token) {
    String input =
        TokenMint.encode(Json.write(DpopBench.header(client)))
            + "."
            + TokenMint.encode(Json.write(bench.claims(token)));
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(client.pair().getPrivate());
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + TokenMint.encode(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    java.util.Arrays.fill(bytes, (byte) 0xFF);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "HS256", "RS256", "ES384", "ES256K", "es256", ""})
  void D07_DP10_refusesAnotherAlgorithmThanThatOfTheKey(String algorithm) {
    bench.refusedProof(bench.header("alg", algorithm));
  }

  @Test
  void D07_DP10_refusesAnAlgorithmThatIsNotOnTheList() {
    DpopBench narrow =
        DpopBench.of(
            builder ->
                builder.senderConstraint().dpop(Binding.OPTIONAL).dpopAlgorithms(List.of("EdDSA")));
    narrow.refusedProof(narrow.good());
    TokenMint ed = TokenMint.of(SignatureAlgorithm.EDDSA, "");
    String token = bound(ed);
    narrow.admitted(new Call().dpop(token, narrow.proof(ed, token)));
    assertEquals(401, bench.status(bench.call(header -> without(header, "alg"), c -> c)));
  }

  @ParameterizedTest
  @EnumSource(names = {"RS256", "PS256", "ES256", "EDDSA", "ED25519"})
  void D17_takesEveryKindOfKey(SignatureAlgorithm algorithm) {
    TokenMint client = TokenMint.of(algorithm, "");
    String token = bound(client);
    bench.admitted(new Call().dpop(token, bench.proof(client, token)));
  }

  @Test
  void D08_DP11_refusesASignatureThatDoesNotVerify() {
    String token = bound(CLIENT);
    String byOther = OTHER.sign(DpopBench.header(CLIENT), bench.claims(token));
    bench.refusedProof(new Call().dpop(token, byOther));

    String proof = bench.proof(CLIENT, token);
    char last = proof.charAt(proof.length() - 5);
    String flipped =
        proof.substring(0, proof.length() - 5)
            + (last == 'A' ? 'B' : 'A')
            + proof.substring(proof.length() - 4);
    bench.refusedProof(new Call().dpop(token, flipped));
  }

  @Test
  void D16_DP12_refusesTheProofOfAnotherKey() {
    String token = bound(CLIENT);
    bench.refused(new Call().dpop(token, bench.proof(OTHER, token)), "invalid_token");
  }

  @Test
  void D17_DP13_theThumbprintIsOverTheRequiredMembersOnly() {
    Map<String, Object> reordered = new LinkedHashMap<>();
    Map<String, Object> jwk = CLIENT.bareJwk();
    for (String name : List.of("y", "x", "kty", "crv")) {
      reordered.put(name, jwk.get(name));
    }
    reordered.put("kid", "any");
    reordered.put("use", "sig");
    bench.admitted(bench.header("jwk", reordered));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jti", "htm", "htu", "iat", "ath"})
  void D05_DP14_refusesAProofWithoutAClaim(String name) {
    bench.refusedProof(bench.call(UnaryOperator.identity(), claims -> without(claims, name)));
    for (Object value : List.of(Json.NULL, true, List.of("x"), Map.of(), "")) {
      bench.refusedProof(bench.claim(name, value));
    }
  }

  @Test
  void D10_D39_DP15_refusesAnotherMethod() {
    bench.refusedProof(bench.claim("htm", "GET"));
    bench.refusedProof(bench.claim("htm", "post"));
    bench.refusedProof(bench.claim("htm", "POST "));
    for (String method : List.of("GET", "DELETE", "POST")) {
      bench.admitted(bench.claim("htm", method).with(call -> call.method = method));
      bench.refusedProof(
          bench
              .claim("htm", method)
              .with(call -> call.method = method.equals("GET") ? "HEAD" : "GET"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://mcp.example.com/mcp",
        "HTTPS://MCP.Example.COM/mcp",
        "https://mcp.example.com:443/mcp",
        "https://mcp.example.com:/mcp",
        "https://mcp.example.com/%6Dcp",
        "https://mcp.example.com/%6dcp",
        "https://mcp.example.com/a/../mcp",
        "https://mcp.example.com/./mcp",
        "https://mcp.example.com/%2e%2E/mcp"
      })
  void D11_D12_DP16_takesEverySpellingOfTheTarget(String uri) {
    bench.admitted(bench.claim("htu", uri));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://mcp.example.com:8443/mcp",
        "http://mcp.example.com/mcp",
        "http://mcp.example.com:443/mcp",
        "https://mcp.example.com/mcp?x=1",
        "https://mcp.example.com/mcp?",
        "https://mcp.example.com/mcp#f",
        "https://mcp.example.com/mcp/",
        "https://mcp.example.com/other",
        "https://mcp.example.com/MCP",
        "https://mcp.example.com",
        "https://user@mcp.example.com/mcp",
        "https://mcp.example.com.evil.example/mcp",
        "https://evil.example/mcp",
        "https://mcp.example.com\\mcp",
        "https://mcp.example.com/%mcp",
        "https://mcp.example.com/mcp%2F",
        "https://mcp.example.com /mcp",
        "/mcp",
        "mcp.example.com/mcp",
        "//mcp.example.com/mcp",
        "https:///mcp",
        " https://mcp.example.com/mcp",
        ""
      })
  void D11_DP17_refusesAnotherTarget(String uri) {
    bench.refusedProof(bench.claim("htu", uri));
  }

  @Test
  void D13_DP18_theHostThatTheClientNamesCountsForNothing() {
    bench.refusedProof(
        bench
            .claim("htu", "https://evil.example/mcp")
            .field("Host", "evil.example")
            .field("X-Forwarded-Host", "evil.example")
            .field("Forwarded", "host=evil.example;proto=https"));
    bench.admitted(bench.good().field("Host", "10.0.0.7:8080").field("X-Forwarded-Proto", "http"));
  }

  @Test
  void DP19_theQueryOfTheRequestIsDropped() {
    bench.admitted(bench.good().with(call -> call.query = "x=1&y=2"));
  }

  @Test
  void D15_DP20_DP21_theTimeOfAProofIsNearNow() {
    long now = bench.clock.instant().getEpochSecond();
    for (long good : List.of(0L, -59L, 10L, -299L, 299L, -300L, 300L)) {
      bench.admitted(bench.claim("iat", now + good));
    }
    for (long bad : List.of(-303L, 303L, -301L, 301L, -3600L, 3600L)) {
      bench.refusedProof(bench.claim("iat", now + bad));
    }
    for (Object bad :
        List.of(
            now * 1000,
            Long.toString(now),
            new java.math.BigDecimal(now + ".5"),
            Json.NULL,
            -1L,
            Long.MAX_VALUE,
            Long.MIN_VALUE)) {
      bench.refusedProof(bench.claim("iat", bad));
    }
  }

  @Test
  void DP22_refusesAProofOutsideItsLife() {
    long now = bench.clock.instant().getEpochSecond();
    bench.refusedProof(bench.claim("exp", now - 60));
    bench.refusedProof(bench.claim("nbf", now + 60));
    bench.refusedProof(bench.claim("exp", "soon"));
    bench.admitted(bench.claim("exp", now + 60));
    bench.admitted(bench.claim("nbf", now));
  }

  @Test
  void D16_DP23_refusesTheDigestOfAnotherTokenOrInAnotherSpelling() {
    String token = bound(CLIENT);
    String digest = Sha256.base64Url(token);
    byte[] bytes = Base64.getUrlDecoder().decode(digest);
    for (String bad :
        List.of(
            Sha256.base64Url(unbound()),
            digest + "=",
            HexFormat.of().formatHex(bytes),
            Base64.getEncoder().encodeToString(bytes),
            digest.substring(1))) {
      bench.refusedProof(bench.claim("ath", bad));
    }
  }

  @Test
  void DP39_refusesParametersThatChangeTheMeaning() {
    for (String name : List.of("crit", "b64", "jku", "x5u", "x5c", "zip", "enc", "cty")) {
      bench.refusedProof(bench.header(name, List.of("x")));
    }
    String token = bound(CLIENT);
    String jwk = Json.write(CLIENT.bareJwk());
    String twice = jwk.substring(0, jwk.length() - 1) + ",\"kty\":\"EC\"}";
    String header = "{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":" + twice + "}";
    bench.refusedProof(
        new Call().dpop(token, CLIENT.sign(header, Json.write(bench.claims(token)))));
    String claims = Json.write(bench.claims(token));
    bench.refusedProof(
        new Call()
            .dpop(
                token,
                CLIENT.sign(
                    Json.write(DpopBench.header(CLIENT)),
                    claims.substring(0, claims.length() - 1) + ",\"htm\":\"POST\"}")));
  }

  @Test
  void DP40_aTokenIsNoProofAndAProofIsNoToken() {
    String token = bound(CLIENT);
    bench.refusedProof(new Call().dpop(token, token));
    String proof = bench.proof(CLIENT, token);
    assertEquals(401, bench.status(new Call().dpop(proof, bench.proof(CLIENT, proof))));
    assertEquals(401, bench.status(new Call().bearer(proof)));
  }

  @Test
  void D37_aGoodProofReplacesNoOtherCheck() {
    for (Map.Entry<String, Object> bad :
        Map.<String, Object>of(
                "aud",
                "https://other.example",
                "exp",
                Bench.SECONDS - 60,
                "iss",
                "https://evil.example")
            .entrySet()) {
      Map<String, Object> claims =
          Bench.claimsWith("cnf", Map.of("jkt", DpopBench.thumbprint(CLIENT)));
      claims.put(bad.getKey(), bad.getValue());
      String token = Bench.RSA.sign(claims);
      bench.refused(new Call().dpop(token, bench.proof(CLIENT, token)), "invalid_token");
    }
    Map<String, Object> claims =
        Bench.claimsWith("cnf", Map.of("jkt", DpopBench.thumbprint(CLIENT)));
    claims.put("scope", "other");
    String token = Bench.RSA.sign(claims);
    assertEquals(403, bench.status(new Call().dpop(token, bench.proof(CLIENT, token))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DPoP", "dpop", "DPOP"})
  void D40_readsTheSchemeWithoutRegardToCase(String scheme) {
    String token = bound(CLIENT);
    bench.admitted(
        new Call()
            .field("Authorization", scheme + "  " + token)
            .field("DPoP", bench.proof(CLIENT, token)));
    assertEquals(
        401,
        bench.status(
            new Call()
                .field("Authorization", scheme + "\t" + token)
                .field("DPoP", bench.proof(CLIENT, token))));
    assertEquals(401, bench.status(new Call().field("Authorization", scheme)));
    assertEquals(401, bench.status(new Call().field("Authorization", scheme + " a b")));
    assertEquals(
        400, bench.status(new Call().field("Authorization", scheme + " a, " + scheme + " b")));
  }

  @Test
  void D24_bothSchemesAreMalformed() {
    String token = bound(CLIENT);
    assertEquals(400, bench.status(bench.good().bearer(token)));
    assertEquals(400, bench.status(new Call().field("Authorization", "Bearer a, DPoP b")));
    assertEquals(400, bench.status(new Call().field("Authorization", "DPoP b, Bearer a")));
    assertEquals(400, bench.status(new Call().field("Authorization", "Basic x, DPoP b")));
  }

  @Test
  void D12_D16_D17_theVectorsOfTheRfc() {
    assertEquals(
        "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo",
        Sha256.base64Url("Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU"));
    assertEquals(
        "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I",
        JwkThumbprint.of(
                Map.of(
                    "kty", "EC",
                    "crv", "P-256",
                    "x", "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs",
                    "y", "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA",
                    "kid", "x"))
            .orElseThrow());
    assertEquals(
        TargetUri.parse("https://h.example/mcp"),
        TargetUri.parse("https://H.example:443/a/../mcp"));
    assertFalse(
        TargetUri.parse("https://h.example/mcp").equals(TargetUri.parse("https://h.example/mcp/")));
    assertTrue(TargetUri.parse("https://h.example/mcp?x").isEmpty());
    assertTrue(TargetUri.parse("https://h.example/mcp#x").isEmpty());
  }

  // RFC 7638 section 3.1, RFC 8037 appendix A.3
  @Test
  void D17_theThumbprintsOfTheRfcs() {
    assertEquals(
        "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs",
        JwkThumbprint.of(
                Map.of(
                    "kty",
                    "RSA",
                    "e",
                    "AQAB",
                    "n",
                    "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMs"
                        + "tn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6"
                        + "qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU"
                        + "8awapJzKnqDKgw",
                    "alg",
                    "RS256"))
            .orElseThrow());
    assertEquals(
        "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
        JwkThumbprint.of(
                Map.of(
                    "kty",
                    "OKP",
                    "crv",
                    "Ed25519",
                    "x",
                    "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"))
            .orElseThrow());
  }

  @Test
  void neverThrowsWhateverTheProofIs() {
    long seed = System.nanoTime();
    java.util.Random random = new java.util.Random(seed);
    String token = bound(CLIENT);
    for (int run = 0; run < 2000; run++) {
      StringBuilder proof = new StringBuilder(bench.proof(CLIENT, token));
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        proof.setCharAt(random.nextInt(proof.length()), (char) (33 + random.nextInt(94)));
      }
      byte[] ascii = proof.toString().getBytes(StandardCharsets.US_ASCII);
      Call call = new Call().dpop(token, new String(ascii, StandardCharsets.US_ASCII));
      int status = bench.status(call);
      assertTrue(status == 401 || status == 200, () -> "seed " + seed + ": " + call.response);
    }
  }
}
