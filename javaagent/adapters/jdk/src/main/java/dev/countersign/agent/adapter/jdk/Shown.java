package dev.countersign.agent.adapter.jdk;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import com.sun.net.httpserver.HttpsExchange;
import dev.countersign.agent.runtime.Principals;
import dev.countersign.spi.Admission;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the application sees of a request in another way than the server does, which lets nobody
 * change the fields.
 *
 * @param user who calls
 * @param fields the fields of the request
 */
record Shown(Optional<User> user, Headers fields) {

  static Shown after(HttpExchange exchange, Admission admission) {
    Headers fields = new Headers();
    fields.putAll(exchange.getRequestHeaders());
    admission.hidden().forEach(fields::remove);
    return new Shown(admission.accessToken().map(User::of), fields);
  }

  /** The user whom the application has logged in, or else the one of the token. */
  @Nullable HttpPrincipal principal(HttpExchange exchange) {
    HttpPrincipal own = exchange.getPrincipal();
    return own == null ? user.map(User::principal).orElse(null) : own;
  }

  /** The claims, or an attribute of the context. */
  @Nullable Object attribute(HttpExchange exchange, String name) {
    return Principals.ATTRIBUTE.equals(name) && user.isPresent()
        ? user.get().claims()
        : exchange.getAttribute(name);
  }

  /** The exchange for the application. */
  HttpExchange on(HttpExchange exchange) {
    return exchange instanceof HttpsExchange secure
        ? new AdmittedSecureExchange(secure, this)
        : new AdmittedExchange(exchange, this);
  }
}
