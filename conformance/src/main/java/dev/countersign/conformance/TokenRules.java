package dev.countersign.conformance;

import static dev.countersign.conformance.Rule.must;
import static dev.countersign.conformance.Rule.should;

import dev.countersign.testkit.RawResponse;
import dev.countersign.testkit.TokenFault;
import java.io.IOException;
import java.util.List;

/** Which tokens are refused (groups J and S). A server that admits no good token is not tried. */
final class TokenRules {

  private TokenRules() {}

  static List<Rule> all() {
    return List.of(
        must("J51", "a good token is admitted", TokenRules::good),
        must("J35", "an expired token is refused", refused(TokenFault.EXPIRED)),
        must("J27", "a token without exp is refused", refused(TokenFault.NO_EXPIRY)),
        must("J37", "a token before nbf is refused", refused(TokenFault.NOT_YET_VALID)),
        must("J28", "a token for another resource is refused", refused(TokenFault.OTHER_AUDIENCE)),
        must("S17", "a token without audience is refused", refused(TokenFault.NO_AUDIENCE)),
        should(
            "J31", "an audience below the resource is refused", refused(TokenFault.AUDIENCE_BELOW)),
        should("J34", "the client is no audience", refused(TokenFault.CLIENT_AS_AUDIENCE)),
        must("S18", "a token of another issuer is refused", refused(TokenFault.OTHER_ISSUER)),
        must("J05", "a DPoP proof is no access token", refused(TokenFault.PROOF_TYPE)),
        should("J42", "an ID token is no access token", refused(TokenFault.ID_TOKEN)),
        must("J08", "an unsigned token is refused", refused(TokenFault.NONE)),
        must("J09", "no HMAC with the public key", refused(TokenFault.HMAC_WITH_PUBLIC_KEY)),
        should(
            "D02",
            "a token bound to a key is refused without proof",
            refused(TokenFault.BOUND_TO_DPOP_KEY)),
        should("S33", "every bad token gets the same answer", TokenRules::sameAnswer));
  }

  private static Outcome good(Subject subject) throws IOException {
    return Seen.status(subject.ask(subject.initialize().bearer(subject.good())), 200);
  }

  private static Rule.Trial refused(TokenFault fault) {
    return subject ->
        subject.works()
            ? Seen.status(subject.ask(subject.initialize().bearer(subject.faulty(fault))), 401)
            : new Outcome.NotTried("the server refuses a good token");
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
