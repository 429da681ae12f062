package dev.countersign.agent.adapter.jdk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Gives every server a context for paths that the application has none for: the server answers
 * those by itself otherwise, those of the metadata among them. It goes when the application brings
 * its own.
 */
public final class HttpServerContexts implements Interceptor {

  private static final String ROOT = "/";
  private static final int NOT_FOUND = 404;

  // Servers whose root is ours. Shared by the hook points of start and of createContext.
  private static final Set<HttpServer> OURS =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  /**
   * An interceptor.
   *
   * @param engine not used
   */
  public HttpServerContexts(Engine engine) {
    // The requests come to the guard.
  }

  @Override
  public Object intercept(Call call) {
    HttpServer server = call.self(HttpServer.class);
    Object[] arguments = call.arguments();
    if (arguments.length == 0) {
      begin(server);
      return true;
    }
    if (ROOT.equals(arguments[0]) && OURS.remove(server)) {
      server.removeContext(ROOT);
    }
    return arguments;
  }

  private static void begin(HttpServer server) {
    try {
      server.createContext(ROOT, HttpServerContexts::notFound);
      OURS.add(server);
    } catch (IllegalArgumentException e) {
      // The application has one.
    }
  }

  // As the server does it.
  private static void notFound(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(NOT_FOUND, -1);
    exchange.close();
  }
}
