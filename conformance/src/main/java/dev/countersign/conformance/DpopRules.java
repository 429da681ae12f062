package dev.countersign.conformance;

import static dev.countersign.conformance.Rule.must;
import static dev.countersign.conformance.Rule.should;

import dev.countersign.http.Challenge;
import dev.countersign.http.ChallengeSyntaxException;
import dev.countersign.http.Challenges;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How a server with DPoP answers (RFC 9449 sections 7 to 9; group D). */
final class DpopRules {

  private static final String ALGORITHMS = "dpop_signing_alg_values_supported";
  private static final String NO_CHALLENGE = "there is no DPoP challenge";

  private DpopRules() {}

  static List<Rule> all() {
    return List.of(
        must("D02", "a bound token is no bearer token", Needs.workingDpop(DpopRules::asBearer)),
        must("D20", "no proof: 401 with a DPoP challenge", Needs.workingDpop(DpopRules::noProof)),
        should("D20", "that 401 says invalid_dpop_proof", Needs.workingDpop(DpopRules::proofError)),
        should("D21", "the challenge has algs", Needs.dpop(DpopRules::algorithms)),
        should("D22", "the challenge follows the grammar", Needs.dpop(DpopRules::grammar)),
        should("D23", "no token: both challenges, no error", Needs.dpop(DpopRules::both)),
        should("D24", "the error is with its scheme", Needs.workingDpop(DpopRules::scheme)),
        should("C23", "each challenge has its own line", Needs.dpop(DpopRules::ownLines)),
        must(
            "D34",
            "pages may send proofs and read nonces",
            Needs.dpop(Needs.page(DpopRules::pages))),
        must("M47", "no algorithm of proofs is symmetric", Needs.dpop(DpopRules::symmetric)),
        must("D14", "the nonce is one of the server", Needs.nonce(DpopRules::otherNonce)),
        must("D31", "a proof without nonce is refused", Needs.nonce(DpopRules::noNonce)),
        should("D26", "that 401 says use_dpop_nonce", Needs.nonce(DpopRules::nonceError)),
        must("D27", "the nonce has the characters of one", Needs.nonce(DpopRules::characters)),
        should("D29", "a nonce is not cached", Needs.nonce(DpopRules::notCached)),
        must("T19", "without DPoP its scheme is unknown", DpopRules::unknownScheme));
  }

  private static Outcome asBearer(Subject subject) throws IOException {
    String token = subject.bound();
    RawRequest alone = subject.initialize().bearer(subject.bound());
    RawRequest withProof =
        subject.initialize().bearer(token).with("DPoP", subject.proof(token).text());
    return Seen.status(subject.ask(alone), 401).and(Seen.status(subject.ask(withProof), 401));
  }

  private static RawResponse withoutProof(Subject subject) throws IOException {
    return subject.ask(subject.initialize().with("Authorization", "DPoP " + subject.bound()));
  }

  private static Outcome noProof(Subject subject) throws IOException {
    RawResponse response = withoutProof(subject);
    return Seen.status(response, 401).and(Outcome.of(dpop(response).isPresent(), NO_CHALLENGE));
  }

  private static Outcome proofError(Subject subject) throws IOException {
    return Seen.error(withoutProof(subject), "DPoP", "invalid_dpop_proof");
  }

  private static Optional<Challenge> dpop(RawResponse response) {
    return Subject.challenge(response, "DPoP");
  }

  private static String param(Subject subject, String name) throws IOException {
    return dpop(subject.ask(subject.initialize())).flatMap(one -> one.param(name)).orElse("");
  }

  private static Outcome algorithms(Subject subject) throws IOException {
    Set<Object> announced = new HashSet<>(Arrays.asList(param(subject, "algs").split(" ")));
    announced.remove("");
    List<?> listed = listed(subject).orElse(List.of());
    return Outcome.of(!announced.isEmpty(), "the DPoP challenge has no algs")
        .and(
            Outcome.of(
                listed.isEmpty() || announced.equals(new HashSet<Object>(listed)),
                "algs are others than " + ALGORITHMS + " of the metadata"));
  }

  private static Optional<List<?>> listed(Subject subject) throws IOException {
    Optional<Map<String, Object>> document = Metadata.document(subject);
    return document.map(one -> one.get(ALGORITHMS) instanceof List<?> list ? list : List.of());
  }

  private static Outcome symmetric(Subject subject) throws IOException {
    List<?> listed = listed(subject).orElse(List.of());
    if (listed.isEmpty()) {
      return new Outcome.NotTried("the metadata names no algorithms of proofs");
    }
    return Outcome.of(
        listed.stream().noneMatch(one -> one.equals("none") || one.toString().startsWith("HS")),
        ALGORITHMS + " has one that is not asymmetric");
  }

  private static Outcome grammar(Subject subject) throws IOException {
    List<String> lines = subject.ask(subject.initialize()).values("WWW-Authenticate");
    try {
      return Outcome.of(
          Challenges.parse(lines).stream().anyMatch(one -> one.hasScheme("DPoP")), NO_CHALLENGE);
    } catch (ChallengeSyntaxException e) {
      return new Outcome.Broken("the challenges do not follow the grammar");
    }
  }

  private static Outcome both(Subject subject) throws IOException {
    RawResponse response = subject.ask(subject.initialize());
    return Outcome.of(Subject.bearer(response).isPresent(), "there is no Bearer challenge")
        .and(Outcome.of(dpop(response).isPresent(), NO_CHALLENGE))
        .and(Seen.error(response, "Bearer", ""))
        .and(Seen.error(response, "DPoP", ""));
  }

  private static Outcome scheme(Subject subject) throws IOException {
    RawResponse response = subject.ask(subject.initialize().bearer("not-a-token"));
    return Seen.error(response, "Bearer", "invalid_token")
        .and(Seen.error(response, "DPoP", ""))
        .and(Seen.error(withoutProof(subject), "Bearer", ""));
  }

  private static Outcome ownLines(Subject subject) throws IOException {
    for (String line : subject.ask(subject.initialize()).values("WWW-Authenticate")) {
      if (Challenges.parseLenient(List.of(line)).challenges().size() > 1) {
        return new Outcome.Broken("a field line has several challenges");
      }
    }
    return new Outcome.Kept();
  }

  private static Outcome pages(Subject subject) throws IOException {
    RawRequest preflight =
        subject
            .request("OPTIONS", subject.path())
            .with("Origin", subject.page())
            .with("Access-Control-Request-Method", "POST")
            .with("Access-Control-Request-Headers", "authorization,dpop");
    return OriginRules.lists(subject.ask(preflight), "Access-Control-Allow-Headers", "dpop")
        .and(
            OriginRules.lists(
                subject.ask(subject.initialize().with("Origin", subject.page())),
                "Access-Control-Expose-Headers",
                "dpop-nonce"));
  }

  private static Outcome otherNonce(Subject subject) throws IOException {
    String token = subject.bound();
    return Seen.status(
        subject.present(token, subject.proof(token).claim("nonce", "another-nonce")), 401);
  }

  private static RawResponse withoutNonce(Subject subject) throws IOException {
    String token = subject.bound();
    return subject.present(token, subject.proof(token).without("nonce"));
  }

  private static Outcome noNonce(Subject subject) throws IOException {
    return Seen.status(withoutNonce(subject), 401);
  }

  private static Outcome nonceError(Subject subject) throws IOException {
    RawResponse response = withoutNonce(subject);
    return Seen.error(response, "DPoP", "use_dpop_nonce")
        .and(
            Outcome.of(
                response.values("DPoP-Nonce").size() == 1, "there is not one DPoP-Nonce field"));
  }

  // nonce = 1*NQCHAR; NQCHAR = %x21 / %x23-5B / %x5D-7E
  private static Outcome characters(Subject subject) {
    return Outcome.of(
        subject.client().nonce().matches("[\\x21\\x23-\\x5B\\x5D-\\x7E]+"),
        "a nonce has a character that it may not have");
  }

  private static Outcome notCached(Subject subject) throws IOException {
    RawResponse response = withoutNonce(subject);
    String caching = String.join(",", response.values("Cache-Control"));
    return Outcome.of(
        response.values("DPoP-Nonce").isEmpty() || caching.contains("no-store"),
        "Cache-Control is '" + caching + "' beside a new nonce");
  }

  private static Outcome unknownScheme(Subject subject) throws IOException {
    return subject.features().dpop()
        ? new Outcome.NotTried("the server knows DPoP (--dpop)")
        : Seen.status(
            subject.ask(subject.initialize().with("Authorization", "DPoP " + subject.good())), 401);
  }
}
