package dev.countersign.internal;

import java.lang.reflect.Method;
import java.net.http.HttpClient;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has one client, made when it is first needed: TLS takes its time to load, and a start-up should
 * not wait for it. A client whose own thread has ended answers nothing ever after; another one
 * takes its place. Thread-safe.
 */
final class ClientSlot implements AutoCloseable {

  // Both are there since JDK 21.
  private static final Optional<Method> IS_TERMINATED = method("isTerminated");
  private static final Optional<Method> SHUTDOWN_NOW = method("shutdownNow");

  private final Supplier<HttpClient> maker;
  private final AtomicReference<@Nullable HttpClient> client = new AtomicReference<>();
  private volatile boolean closed;

  ClientSlot(Supplier<HttpClient> maker) {
    this.maker = maker;
  }

  private static Optional<Method> method(String name) {
    try {
      return Optional.of(HttpClient.class.getMethod(name));
    } catch (NoSuchMethodException e) {
      assert Runtime.version().feature() < 21 : name + " is gone";
      return Optional.empty();
    }
  }

  /** The client; a new one if there is none, or if it says that it has ended. */
  HttpClient current() {
    HttpClient made = client.get();
    if (made != null
        && IS_TERMINATED.isPresent()
        && Boolean.TRUE.equals(call(IS_TERMINATED.get(), made))) {
      discard(made);
      made = client.get();
    }
    return made == null ? make() : made;
  }

  private HttpClient make() {
    HttpClient mine = maker.get();
    HttpClient other = client.compareAndExchange(null, mine);
    if (closed && client.compareAndSet(mine, null)) {
      // Closed while it was made.
      shutDown(mine);
    }
    return other == null ? mine : other;
  }

  /** Lets go of a client, unless another one has taken its place already. */
  void discard(HttpClient dead) {
    client.compareAndSet(dead, null);
  }

  @Override
  public void close() {
    closed = true;
    HttpClient open = client.getAndSet(null);
    if (open != null) {
      shutDown(open);
    }
  }

  // Before JDK 21 its thread ends when nobody refers to the client any more.
  private static void shutDown(HttpClient open) {
    SHUTDOWN_NOW.ifPresent(method -> call(method, open));
  }

  private static @Nullable Object call(Method method, HttpClient client) {
    try {
      return method.invoke(client);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }
}
