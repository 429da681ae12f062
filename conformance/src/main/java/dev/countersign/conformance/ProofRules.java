package dev.countersign.conformance;

import static dev.countersign.conformance.Rule.must;
import static dev.countersign.conformance.Rule.should;

import dev.countersign.testkit.DpopClient;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import dev.countersign.testkit.SigningKey;
import dev.countersign.testkit.TokenBuilder;
import dev.countersign.testkit.TokenFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Which proofs of possession are refused (RFC 9449 section 4.3; group D). */
final class ProofRules {

  private static final Duration FAR = Duration.ofHours(1);

  private ProofRules() {}

  static List<Rule> all() {
    return List.of(
        must("D01", "a bound token with its proof is admitted", Needs.dpop(ProofRules::good)),
        must("D03", "two proofs are refused", Needs.workingDpop(ProofRules::two)),
        must("D04", "what is no JWT is no proof", Needs.workingDpop(ProofRules::garbage)),
        must("D05", "no claim may be missing", Needs.workingDpop(ProofRules::claims)),
        must("D06", "the typ is dpop+jwt", faulty(proof -> proof.header("typ", "JWT"))),
        must("D07", "an unsigned proof is refused", faulty(proof -> proof.unsigned("none"))),
        must("D07", "a proof with an HMAC is refused", faulty(ProofRules::hmac)),
        must("D08", "the key of the proof has signed it", faulty(ProofRules::otherSignature)),
        must("D09", "no private key in the proof", Needs.workingDpop(ProofRules::privateKey)),
        must("D10", "htm is the method", faulty(proof -> proof.claim("htm", "GET"))),
        must("D11", "htu is the URL", Needs.workingDpop(ProofRules::otherUrl)),
        should("D12", "the host of htu has no case", Needs.workingDpop(ProofRules::upperCase)),
        must("D15", "an old proof is refused", faulty(proof -> proof.issuedIn(FAR.negated()))),
        must("D15", "a proof of the future is refused", faulty(proof -> proof.issuedIn(FAR))),
        must("D16", "ath is the hash of the token", faulty(ProofRules::otherToken)),
        must("D16", "the key is the one of the token", Needs.workingDpop(ProofRules::otherKey)),
        must("D19", "a token that is not bound is refused", Needs.workingDpop(ProofRules::unbound)),
        should("D32", "a proof is good once", Needs.workingDpop(ProofRules::replay)),
        must("D37", "a proof mends no token", Needs.jwt(Needs.workingDpop(ProofRules::badToken))),
        should("D39", "each method has its proof", Needs.workingDpop(ProofRules::ofMethod)));
  }

  private static Outcome good(Subject subject) throws IOException {
    return Outcome.of(subject.worksBound(), "a bound token with its proof is refused");
  }

  private static Rule.Trial faulty(UnaryOperator<TokenBuilder> fault) {
    return Needs.workingDpop(subject -> refused(subject, fault));
  }

  private static Outcome refused(Subject subject, UnaryOperator<TokenBuilder> fault)
      throws IOException {
    String token = subject.bound();
    return refused(subject.present(token, fault.apply(subject.proof(token))));
  }

  private static Outcome refused(RawResponse response) {
    return Seen.status(response, 400, 401);
  }

  private static Outcome two(Subject subject) throws IOException {
    String token = subject.bound();
    String other = subject.proof(token).text();
    return refused(
        subject.present(
            subject.initialize().with("DPoP", other), token, subject.proof(token).text()));
  }

  private static Outcome garbage(Subject subject) throws IOException {
    Outcome outcome = new Outcome.Kept();
    for (String proof : List.of("garbage", "a.b.c", "..")) {
      outcome = outcome.and(refused(subject.present(subject.initialize(), subject.bound(), proof)));
    }
    return outcome;
  }

  private static Outcome claims(Subject subject) throws IOException {
    Outcome outcome = new Outcome.Kept();
    for (String claim : List.of("jti", "htm", "htu", "iat", "ath")) {
      Outcome one = refused(subject, proof -> proof.without(claim));
      outcome = outcome.and(one instanceof Outcome.Kept ? one : broken("without " + claim, one));
    }
    return outcome;
  }

  private static Outcome broken(String what, Outcome outcome) {
    return outcome instanceof Outcome.Broken broken
        ? new Outcome.Broken(what + " " + broken.why())
        : outcome;
  }

  private static TokenBuilder hmac(TokenBuilder proof) {
    byte[] secret = "a secret that everybody may know".getBytes(StandardCharsets.US_ASCII);
    return proof.hmacWith(secret);
  }

  private static TokenBuilder otherSignature(TokenBuilder proof) {
    return proof.signature(SigningKey.ec("other")::sign);
  }

  private static Outcome privateKey(Subject subject) throws IOException {
    Map<String, Object> jwk = subject.client().jwk();
    jwk.put("d", "A".repeat(43));
    return refused(subject, proof -> proof.header("jwk", jwk));
  }

  private static Outcome otherUrl(Subject subject) throws IOException {
    Outcome outcome = new Outcome.Kept();
    for (String url :
        List.of(subject.resource() + "/other", "https://other.example" + subject.path())) {
      outcome = outcome.and(refused(subject, proof -> proof.claim("htu", url)));
    }
    return outcome;
  }

  // RFC 3986 section 6.2.2.1
  private static Outcome upperCase(Subject subject) throws IOException {
    String origin = subject.origin();
    String url = origin.toUpperCase(Locale.ROOT) + subject.resource().substring(origin.length());
    String token = subject.bound();
    return Seen.status(subject.present(token, subject.proof(token).claim("htu", url)), 200);
  }

  private static TokenBuilder otherToken(TokenBuilder proof) {
    return proof.claim("ath", DpopClient.hash("another-token"));
  }

  private static Outcome otherKey(Subject subject) throws IOException {
    DpopClient thief = new DpopClient();
    String token = subject.bound();
    TokenBuilder proof = thief.proof("POST", subject.resource(), token);
    String nonce = subject.client().nonce();
    return refused(subject.present(token, nonce.isEmpty() ? proof : proof.claim("nonce", nonce)));
  }

  private static Outcome unbound(Subject subject) throws IOException {
    String token = subject.good();
    return refused(subject.present(token, subject.proof(token)));
  }

  private static Outcome replay(Subject subject) throws IOException {
    String token = subject.bound();
    String proof = subject.proof(token).text();
    return Seen.status(subject.present(subject.initialize(), token, proof), 200)
        .and(refused(subject.present(subject.initialize(), token, proof)));
  }

  private static Outcome badToken(Subject subject) throws IOException {
    Outcome outcome = new Outcome.Kept();
    for (String token :
        List.of(
            subject.boundJwt().expiresIn(FAR.negated()).text(),
            subject.boundJwt().audience("https://other.example/mcp").text(),
            subject.faulty(TokenFault.EXPIRED))) {
      outcome = outcome.and(Seen.status(subject.present(token, subject.proof(token)), 401));
    }
    return outcome;
  }

  // A GET could be answered with a stream that never ends.
  private static Outcome ofMethod(Subject subject) throws IOException {
    String token = subject.bound();
    RawRequest delete = subject.request("DELETE", subject.path());
    TokenBuilder own = subject.client().proof("DELETE", subject.resource(), token);
    return refused(subject.present(delete, token, subject.proof(token).text()))
        .and(Seen.admitted(subject.present(delete, token, own.text())));
  }
}
