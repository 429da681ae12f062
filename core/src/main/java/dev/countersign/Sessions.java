package dev.countersign;

import dev.countersign.internal.Digests;
import dev.countersign.spi.SharedStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The sessions that the application has begun, each of which is its first caller's alone. What this
 * node does not know, the shared store may. A session that nobody knows, or not any more, is
 * refused: it never becomes the session of whoever names it. Thread-safe.
 */
final class Sessions {

  private static final Logger LOG = System.getLogger("dev.countersign");

  // About 50 MB at worst.
  private static final int MOST = 100_000;
  private static final int MOST_PER_USER = 1_000;

  /** What the session of a request is to its caller. */
  enum Standing {
    /** Nobody knows it. */
    UNKNOWN,
    OWN,
    ANOTHERS
  }

  private final SessionBindings here;
  private final Optional<SharedStore> store;
  private final Duration life;
  private final InstantSource clock;
  private final AtomicBoolean any;

  Sessions(Optional<SharedStore> store, Duration life, InstantSource clock) {
    this(new SessionBindings(MOST, MOST_PER_USER, clock), store, life, clock);
  }

  Sessions(SessionBindings here, Optional<SharedStore> store, Duration life, InstantSource clock) {
    this(here, new AtomicBoolean(), store, life, clock);
  }

  private Sessions(
      SessionBindings here,
      AtomicBoolean any,
      Optional<SharedStore> store,
      Duration life,
      InstantSource clock) {
    this.here = here;
    this.any = any;
    this.store = store;
    this.life = life;
    this.clock = clock;
  }

  /** The same sessions under another configuration. */
  Sessions under(Optional<SharedStore> other, Duration otherLife) {
    return new Sessions(here, any, other, otherLife, clock);
  }

  /** Whether {@link #standing} and {@link #bind} may ask something outside of this process. */
  boolean mayBlock() {
    return store.isPresent();
  }

  /** Whether the application has ever begun a session. */
  boolean any() {
    return any.get();
  }

  /**
   * Takes note of a session that the application has begun.
   *
   * @throws dev.countersign.spi.StoreUnavailableException if only this node could take note
   */
  void bind(String id, Caller caller) {
    any.set(true);
    if (!here.bind(id, caller, life)) {
      LOG.log(
          Level.WARNING,
          "the application has given one session to two users; it stays the first one's");
      return;
    }
    if (store.isPresent()) {
      share(store.get(), id, caller);
    }
  }

  // Two keys: the first says that somebody has it, the second one who.
  private void share(SharedStore shared, String id, Caller caller) {
    String session = Digests.of(id);
    String own = ownKey(caller, session);
    if (shared.putIfAbsent(knownKey(session), life)
        || shared.contains(own)
        || takesOver(shared, session)) {
      shared.put(knownKey(session), life);
      shared.put(own, life);
    } else {
      here.remove(id);
    }
  }

  private static boolean takesOver(SharedStore shared, String session) {
    String nobodys = ownKey(Caller.NOBODY, session);
    boolean free = shared.contains(nobodys);
    if (free) {
      shared.remove(nobodys);
    }
    return free;
  }

  private static String knownKey(String session) {
    return "session:known:" + session;
  }

  private static String ownKey(Caller caller, String session) {
    return "session:" + caller.digest() + ":" + session;
  }

  /**
   * What a session is to a caller.
   *
   * @throws dev.countersign.spi.StoreUnavailableException if nobody on this node knows
   */
  Standing standing(String id, Caller caller) {
    Optional<SessionBindings.Bound> bound = here.use(id, life);
    if (bound.isEmpty()) {
      return store.isPresent() ? elsewhere(store.get(), id, caller) : Standing.UNKNOWN;
    }
    boolean own = bound.get().caller().equals(caller);
    if (own && !(store.isPresent() && isOld(bound.get()))) {
      return Standing.OWN;
    }
    if (own || bound.get().caller().equals(Caller.NOBODY)) {
      bind(id, caller);
      return ownerOf(id).equals(Optional.of(caller)) ? Standing.OWN : Standing.ANOTHERS;
    }
    return Standing.ANOTHERS;
  }

  // The store forgets it after a life, however often it is used here.
  private boolean isOld(SessionBindings.Bound bound) {
    return bound.since().plus(life.dividedBy(8)).isBefore(clock.instant());
  }

  private Optional<Caller> ownerOf(String id) {
    return here.use(id, life).map(SessionBindings.Bound::caller);
  }

  private Standing elsewhere(SharedStore shared, String id, Caller caller) {
    String session = Digests.of(id);
    if (!shared.contains(knownKey(session))) {
      return Standing.UNKNOWN;
    }
    boolean nobodys = shared.contains(ownKey(Caller.NOBODY, session));
    if (!nobodys && !shared.contains(ownKey(caller, session))) {
      return Standing.ANOTHERS;
    }
    bind(id, caller);
    return ownerOf(id).equals(Optional.of(caller)) ? Standing.OWN : Standing.ANOTHERS;
  }

  /** Forgets a session that the application has ended. */
  void remove(String id, Caller caller) {
    here.remove(id);
    store.ifPresent(
        shared -> {
          String session = Digests.of(id);
          shared.remove(knownKey(session));
          shared.remove(ownKey(caller, session));
        });
  }
}
