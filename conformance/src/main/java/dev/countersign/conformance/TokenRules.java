package dev.countersign.conformance;

import static dev.countersign.conformance.Rule.must;
import static dev.countersign.conformance.Rule.should;

import dev.countersign.testkit.FakeAuthorizationServer.Endpoint;
import dev.countersign.testkit.RawResponse;
import dev.countersign.testkit.TokenBuilder;
import dev.countersign.testkit.TokenFault;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/** Which tokens are refused (groups J and S). A server that admits no good token is not tried. */
final class TokenRules {

  private static final int FLOOD = 10;

  private TokenRules() {}

  static List<Rule> all() {
    return List.of(
        must("J51", "a good token is admitted", TokenRules::good),
        must("J49", "unknown claims do not matter", admitted(one -> one.claim("x", List.of(1)))),
        should("J33", "another audience beside it does not matter", TokenRules::twoAudiences),
        must("J35", "an expired token is refused", refused(TokenFault.EXPIRED)),
        must("J27", "a token without exp is refused", refused(TokenFault.NO_EXPIRY)),
        must("J37", "a token before nbf is refused", refused(TokenFault.NOT_YET_VALID)),
        should("J38", "a token of the future is refused", refused(TokenFault.ISSUED_IN_FUTURE)),
        must("J28", "a token for another resource is refused", refused(TokenFault.OTHER_AUDIENCE)),
        must("S17", "a token without audience is refused", refused(TokenFault.NO_AUDIENCE)),
        should(
            "J31", "an audience below the resource is refused", refused(TokenFault.AUDIENCE_BELOW)),
        should("J34", "the client is no audience", refused(TokenFault.CLIENT_AS_AUDIENCE)),
        must("S18", "a token of another issuer is refused", refused(TokenFault.OTHER_ISSUER)),
        must("J26", "the issuer is compared exactly", refused(TokenFault.ISSUER_WITH_SLASH)),
        should("J02", "the typ is at+jwt", refused(TokenFault.PLAIN_TYPE)),
        must("J05", "a DPoP proof is no access token", refused(TokenFault.PROOF_TYPE)),
        should("J42", "an ID token is no access token", refused(TokenFault.ID_TOKEN)),
        must("J14", "only a key of the issuer signs", refused(TokenFault.OTHER_KEY)),
        must("J16", "no key from the token itself", refused(TokenFault.EMBEDDED_KEY)),
        should("J18", "an unknown key is refused", refused(TokenFault.UNKNOWN_KID)),
        should("J18", "unknown keys cause no flood of questions", Needs.jwt(TokenRules::flood)),
        must("J08", "an unsigned token is refused", refused(TokenFault.NONE)),
        must("J09", "no HMAC with the public key", refused(TokenFault.HMAC_WITH_PUBLIC_KEY)),
        must("J10", "alg and key agree", refused(TokenFault.ALGORITHM_OF_OTHER_KEY_TYPE)),
        must("J19", "what is critical has to be known", refused(TokenFault.CRITICAL)),
        must("J20", "the payload is encoded", refused(TokenFault.UNENCODED_PAYLOAD)),
        must("J21", "a claim that comes twice does not help", Needs.jwt(TokenRules::twice)),
        must("J22", "four parts are no token", refused(TokenFault.FOUR_PARTS)),
        should("J23", "an encrypted token is refused", refused(TokenFault.FIVE_PARTS)),
        should(
            "D02",
            "a token bound to a key is refused without proof",
            refused(TokenFault.BOUND_TO_DPOP_KEY)),
        should(
            "J43",
            "a token bound to a certificate is refused without it",
            refused(TokenFault.BOUND_TO_CERTIFICATE)),
        should("J44", "a token bound otherwise is refused", refused(TokenFault.BOUND_OTHERWISE)),
        should("S33", "every bad token gets the same answer", Needs.jwt(TokenRules::sameAnswer)));
  }

  private static Outcome good(Subject subject) throws IOException {
    return Seen.status(subject.ask(subject.initialize().bearer(subject.good())), 200);
  }

  private static Rule.Trial admitted(UnaryOperator<TokenBuilder> change) {
    return Needs.jwt(
        subject -> {
          String token = change.apply(subject.mint()).text();
          return Seen.status(subject.ask(subject.initialize().bearer(token)), 200);
        });
  }

  private static Rule.Trial refused(TokenFault fault) {
    return Needs.jwt(subject -> refused(subject, subject.faulty(fault)));
  }

  private static Outcome refused(Subject subject, String token) throws IOException {
    return Seen.status(subject.ask(subject.initialize().bearer(token)), 401);
  }

  private static Outcome twoAudiences(Subject subject) throws IOException {
    return admitted(one -> one.audience("https://other.example/mcp", subject.resource()))
        .run(subject);
  }

  // The last one counts, or none (RFC 7519 section 4).
  private static Outcome twice(Subject subject) throws IOException {
    return refused(
        subject,
        subject
            .mint()
            .claimsText(
                text ->
                    text.substring(0, text.length() - 1)
                        + ",\"aud\":\"https://other.example/mcp\"}")
            .text());
  }

  private static Outcome flood(Subject subject) throws IOException {
    int before = subject.server().count(Endpoint.KEYS);
    for (int at = 0; at < FLOOD; at++) {
      String token = subject.mint().header("kid", "no-such-key-" + at).text();
      subject.ask(subject.initialize().bearer(token));
    }
    int asked = subject.server().count(Endpoint.KEYS) - before;
    return Outcome.of(
        asked < FLOOD / 2,
        "the key set was fetched " + asked + " times for " + FLOOD + " unknown keys");
  }

  private static Outcome sameAnswer(Subject subject) throws IOException {
    RawResponse expired =
        subject.ask(subject.initialize().bearer(subject.faulty(TokenFault.EXPIRED)));
    RawResponse foreign =
        subject.ask(subject.initialize().bearer(subject.faulty(TokenFault.OTHER_AUDIENCE)));
    return Outcome.of(
        expired.status() == foreign.status()
            && expired.values("WWW-Authenticate").equals(foreign.values("WWW-Authenticate")),
        "the challenge tells an expired token from one for another resource");
  }
}
