import com.sun.net.httpserver.Authenticator;
import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpPrincipal;
import com.sun.net.httpserver.HttpServer;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What the HttpServer of the JDK tells an application of its user, with and without a login. */
public final class LoginServer {

  public static void main(String[] arguments) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    HttpHandler handler = LoginServer::answer;
    HttpContext login = server.createContext("/login", handler);
    login.setAuthenticator(
        new BasicAuthenticator("own") {
          @Override
          public boolean checkCredentials(String name, String password) {
            return true;
          }
        });
    server.createContext("/cookie", handler).setAuthenticator(new ByCookie());
    HttpContext wrapped = server.createContext("/wrapped", LoginServer::answerWithTools);
    wrapped.setAuthenticator(new ByCookie());
    wrapped.getFilters().add(new Wrapping());
    server.createContext("/mcp", handler);
    server.createContext("/stream", LoginServer::stream);
    server.start();
    if (Boolean.getBoolean("late")) {
      server.createContext("/", handler);
    }
    System.out.println("probe http://localhost:" + server.getAddress().getPort());
    System.in.read();
    System.exit(0);
  }

  /** A login that needs no field that the agent looks at. */
  private static final class ByCookie extends Authenticator {

    @Override
    public Result authenticate(HttpExchange exchange) {
      String cookie = exchange.getRequestHeaders().getFirst("Cookie");
      return cookie == null ? new Failure(403) : new Success(new HttpPrincipal(cookie, "own"));
    }
  }

  /** Puts an output of its own around that of the server, and changes nothing. */
  private static final class Wrapping extends Filter {

    @Override
    public String description() {
      return "wraps";
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
      exchange.setStreams(null, new FilterOutputStream(exchange.getResponseBody()));
      chain.doFilter(exchange);
    }
  }

  private static void answerWithTools(HttpExchange exchange) throws IOException {
    byte[] body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[{\"name\":\"delete_file\"}]}}"
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  // Leaves the body of the request to the server, which reads it when the exchange is closed.
  private static void stream(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write("data: one\n\n".getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
    exchange.close();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    Object claims = exchange.getAttribute("dev.countersign.claims");
    String user = exchange.getPrincipal() == null ? "" : exchange.getPrincipal().getUsername();
    String subject = claims instanceof Map<?, ?> map ? String.valueOf(map.get("sub")) : "";
    String shared =
        String.valueOf(exchange.getHttpContext().getAttributes().get("dev.countersign.claims"));
    String credentials = exchange.getRequestHeaders().containsKey("Authorization") ? "!" : "";
    byte[] body =
        (user + " " + subject + " " + shared + credentials).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
