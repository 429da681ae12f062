package dev.countersign.agent.adapter.jdk;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.countersign.spi.Admission;
import java.util.Optional;

/**
 * What the application sees of a request in another way than the server does, which lets nobody
 * change the fields.
 *
 * @param user who calls
 * @param fields the fields of the request
 */
record Shown(Optional<User> user, Headers fields) {

  static Shown of(HttpExchange exchange, Admission admission) {
    Headers fields = new Headers();
    fields.putAll(exchange.getRequestHeaders());
    admission.hidden().forEach(fields::remove);
    return new Shown(admission.accessToken().map(User::of), fields);
  }
}
