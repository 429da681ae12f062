package dev.countersign.sample.customframework;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.countersign.ResourceServer;
import dev.countersign.oauth.AccessToken;
import java.io.IOException;
import java.util.Optional;

/**
 * The engine in front of an application.
 *
 * @param engine judges every exchange
 * @param application runs for those that are admitted
 */
public record ProtectedHandler(ResourceServer engine, Application application)
    implements HttpHandler {

  /** What the gate protects. */
  @FunctionalInterface
  public interface Application {

    /**
     * Handles an exchange.
     *
     * @param exchange the exchange of the server
     * @param accessToken the validated token; empty on a public path
     * @throws IOException if the response cannot be written
     */
    void handle(HttpExchange exchange, Optional<AccessToken> accessToken) throws IOException;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    HttpServerExchange judged = new HttpServerExchange(exchange);
    if (engine.admit(judged)) {
      application.handle(judged.admitted(), judged.accessToken());
    }
  }
}
