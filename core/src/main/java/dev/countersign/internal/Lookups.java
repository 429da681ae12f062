package dev.countersign.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;

/**
 * Looks up the addresses of hosts. A resolver that hangs is not asked again for the same name, so
 * that it holds one thread for each name. Thread-safe.
 */
final class Lookups {

  /** Finds the addresses of a host. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  private final Executor threads;
  private final Resolver resolver;
  private final ConcurrentMap<String, CompletableFuture<InetAddress[]>> running =
      new ConcurrentHashMap<>();

  Lookups(Executor threads, Resolver resolver) {
    this.threads = threads;
    this.resolver = resolver;
  }

  /** What the running look-up of a host brings, or a new one. */
  CompletableFuture<InetAddress[]> lookUp(String host) {
    CompletableFuture<InetAddress[]> mine = new CompletableFuture<>();
    CompletableFuture<InetAddress[]> other = running.putIfAbsent(host, mine);
    if (other != null) {
      return other;
    }
    try {
      threads.execute(() -> resolve(host, mine));
    } catch (RuntimeException | Error e) {
      // Without a thread it would never end.
      fail(host, mine, e);
    }
    return mine;
  }

  // Taken away first, so that nobody who comes later gets an answer of before.
  private void resolve(String host, CompletableFuture<InetAddress[]> mine) {
    try {
      InetAddress[] found = resolver.addresses(host);
      running.remove(host, mine);
      mine.complete(found);
    } catch (UnknownHostException | RuntimeException | Error e) {
      fail(host, mine, e);
    }
  }

  private void fail(String host, CompletableFuture<InetAddress[]> mine, Throwable fault) {
    running.remove(host, mine);
    mine.completeExceptionally(fault);
  }
}
