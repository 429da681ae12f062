package dev.countersign.conformance;

import static dev.countersign.conformance.Plant.after;
import static dev.countersign.conformance.Plant.answers;
import static dev.countersign.conformance.Plant.breaking;
import static dev.countersign.conformance.Plant.challenge;
import static dev.countersign.conformance.Plant.refusing;
import static dev.countersign.conformance.Plant.setting;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import dev.countersign.conformance.ReferenceServer.Fault;
import dev.countersign.testkit.DpopClient;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Proofs of possession that are taken, or are not, and what is answered to them. */
final class ProofPlants {

  private static final List<String> CLAIMS = List.of("jti", "htm", "htu", "iat", "ath");

  private ProofPlants() {}

  static List<Plant> proofs() {
    return List.of(
        breaking(
            "D01 a bound token with its proof is admitted",
            refusing(one -> Jwt.token(one, "DPoP").isPresent() && one.has("DPoP"), 401)),
        breaking(
            "D03 two proofs are refused", Plant.admitting(one -> one.values("DPoP").size() == 2)),
        breaking(
            "D04 what is no JWT is no proof",
            Plant.admitting(one -> one.has("DPoP") && proof(one).isEmpty())),
        taken("D05 no claim may be missing", one -> !one.claims().keySet().containsAll(CLAIMS)),
        taken("D06 the typ is dpop+jwt", one -> one.header("typ", "JWT")),
        taken("D07 an unsigned proof is refused", one -> one.header("alg", "none")),
        taken("D07 a proof with an HMAC is refused", one -> one.header("alg", "HS256")),
        taken("D08 the key of the proof has signed it", one -> !isSigned(one)),
        taken("D09 no private key in the proof", one -> jwk(one).containsKey("d")),
        taken("D10 htm is the method", one -> one.claim("htm", "GET")),
        taken(
            "D11 htu is the URL", one -> String.valueOf(one.claims().get("htu")).contains("other")),
        breaking(
            "D12 the host of htu has no case",
            refusing(
                with(one -> String.valueOf(one.claims().get("htu")).startsWith("HTTP:")), 401)),
        taken("D15 an old proof is refused", one -> one.ahead("iat") < -600),
        taken("D15 a proof of the future is refused", one -> one.ahead("iat") > 600),
        taken(
            "D16 ath is the hash of the token",
            one -> one.claim("ath", DpopClient.hash("another-token"))),
        breaking("D16 the key is the one of the token", Plant.admitting(ProofPlants::isStolen)),
        breaking(
            "D19 a token that is not bound is refused",
            Plant.admitting(token(one -> !one.has("cnf") && one.ahead("exp") > 0))),
        setting("D32 a proof is good once", "dpop-replay", "false"),
        breaking(
            "D37 a proof mends no token",
            Plant.admitting(token(one -> one.has("cnf") && one.ahead("exp") < 0))),
        breaking(
            "D39 each method has its proof",
            Plant.admitting(
                with(one -> one.claim("htm", "POST")).and(one -> one.method().equals("DELETE")))),
        taken("D14 the nonce is one of the server", one -> one.claim("nonce", "another-nonce")),
        breaking("D31 a proof without nonce is refused", withoutNonce(ProofPlants::admitted)),
        breaking(
            "D26 that 401 says use_dpop_nonce",
            answers(one -> true, challenge("DPoP", one -> one.replace("use_dpop_nonce", "x")))),
        breaking(
            "D27 the nonce has the characters of one",
            withoutNonce(
                (request, server) ->
                    server.good(request).edit("DPoP-Nonce", value -> value + "\\"))),
        breaking(
            "D29 a nonce is not cached",
            answers(one -> one.has("DPoP-Nonce"), one -> one.without("Cache-Control"))));
  }

  static List<Plant> challenges() {
    return List.of(
        breaking(
            "D20 no proof: 401 with a DPoP challenge",
            after(
                ProofPlants::lacksProof,
                one -> one.edit("WWW-Authenticate", value -> value.replace("DPoP ", "Other ")))),
        breaking(
            "D20 that 401 says invalid_dpop_proof",
            after(ProofPlants::lacksProof, dpop(GatePlants.without("error")))),
        breaking("D21 the challenge has algs", anonymous(GatePlants.without("algs"))),
        breaking("D22 the challenge follows the grammar", anonymous(one -> one + ", \"x\"")),
        breaking(
            "D23 no token: both challenges, no error",
            anonymous(one -> one + ", error=\"invalid_token\"")),
        breaking(
            "D24 the error is with its scheme",
            after(
                one -> Plant.bearer(one, "not-a-token"),
                dpop(one -> one + ", error=\"invalid_token\""))));
  }

  private static UnaryOperator<Message> dpop(UnaryOperator<String> change) {
    return challenge("DPoP", change);
  }

  private static Fault anonymous(UnaryOperator<String> change) {
    return after(Plant::isAnonymous, dpop(change));
  }

  private static Optional<Jwt> proof(Message request) {
    return Jwt.read(request.value("DPoP")).filter(one -> !one.claims().isEmpty());
  }

  private static Predicate<Message> with(Predicate<Jwt> which) {
    return request ->
        request.values("DPoP").size() == 1
            && Jwt.token(request, "DPoP").isPresent()
            && proof(request).filter(which).isPresent();
  }

  private static Plant taken(String rule, Predicate<Jwt> which) {
    return breaking(rule, Plant.admitting(with(which)));
  }

  private static Predicate<Message> token(Predicate<Jwt> which) {
    return request -> Jwt.token(request, "DPoP").filter(which).isPresent() && request.has("DPoP");
  }

  private static boolean lacksProof(Message request) {
    return request.credentials("DPoP").isPresent() && !request.has("DPoP");
  }

  private static Map<?, ?> jwk(Jwt proof) {
    return proof.header().get("jwk") instanceof Map<?, ?> members ? members : Map.of();
  }

  private static ECKey key(Jwt proof) throws ParseException {
    return JWSObject.parse(proof.text()).getHeader().getJWK().toECKey();
  }

  private static boolean isSigned(Jwt proof) {
    try {
      return !proof.header("alg", "ES256")
          || jwk(proof).containsKey("d")
          || JWSObject.parse(proof.text()).verify(new ECDSAVerifier(key(proof)));
    } catch (ParseException | JOSEException e) {
      return true;
    }
  }

  private static boolean isStolen(Message request) {
    return with(proof -> {
          try {
            Object bound = Jwt.token(request, "DPoP").orElseThrow().confirmation().get("jkt");
            return bound != null
                && proof.header("alg", "ES256")
                && !jwk(proof).containsKey("d")
                && !bound.equals(key(proof).computeThumbprint().toString());
          } catch (ParseException | JOSEException e) {
            return false;
          }
        })
        .test(request);
  }

  private static Message admitted(Message request, ReferenceServer server)
      throws java.io.IOException {
    return server.admit(request);
  }

  /** To all such proofs but the first, with which a client asks for a nonce. */
  private static Fault withoutNonce(Fault then) {
    AtomicInteger seen = new AtomicInteger();
    Predicate<Message> lacking =
        with(one -> !one.has("nonce") && one.claims().keySet().containsAll(CLAIMS));
    return (request, server) ->
        lacking.test(request) && seen.getAndIncrement() > 0
            ? then.answer(request, server)
            : server.good(request);
  }
}
