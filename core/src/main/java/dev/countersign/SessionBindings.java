package dev.countersign;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which session belongs to whom, on this node. Bounded: when a user has too many, or there are too
 * many of all, the one that was used least recently is forgotten; then nobody knows it. One entry
 * takes about 500 bytes with an id of 36 characters. Thread-safe.
 */
final class SessionBindings {

  /**
   * A session of somebody.
   *
   * @param caller whose it is
   * @param since when it was bound, the last time
   */
  record Bound(Caller caller, Instant since) {}

  private static final class Entry {
    private final Bound bound;
    private Instant used;

    private Entry(Bound bound) {
      this.bound = bound;
      this.used = bound.since();
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  // The least recently used one first, in both.
  private final Map<String, Entry> byId = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Caller.User, Set<String>> byUser = new HashMap<>();
  private final int most;
  private final int mostPerUser;
  private final InstantSource clock;

  /**
   * None yet.
   *
   * @param most how many are kept, at least 4
   * @param mostPerUser how many of one user, at least 1
   * @param clock the time
   */
  SessionBindings(int most, int mostPerUser, InstantSource clock) {
    this.most = most;
    this.mostPerUser = mostPerUser;
    this.clock = clock;
  }

  /**
   * Binds a session, unless it belongs to another caller. Whoever logs in goes on with the session
   * of nobody that was begun before.
   */
  boolean bind(String id, Caller caller, Duration life) {
    Instant now = clock.instant();
    lock.lock();
    try {
      Entry known = alive(id, now, life);
      if (known != null && !isFree(known.bound.caller(), caller)) {
        return false;
      }
      forget(id);
      makeRoom(caller.user());
      byId.put(id, new Entry(new Bound(caller, now)));
      byUser.computeIfAbsent(caller.user(), user -> leastRecentlyUsedFirst()).add(id);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whose session it is, which counts as a use of it.
   *
   * @param life how long one is kept that is not used
   * @return empty if nobody knows it
   */
  Optional<Bound> use(String id, Duration life) {
    Instant now = clock.instant();
    lock.lock();
    try {
      Entry known = alive(id, now, life);
      if (known == null) {
        return Optional.empty();
      }
      known.used = now;
      Set<String> own = byUser.get(known.bound.caller().user());
      if (own != null) {
        // It is among them already, and becomes the last of them.
        own.add(id);
      }
      return Optional.of(known.bound);
    } finally {
      lock.unlock();
    }
  }

  void remove(String id) {
    lock.lock();
    try {
      forget(id);
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return byId.size();
    } finally {
      lock.unlock();
    }
  }

  private static Set<String> leastRecentlyUsedFirst() {
    return Collections.newSetFromMap(new LinkedHashMap<>(16, 0.75f, true));
  }

  private static boolean isFree(Caller holder, Caller caller) {
    return holder.equals(caller) || holder.equals(Caller.NOBODY);
  }

  // The life ends at its last instant.
  private @Nullable Entry alive(String id, Instant now, Duration life) {
    Entry known = byId.get(id);
    if (known == null || now.isBefore(known.used.plus(life))) {
      return known;
    }
    forget(id);
    return null;
  }

  private void makeRoom(Caller.User user) {
    Set<String> own = byUser.get(user);
    // All who come without a token are one user.
    int quota = user.equals(Caller.NOBODY.user()) ? most / 4 : mostPerUser;
    if (own != null && own.size() >= quota) {
      forget(own.iterator().next());
    }
    Iterator<String> eldest = byId.keySet().iterator();
    if (byId.size() >= most && eldest.hasNext()) {
      forget(eldest.next());
    }
  }

  private void forget(String id) {
    Entry gone = byId.remove(id);
    if (gone != null) {
      byUser.computeIfPresent(
          gone.bound.caller().user(),
          (user, own) -> {
            own.remove(id);
            return own.isEmpty() ? null : own;
          });
    }
  }

  /** Prints no session. */
  @Override
  public String toString() {
    return "SessionBindings[" + size() + " of " + most + "]";
  }
}
