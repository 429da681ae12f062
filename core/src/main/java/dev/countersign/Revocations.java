package dev.countersign;

import dev.countersign.internal.Digests;
import dev.countersign.oauth.AccessToken;
import dev.countersign.spi.InMemorySharedStore;
import dev.countersign.spi.Revocation;
import dev.countersign.spi.Revocation.Kind;
import dev.countersign.spi.RevocationList;
import dev.countersign.spi.SharedStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The deny-list: what the application has revoked, on this node or on another one that shares the
 * store, and what the lists of the application say. The store learns no claim: its keys are
 * digests. Thread-safe.
 */
final class Revocations {

  private static final String PURPOSE = "revoked:";

  // About 150 MB at worst. When there is no more room the application is told, and nothing is
  // forgotten.
  private static final int MAX_LOCAL = 500_000;

  private final SharedStore store;
  private final boolean shared;
  private final List<RevocationList> lists;

  // Without a shared store nobody but this node revokes, and most servers never do.
  private final AtomicBoolean used;

  /**
   * A deny-list.
   *
   * @param shared the store of all nodes; empty to keep what is revoked on this node
   * @param clock the time, where there is no such store
   * @param lists further lists
   */
  Revocations(Optional<SharedStore> shared, InstantSource clock, List<RevocationList> lists) {
    // One of its own, which a flood of proofs cannot fill.
    this.store = shared.orElseGet(() -> new InMemorySharedStore(MAX_LOCAL, MAX_LOCAL, clock));
    this.shared = shared.isPresent();
    this.lists = List.copyOf(lists);
    this.used = new AtomicBoolean();
  }

  private Revocations(Revocations before, List<RevocationList> lists) {
    this.store = before.store;
    this.shared = false;
    this.lists = List.copyOf(lists);
    this.used = before.used;
  }

  /** The list under another configuration; what was revoked on this node stays so. */
  Revocations under(Optional<SharedStore> other, InstantSource clock, List<RevocationList> others) {
    return shared || other.isPresent()
        ? new Revocations(other, clock, others)
        : new Revocations(this, others);
  }

  void add(Revocation revocation, Duration life) {
    if (life.isNegative() || life.isZero()) {
      throw new IllegalArgumentException("the life of a revocation must be more than zero");
    }
    store.put(key(revocation.kind(), revocation.issuer(), revocation.value()), life);
    used.set(true);
  }

  void remove(Revocation revocation) {
    store.remove(key(revocation.kind(), revocation.issuer(), revocation.value()));
  }

  /** Whether {@link #find} asks something outside of this process, or of the application. */
  boolean mayBlock() {
    return shared || !lists.isEmpty();
  }

  /** The claim by which the token is revoked, or the name of a list; empty if it is not. */
  Optional<String> find(AccessToken token) {
    if (shared || used.get()) {
      for (String issuer : issuers(token)) {
        for (Kind kind : Kind.values()) {
          Optional<String> value = value(kind, token);
          if (value.isPresent() && store.contains(key(kind, issuer, value.get()))) {
            return Optional.of(kind.claim());
          }
        }
      }
    }
    boolean listed = !lists.isEmpty() && lists.stream().anyMatch(list -> list.isRevoked(token));
    return listed ? Optional.of("a list of the application") : Optional.empty();
  }

  /** Whether a revocation is about the token. */
  static boolean concerns(Revocation revocation, AccessToken token) {
    return issuers(token).contains(revocation.issuer())
        && value(revocation.kind(), token).equals(Optional.of(revocation.value()));
  }

  // A trusted issuer can stand for many, each with its own iss.
  private static Set<String> issuers(AccessToken token) {
    Set<String> issuers = new TreeSet<>(Set.of(token.issuer()));
    text(token, "iss").ifPresent(issuers::add);
    return issuers;
  }

  private static Optional<String> value(Kind kind, AccessToken token) {
    return switch (kind) {
      case SUBJECT -> Optional.of(token.subject());
      case CLIENT -> token.clientId();
      case TOKEN, SESSION -> text(token, kind.claim());
    };
  }

  private static Optional<String> text(AccessToken token, String claim) {
    return token.claims().get(claim) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  private static String key(Kind kind, String issuer, String value) {
    return PURPOSE + Digests.of(kind.claim(), issuer, value);
  }
}
