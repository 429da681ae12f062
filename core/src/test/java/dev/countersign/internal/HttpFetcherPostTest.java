package dev.countersign.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.countersign.internal.FetchResult.Cause;
import dev.countersign.internal.FetchResult.Failed;
import dev.countersign.internal.FetchResult.Fetched;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpFetcherPostTest {

  private final List<String> received = new CopyOnWriteArrayList<>();
  private final HttpFetcher fetcher =
      new HttpFetcher(new HttpFetcher.Limits(Duration.ofSeconds(20), 1000, true, false));
  private HttpServer server;
  private String contentType = "application/json";
  private int status = 200;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          received.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Content-Type")
                  + " "
                  + exchange.getRequestHeaders().getFirst("Accept")
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization")
                  + " "
                  + new String(body, StandardCharsets.UTF_8));
          exchange.getResponseHeaders().add("Content-Type", contentType);
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          exchange.sendResponseHeaders(status, 2);
          exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    fetcher.close();
  }

  private URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/introspect?x=1");
  }

  private FetchResult post(String accept) {
    return fetcher.post(
        new FormRequest(uri(), accept, Map.of("token", "a+b c&d"), Map.of("Authorization", "B x")));
  }

  @Test
  void I01_IN11_postsAForm() {
    Fetched fetched = assertInstanceOf(Fetched.class, post("application/json"));

    assertEquals("{}", new String(fetched.body(), StandardCharsets.UTF_8));
    assertEquals(
        List.of(
            "POST /introspect?x=1 application/x-www-form-urlencoded application/json B x"
                + " token=a%2Bb+c%26d"),
        received);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "Application/JSON; charset=utf-8"})
  void takesTheMediaTypeThatWasAskedFor(String type) {
    contentType = type;
    assertInstanceOf(Fetched.class, post("application/json"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/html", "text/plain", "application/x+json", "application/jsonp", "json", " "})
  void IN4_refusesEveryOtherMediaType(String type) {
    contentType = type;
    assertEquals(Cause.CONTENT, assertInstanceOf(Failed.class, post("application/json")).cause());
  }

  @Test
  void IN22_refusesJsonWhereAJwtWasAskedFor() {
    assertEquals(
        Cause.CONTENT,
        assertInstanceOf(Failed.class, post("application/token-introspection+jwt")).cause());
    contentType = "application/token-introspection+jwt";
    assertInstanceOf(Fetched.class, post("application/token-introspection+jwt"));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void SS5_SS7_sendsTheFormNowhereElse(int redirect) {
    status = redirect;
    assertEquals(Cause.REDIRECT, assertInstanceOf(Failed.class, post("application/json")).cause());
    assertEquals(1, received.size());
  }

  @Test
  void SS7_postsToNoForbiddenAddress() {
    try (HttpFetcher strict = new HttpFetcher(HttpFetcher.Limits.DEFAULT)) {
      URI secure = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");

      for (URI target : List.of(uri(), secure, URI.create("https://localhost:1/"))) {
        Failed failed =
            assertInstanceOf(
                Failed.class,
                strict.post(new FormRequest(target, "application/json", Map.of(), Map.of())));
        assertTrue(
            failed.cause() == Cause.URL || failed.cause() == Cause.PRIVATE_ADDRESS,
            failed::toString);
      }
    }
    assertEquals(List.of(), received);
  }

  // Connections are kept alive, and a server may close one at any time.
  @Test
  void triesABrokenConnectionOnceMore() {
    AtomicInteger count = new AtomicInteger();
    try (RawServer raw =
        new RawServer(
            out -> {
              if (count.incrementAndGet() > 1) {
                out.write(
                    ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 2\r\n\r\n{}")
                        .getBytes(StandardCharsets.UTF_8));
              }
            })) {
      FormRequest form = new FormRequest(raw.uri(), "application/json", Map.of(), Map.of());

      assertInstanceOf(Fetched.class, fetcher.post(form));
      assertEquals(2, count.get());
    }
  }

  @Test
  void triesNothingTwiceThatWasAnswered() {
    status = 500;
    assertEquals(Cause.STATUS, assertInstanceOf(Failed.class, post("application/json")).cause());
    assertEquals(1, received.size());
  }

  @Test
  void aFormPrintsNothingOfItsContent() {
    String text =
        new FormRequest(
                uri(), "a/b", Map.of("token", "secret-token"), Map.of("Authorization", "secret"))
            .toString();

    assertFalse(text.contains("secret"), text);
  }
}
