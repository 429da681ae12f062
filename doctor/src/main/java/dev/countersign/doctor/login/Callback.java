package dev.countersign.doctor.login;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The loopback redirect of a native client (RFC 8252 section 7.3): takes one answer. */
final class Callback implements AutoCloseable {

  private static final byte[] DONE =
      "<!doctype html><title>Done</title><p>You can close this page."
          .getBytes(StandardCharsets.UTF_8);

  private final HttpServer server;
  private final BlockingQueue<Map<String, String>> answers = new ArrayBlockingQueue<>(1);

  private Callback(HttpServer server) {
    this.server = server;
  }

  static Callback listen() throws IOException {
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    Callback callback = new Callback(server);
    server.createContext("/callback", callback::take);
    server.start();
    return callback;
  }

  String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/callback";
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
      exchange.sendResponseHeaders(200, DONE.length);
      exchange.getResponseBody().write(DONE);
    } finally {
      // After the page has left, because the server is stopped as soon as there is an answer.
      answers.offer(parameters(exchange.getRequestURI().getRawQuery()));
    }
  }

  private static Map<String, String> parameters(String query) {
    return Arrays.stream(String.valueOf(query).split("&"))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2)
        .collect(
            Collectors.toMap(
                pair -> decoded(pair[0]), pair -> decoded(pair[1]), (first, second) -> first));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** What the authorization server sent the browser back with; empty after the time. */
  Map<String, String> await(Duration patience) throws InterruptedException {
    Map<String, String> answer = answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    return answer == null ? Map.of() : answer;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
