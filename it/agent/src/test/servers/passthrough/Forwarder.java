import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Sends what it is told to: the body of a request is the name of a client, a URI, and field lines,
 * each on a line. On a thread of its own, so that nothing can be known by the thread.
 */
public final class Forwarder {

  public static void main(String[] arguments) throws Exception {
    // Loaded even if nobody speaks HTTP/2.
    Class.forName("org.apache.hc.core5.http2.impl.nio.ClientH2StreamHandler");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", Forwarder::forward);
    server.start();
    System.out.println("probe http://localhost:" + server.getAddress().getPort());
    System.in.read();
    System.exit(0);
  }

  private static void forward(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
    List<String> lines = body.lines().toList();
    List<String[]> fields = new ArrayList<>();
    for (String line : lines.subList(2, lines.size())) {
      fields.add(line.split(": ", 2));
    }
    byte[] answer =
        CompletableFuture.supplyAsync(() -> outcome(lines.get(0), lines.get(1), fields))
            .join()
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, answer.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(answer);
    }
  }

  private static String outcome(String client, String uri, List<String[]> fields) {
    try {
      return "status " + Clients.valueOf(client).send(URI.create(uri), fields);
    } catch (Throwable e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      return cause.getClass().getName() + ": " + cause.getMessage();
    }
  }
}
