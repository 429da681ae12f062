package dev.countersign.agent.adapter.jdk;

import com.sun.net.httpserver.HttpExchange;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * What is shown to a handler, of exchanges that are on their way through an authenticator of the
 * application: it reads the credentials and sets the principal, and takes none but the server's own
 * class. Thread-safe.
 */
final class BehindLogin {

  // Nothing of an exchange is held by what is shown of it.
  private static final Map<HttpExchange, Shown> WAITING =
      Collections.synchronizedMap(new WeakHashMap<>());

  private BehindLogin() {}

  static void keep(HttpExchange exchange, Shown shown) {
    WAITING.put(exchange, shown);
  }

  static Optional<Shown> take(HttpExchange exchange) {
    return Optional.ofNullable(WAITING.remove(exchange));
  }
}
