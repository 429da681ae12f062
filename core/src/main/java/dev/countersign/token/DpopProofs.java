package dev.countersign.token;

import dev.countersign.oauth.Denial;
import dev.countersign.spi.SharedStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * Judges DPoP proofs (RFC 9449 section 4.3): one proof for one request with one token, made a
 * moment ago by whoever has the key. Thread-safe.
 *
 * <p>A store that forgets when the process ends cannot know the proofs that were used before. After
 * a start, proofs that were made before it therefore need a nonce, even where none is demanded.
 */
public final class DpopProofs {

  /**
   * What holds for every proof. Immutable.
   *
   * @param algorithms the signature algorithms that are accepted
   * @param window how far {@code iat} may be from now, in either direction, inclusive
   * @param clockSkew the tolerance on {@code exp} and {@code nbf}, which a proof need not have
   * @param nonceDemanded whether every proof must carry a nonce of this server
   * @param replayRefused whether a proof can be used once only
   * @param storeOutlivesProcess whether the store still knows after a restart
   */
  public record Settings(
      Set<SignatureAlgorithm> algorithms,
      Duration window,
      Duration clockSkew,
      boolean nonceDemanded,
      boolean replayRefused,
      boolean storeOutlivesProcess) {

    /** Copies the set. */
    public Settings {
      algorithms = Set.copyOf(algorithms);
    }
  }

  private final Settings settings;
  private final DpopNonces nonces;
  private final SharedStore store;
  private final InstantSource clock;
  private final Instant started;

  /**
   * Begins now.
   *
   * @param settings what holds for every proof
   * @param key of which nonces are made
   * @param store remembers the proofs that were used
   * @param clock the time
   */
  public DpopProofs(Settings settings, NonceKey key, SharedStore store, InstantSource clock) {
    this.settings = settings;
    this.nonces = new DpopNonces(key);
    this.store = store;
    this.clock = clock;
    this.started = clock.instant();
  }

  /**
   * The nonce that clients should use from now on.
   *
   * @return letters, digits, hyphens and underscores
   */
  public String nonce() {
    return nonces.current(clock.instant());
  }

  /**
   * Judges the proof of a request whose token is good. A proof that is good counts as used.
   *
   * @param request what the proof has to fit
   * @return proven, refused or undecided
   */
  public DpopVerdict judge(DpopRequest request) {
    Optional<DpopProof> proof = DpopProof.read(request.proofs());
    if (proof.isEmpty()) {
      return refused("there is not exactly one well-formed proof");
    }
    Instant now = clock.instant();
    Optional<String> broken =
        DpopRules.broken(new DpopRules.Case(proof.get(), request, settings, now));
    if (broken.isPresent()) {
      return refused(broken.get());
    }
    Optional<String> thumbprint = proof.get().thumbprint();
    if (thumbprint.isEmpty()) {
      return refused("jwk has a member that is no plain base64url");
    }
    if (!DpopRules.isSame(thumbprint.get(), request.thumbprint())) {
      return new DpopVerdict.Refused(Denial.SENDER_CONSTRAINT, "the token is bound to another key");
    }
    return fresh(proof.get(), thumbprint.get(), now);
  }

  private DpopVerdict fresh(DpopProof proof, String thumbprint, Instant now) {
    Optional<String> nonce = proof.claims().text("nonce");
    boolean good = nonce.isPresent() && nonces.isGood(nonce.get(), now);
    if (!good && (settings.nonceDemanded() || mayBeFromBefore(proof))) {
      return new DpopVerdict.Refused(Denial.USE_DPOP_NONCE, "nonce is missing, wrong or too old");
    }
    boolean old = good && !nonces.isCurrent(nonce.get(), now);
    return settings.replayRefused()
        ? once(proof, thumbprint, now, old)
        : new DpopVerdict.Proven(old);
  }

  private boolean mayBeFromBefore(DpopProof proof) {
    return settings.replayRefused()
        && !settings.storeOutlivesProcess()
        && issued(proof).isBefore(Instant.ofEpochSecond(started.getEpochSecond()));
  }

  private DpopVerdict once(DpopProof proof, String thumbprint, Instant now, boolean old) {
    // Hashed, so that neither length nor characters of a jti matter to the store.
    String key = "dpop:" + thumbprint + ":" + Sha256.base64Url(proof.text("jti"));
    // Until no clock takes the proof any more, also if its iat is in the future.
    Instant end = issued(proof).plus(settings.window()).plus(settings.clockSkew()).plusSeconds(1);
    try {
      return store.putIfAbsent(key, Duration.between(now, end))
          ? new DpopVerdict.Proven(old)
          : refused("the proof was used before");
    } catch (RuntimeException e) {
      // The message could hold the key.
      return new DpopVerdict.Undecided("replay store: " + e.getClass().getName());
    }
  }

  private static Instant issued(DpopProof proof) {
    return NumericDate.floor(proof.claims().value("iat"));
  }

  private static DpopVerdict refused(String detail) {
    return new DpopVerdict.Refused(Denial.INVALID_DPOP_PROOF, detail);
  }
}
