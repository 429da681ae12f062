package dev.countersign;

import dev.countersign.config.Binding;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.config.SenderConstraints;
import dev.countersign.http.FieldLine;
import dev.countersign.oauth.AuthScheme;
import dev.countersign.oauth.Credentials;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.ResourceIdentifier;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.SharedStore;
import dev.countersign.token.DpopProofs;
import dev.countersign.token.DpopRequest;
import dev.countersign.token.DpopVerdict;
import dev.countersign.token.NonceKey;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether the client that presents a good token is the one it was made for: the confirmation claim
 * {@code cnf} (RFC 7800), whatever validator found the token good. A binding that nobody here can
 * prove is refused, so that a bound token never passes as a bearer token.
 */
final class SenderConstraint {

  private static final String KEY = "jkt";
  private static final String CERTIFICATE = "x5t#S256";

  private final SenderConstraints settings;
  private final DpopProofs proofs;
  private final ClientCertificates certificates;

  SenderConstraint(ResourceServerConfig config, SharedStore store) {
    this.settings = config.senderConstraints();
    this.certificates = new ClientCertificates(settings);
    this.proofs =
        new DpopProofs(
            new DpopProofs.Settings(
                Set.copyOf(settings.dpopAlgorithms()),
                settings.dpopWindow(),
                config.clockSkew(),
                settings.dpopNonce(),
                settings.dpopReplay(),
                config.sharedStore().isPresent()),
            settings.dpopNonceKey().orElseGet(NonceKey::random),
            store,
            config.clock());
  }

  /** The schemes that are read. */
  static Set<AuthScheme> schemes(SenderConstraints settings) {
    return settings.dpop() == Binding.OFF
        ? Set.of(AuthScheme.BEARER)
        : Set.of(AuthScheme.BEARER, AuthScheme.DPOP);
  }

  /** The same decision, or the refusal of a binding that was not proven. */
  Judgement check(
      Exchange exchange,
      Credentials.Presented presented,
      Decision.Granted granted,
      ResourceIdentifier resource) {
    Map<String, Object> claims = granted.accessToken().claims();
    Map<?, ?> cnf = claims.get("cnf") instanceof Map<?, ?> members ? members : Map.of();
    if (claims.containsKey("cnf") && !isKnown(cnf)) {
      return refused("cnf has no member, or one that is not understood");
    }
    Object key = cnf.get(KEY);
    Object certificate = cnf.get(CERTIFICATE);
    boolean unbound =
        (key == null && settings.dpop() == Binding.REQUIRED)
            || (certificate == null && settings.certificates() == Binding.REQUIRED);
    if (unbound) {
      return refused("the token is not bound as it must be");
    }
    if ((key != null) != (presented.scheme() == AuthScheme.DPOP)) {
      return refused("the scheme is not that of the binding");
    }
    if (certificate != null && !isOfClient(exchange, certificate)) {
      return refused("the client certificate is missing or another one");
    }
    return key == null
        ? Judgement.of(granted)
        : judge(request(exchange, presented, resource, String.valueOf(key)), granted);
  }

  private static boolean isKnown(Map<?, ?> cnf) {
    return !cnf.isEmpty()
        && Set.of(KEY, CERTIFICATE).containsAll(cnf.keySet())
        && cnf.values().stream().allMatch(one -> one instanceof String text && !text.isEmpty());
  }

  private boolean isOfClient(Exchange exchange, Object thumbprint) {
    return settings.certificates() != Binding.OFF
        && certificates
            .thumbprint(exchange)
            .filter(own -> ClientCertificates.isSame(own, String.valueOf(thumbprint)))
            .isPresent();
  }

  // The public base is configured: behind a proxy the server does not know it, and Host is the
  // client's word.
  private static DpopRequest request(
      Exchange exchange, Credentials.Presented presented, ResourceIdentifier resource, String key) {
    return new DpopRequest(
        exchange.headers("DPoP"),
        exchange.method(),
        resource.origin() + exchange.path(),
        presented.token(),
        key);
  }

  private Judgement judge(DpopRequest request, Decision.Granted granted) {
    DpopVerdict verdict = proofs.judge(request);
    if (verdict instanceof DpopVerdict.Proven proven) {
      return new Judgement(granted, proven.nonceIsOld() ? List.of(nonce()) : List.of());
    }
    if (verdict instanceof DpopVerdict.Refused refused) {
      Decision denied = new Decision.Denied(refused.why(), refused.detail());
      return new Judgement(
          denied, refused.why() == Denial.USE_DPOP_NONCE ? List.of(nonce()) : List.of());
    }
    return Judgement.of(new Decision.Undecided(((DpopVerdict.Undecided) verdict).cause()));
  }

  private FieldLine nonce() {
    return new FieldLine("DPoP-Nonce", proofs.nonce());
  }

  private static Judgement refused(String detail) {
    return Judgement.of(new Decision.Denied(Denial.SENDER_CONSTRAINT, detail));
  }

  /** The scheme of a request by its first credentials; Bearer if it has none. */
  static AuthScheme schemeOf(Exchange exchange) {
    String dpop = AuthScheme.DPOP.wireName();
    List<String> lines = exchange.headers("Authorization");
    String first = lines.isEmpty() ? "" : lines.get(0).strip();
    boolean used =
        first.regionMatches(true, 0, dpop, 0, dpop.length())
            && first.startsWith(" ", dpop.length());
    return used ? AuthScheme.DPOP : AuthScheme.BEARER;
  }
}
