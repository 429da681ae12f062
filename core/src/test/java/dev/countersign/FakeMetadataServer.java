package dev.countersign;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An authorization server on the loopback that has nothing but documents. */
final class FakeMetadataServer implements AutoCloseable {

  static final String OAUTH = "/.well-known/oauth-authorization-server";

  final Map<String, byte[]> documents = new ConcurrentHashMap<>();
  final AtomicInteger requests = new AtomicInteger();

  /** As long as it is above zero, requests wait. */
  volatile CountDownLatch gate = new CountDownLatch(0);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  FakeMetadataServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** A document whose white space and members must survive. */
  String serve(String path) {
    String document = "{ \"issuer\" : \"" + issuer() + "\",\n \"x_caf\u00e9\":[1.0,\"\\u0041\"] }";
    documents.put(path, document.getBytes(StandardCharsets.UTF_8));
    return document;
  }

  /** The key of RFC 7517 appendix A.1, at {@code /jwks}. */
  void publishKeys() {
    String keys =
        """
        {"keys":[{"kty":"EC","crv":"P-256","kid":"1","use":"sig","alg":"ES256",
         "x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
         "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}]}\
        """;
    documents.put("/jwks", keys.getBytes(StandardCharsets.UTF_8));
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    byte[] document = documents.get(exchange.getRequestURI().getPath());
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(
        document == null ? 404 : 200, document == null ? -1 : document.length);
    if (document != null) {
      exchange.getResponseBody().write(document);
    }
    exchange.close();
  }

  @Override
  public void close() {
    gate.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
