package dev.countersign.conformance;

import static dev.countersign.conformance.Plant.admitting;
import static dev.countersign.conformance.Plant.breaking;

import dev.countersign.conformance.ReferenceServer.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.function.Predicate;

/** Tokens that are taken, or are not. */
final class TokenPlants {

  private static final String OTHER = "https://other.example/mcp";
  private static final String KEY_OF_FAULT = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

  private TokenPlants() {}

  static List<Plant> all() {
    return List.of(
        breaking("J51 a good token is admitted", refused(one -> one.claim("sub", "alice"))),
        breaking("T01 the Authorization field is read", refused(one -> one.claim("sub", "alice"))),
        breaking("J49 unknown claims do not matter", refused(one -> one.has("x"))),
        breaking(
            "J33 another audience beside it does not matter",
            refused(one -> one.claims().get("aud") instanceof List<?>)),
        taken("J35 an expired token is refused", one -> one.ahead("exp") < -60),
        taken("J27 a token without exp is refused", one -> one.has("iss") && !one.has("exp")),
        taken("J37 a token before nbf is refused", one -> one.ahead("nbf") > 60),
        taken("J38 a token of the future is refused", one -> one.ahead("iat") > 60),
        taken("J28 a token for another resource is refused", one -> one.claim("aud", OTHER)),
        taken("S17 a token without audience is refused", one -> one.has("iss") && !one.has("aud")),
        taken(
            "J31 an audience below the resource is refused",
            one -> String.valueOf(one.claims().get("aud")).endsWith("/mcp/x")),
        taken(
            "J34 the client is no audience",
            one -> one.claim("aud", "client-1") && !one.has("nonce")),
        taken(
            "S18 a token of another issuer is refused",
            one -> one.claim("iss", "https://id.other.example")),
        taken(
            "J26 the issuer is compared exactly",
            one -> String.valueOf(one.claims().get("iss")).endsWith("/")),
        taken("J02 the typ is at+jwt", one -> one.header("typ", "JWT")),
        taken("J05 a DPoP proof is no access token", one -> one.header("typ", "dpop+jwt")),
        taken("J42 an ID token is no access token", one -> one.has("nonce")),
        taken(
            "J14 only a key of the issuer signs",
            one -> signedByRsa(one) && !one.header().containsKey("jwk")),
        taken(
            "J16 no key from the token itself",
            one -> signedByRsa(one) && one.header().containsKey("jwk")),
        taken("J18 an unknown key is refused", one -> one.header("kid", "no-such-key")),
        breaking("J18 unknown keys cause no flood of questions", TokenPlants::askForKeys),
        taken("J08 an unsigned token is refused", one -> one.header("alg", "none")),
        taken("J09 no HMAC with the public key", one -> one.header("alg", "HS256")),
        taken("J10 alg and key agree", one -> one.header("alg", "RS256") && one.signature() == 64),
        taken("J19 what is critical has to be known", one -> one.header("crit", List.of("x"))),
        taken("J20 the payload is encoded", one -> one.header("crit", List.of("b64"))),
        taken(
            "J21 a claim that comes twice does not help",
            one -> one.payload().split("\"aud\"", -1).length == 3),
        taken("J22 four parts are no token", one -> one.parts() == 4),
        taken("J23 an encrypted token is refused", one -> one.parts() == 5),
        taken(
            "D02 a token bound to a key is refused without proof",
            one -> KEY_OF_FAULT.equals(one.confirmation().get("jkt"))),
        taken(
            "D02 a bound token is no bearer token",
            one ->
                one.confirmation().containsKey("jkt")
                    && !KEY_OF_FAULT.equals(one.confirmation().get("jkt"))),
        taken(
            "J43 a token bound to a certificate is refused without it",
            one -> one.confirmation().containsKey("x5t#S256")),
        taken("J44 a token bound otherwise is refused", one -> one.confirmation().containsKey("x")),
        breaking(
            "S33 every bad token gets the same answer",
            Plant.after(
                Jwt.bearer(one -> one.ahead("exp") < -60),
                Plant.challenge(
                    "Bearer", value -> value.replace("expired or revoked", "expired")))));
  }

  private static boolean signedByRsa(Jwt jwt) {
    return jwt.header("alg", "RS256") && jwt.signature() == 256;
  }

  private static Plant taken(String rule, Predicate<Jwt> which) {
    return breaking(rule, admitting(Jwt.bearer(which)));
  }

  private static Fault refused(Predicate<Jwt> which) {
    return Plant.before(
        Jwt.bearer(one -> one.ahead("exp") > 0 && !one.has("cnf") && which.test(one)),
        request -> request.set("Authorization", "Bearer not-a-token"));
  }

  private static Message askForKeys(Message request, ReferenceServer server) throws IOException {
    if (Jwt.bearer(one -> String.valueOf(one.header().get("kid")).startsWith("no-such-key-"))
        .test(request)) {
      try (InputStream keys = URI.create(server.issuer().issuer() + "/keys").toURL().openStream()) {
        keys.readAllBytes();
      }
    }
    return server.good(request);
  }
}
