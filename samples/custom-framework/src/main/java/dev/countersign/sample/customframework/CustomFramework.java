package dev.countersign.sample.customframework;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.countersign.ResourceServer;
import dev.countersign.config.ConfigException;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.config.SettingSource;
import dev.countersign.http.BearerChallenge;
import dev.countersign.oauth.AccessToken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** An endpoint on the HttpServer of the JDK, protected by the engine. */
public final class CustomFramework {

  private CustomFramework() {}

  /**
   * Starts the server; the settings come from system properties and environment.
   *
   * @param args the port; 8080 if there is none
   * @throws IOException if the port is taken
   */
  public static void main(String[] args) throws IOException {
    try {
      ResourceServer engine = ResourceServer.create(ResourceServerConfig.read(SettingSource.all()));
      HttpServer server = start(args.length == 0 ? 8080 : Integer.parseInt(args[0]), engine);
      System.out.println("listening on port " + server.getAddress().getPort());
    } catch (ConfigException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  static HttpServer start(int port, ResourceServer engine) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    HttpServer server = HttpServer.create(address, 0);
    server.createContext("/", new ProtectedHandler(engine, CustomFramework::answer));
    server.start();
    return server;
  }

  // The challenge builder alone: an application that finds out by itself that it needs more scope.
  private static void answer(HttpExchange exchange, Optional<AccessToken> accessToken)
      throws IOException {
    boolean mayWrite =
        accessToken.stream().anyMatch(t -> t.scope().tokens().contains("notes:write"));
    if (exchange.getRequestMethod().equals("PUT") && !mayWrite) {
      String challenge =
          BearerChallenge.builder()
              .error("insufficient_scope")
              .scope("notes:write")
              .resourceMetadata("https://mcp.example.com/.well-known/oauth-protected-resource/mcp")
              .errorDescription("Writing a note needs more scope")
              .build()
              .toString();
      exchange.getResponseHeaders().add("WWW-Authenticate", challenge);
      exchange.sendResponseHeaders(403, -1);
    } else {
      String name = accessToken.map(AccessToken::subject).orElse("nobody");
      byte[] body = ("hello " + name).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }
}
