package dev.countersign.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.internal.FetchResult.Cause;
import dev.countersign.internal.FetchResult.Failed;
import dev.countersign.internal.FetchResult.Fetched;
import dev.countersign.internal.RawServer.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpFetcherTest {

  private static final int MAX = 1000;
  private static final String JSON = "Content-Type: application/json\r\n";

  /** With plenty of time, for tests in which time is not the question. */
  private static final HttpFetcher.Limits LIMITS =
      new HttpFetcher.Limits(Duration.ofSeconds(20), MAX, true, false);

  private final HttpFetcher fetcher = new HttpFetcher(LIMITS);
  private final HttpFetcher hasty =
      new HttpFetcher(new HttpFetcher.Limits(Duration.ofMillis(300), MAX, true, false));

  @AfterEach
  void close() {
    fetcher.close();
    hasty.close();
  }

  private static Failed failed(FetchResult result) {
    return assertInstanceOf(Failed.class, result);
  }

  private Failed failureOf(RawServer server) {
    try (server) {
      return failed(fetcher.get(server.uri()));
    }
  }

  private byte[] bodyOf(RawServer server) {
    try (server) {
      FetchResult result = fetcher.get(server.uri());
      return assertInstanceOf(Fetched.class, result, result::toString).body();
    }
  }

  @Test
  void fetchesADocument() {
    try (RawServer server =
        RawServer.serving(JSON + "Cache-Control: max-age=60\r\nX: y\r\n", "{}")) {
      Fetched fetched = assertInstanceOf(Fetched.class, fetcher.get(server.uri()));

      assertArrayEquals("{}".getBytes(StandardCharsets.UTF_8), fetched.body());
      assertEquals("max-age=60", fetched.field("cache-control"));
      assertEquals("", fetched.field("x"));
      String request = server.requests.get(0);
      assertTrue(request.startsWith("GET /doc HTTP/1.1\r\n"), request);
      assertTrue(request.contains("Accept: application/json\r\n"), request);
      for (String unwanted : List.of("Upgrade", "Cookie", "Authorization", "Accept-Encoding")) {
        assertFalse(request.contains(unwanted), request);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/jwk-set+json; charset=utf-8",
        "Application/JSON",
        "text/plain",
        "application/octet-stream"
      })
  void acceptsWhatMayBeJson(String type) {
    assertEquals(2, bodyOf(RawServer.serving("Content-Type: " + type + "\r\n", "{}")).length);
    assertEquals(2, bodyOf(RawServer.serving("", "{}")).length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/html", "text/html; charset=utf-8", "application/xml", "image/png", "json"})
  void KS12_refusesAPage(String type) {
    assertEquals(
        Cause.CONTENT,
        failureOf(RawServer.serving("Content-Type: " + type + "\r\n", "<html>")).cause());
  }

  @Test
  void KS9_O06_refusesPackedContent() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(new byte[500_000]);
    }
    assertTrue(packed.size() < MAX, packed.size() + " bytes");
    String head = "Content-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n\r\n";
    RawServer server =
        new RawServer(
            out -> {
              out.write(utf8("HTTP/1.1 200 OK\r\n" + JSON + head));
              out.write(packed.toByteArray());
            });

    assertEquals(Cause.CONTENT, failureOf(server).cause());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void KS9_O06_stopsAtTheLimit() {
    assertEquals(MAX, bodyOf(RawServer.serving(JSON, "x".repeat(MAX))).length);
    assertEquals(Cause.TOO_LARGE, failureOf(RawServer.serving(JSON, "x".repeat(MAX + 1))).cause());
  }

  @Test
  void KS9_O06_hangsUpOnAnEndlessBody() throws InterruptedException {
    CountDownLatch hungUp = new CountDownLatch(1);
    Script endless =
        out -> {
          out.write(utf8("HTTP/1.1 200 OK\r\n" + JSON + "Transfer-Encoding: chunked\r\n\r\n"));
          try {
            while (true) {
              out.write(utf8("400\r\n" + "x".repeat(1024) + "\r\n"));
            }
          } catch (IOException e) {
            hungUp.countDown();
            throw e;
          }
        };

    assertEquals(Cause.TOO_LARGE, failureOf(new RawServer(endless)).cause());
    assertTrue(hungUp.await(20, TimeUnit.SECONDS));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void KS10_SS5_O06_followsNoRedirect(int status) {
    try (RawServer target = RawServer.serving(JSON, "{}");
        RawServer server =
            RawServer.sending(
                "HTTP/1.1 "
                    + status
                    + " Moved\r\nLocation: "
                    + target.uri()
                    + "\r\nContent-Length: 0\r\n\r\n")) {
      Failed failed = failed(fetcher.get(server.uri()));

      assertEquals(new Failed(Cause.REDIRECT, status, Duration.ZERO), failed);
      assertEquals(List.of(), target.requests);
      assertEquals(1, server.requests.size());
    }
  }

  private record Status(int status, Cause cause) {}

  static Stream<Status> statuses() {
    return Stream.of(
        new Status(201, Cause.STATUS),
        new Status(204, Cause.STATUS),
        new Status(206, Cause.STATUS),
        new Status(304, Cause.REDIRECT),
        new Status(401, Cause.ABSENT),
        new Status(403, Cause.ABSENT),
        new Status(404, Cause.ABSENT),
        new Status(408, Cause.STATUS),
        new Status(410, Cause.ABSENT),
        new Status(429, Cause.STATUS),
        new Status(500, Cause.STATUS),
        new Status(503, Cause.STATUS));
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void KS11_usesNothingButAStatusOf200(Status one) {
    String body = one.status() == 204 || one.status() == 304 ? "" : "{}";
    String length = body.isEmpty() ? "" : "Content-Length: 2\r\n";
    Failed failed =
        failureOf(
            RawServer.sending(
                "HTTP/1.1 " + one.status() + " X\r\n" + JSON + length + "\r\n" + body));

    assertEquals(new Failed(one.cause(), one.status(), Duration.ZERO), failed);
  }

  @Test
  void KS11_reportsHowLongTheServerAsksToBeLeftAlone() {
    String head = "HTTP/1.1 429 X\r\nContent-Length: 0\r\nRetry-After: ";

    assertEquals(
        Duration.ofSeconds(7), failureOf(RawServer.sending(head + "7\r\n\r\n")).retryAfter());
    for (String odd : List.of("-7", "x", "", "99999999999", "Wed, 21 Oct 2026 07:28:00 GMT")) {
      assertEquals(
          Duration.ZERO, failureOf(RawServer.sending(head + odd + "\r\n\r\n")).retryAfter());
    }
  }

  @Test
  void KS6_abortsADripAtTheDeadlineOfTheWhole() {
    Script drip =
        out -> {
          out.write(utf8("HTTP/1.1 200 OK\r\n" + JSON + "Content-Length: 500\r\n\r\n"));
          for (int sent = 0; sent < 500; sent++) {
            out.write(' ');
            out.flush();
            pause(50);
          }
        };

    deadlineHolds(new RawServer(drip));
  }

  @Test
  void KS7_abortsASilentServerAtTheDeadline() {
    RawServer[] silent = new RawServer[1];
    silent[0] = new RawServer(out -> silent[0].closing.await());

    deadlineHolds(silent[0]);
  }

  @Test
  void KS24_abortsASilentHandshakeAtTheDeadline() {
    RawServer silent = RawServer.sending("");
    try (silent) {
      // The server waits for the end of a head that never comes, and says nothing to the hello of
      // TLS.
      assertEquals(
          new Failed(Cause.DEADLINE),
          hasty.get(URI.create("https://127.0.0.1:" + silent.port() + "/")));
    }
  }

  /** Waits without holding anything, as a slow server does. */
  private static void pause(long millis) throws InterruptedException {
    new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
  }

  private void deadlineHolds(RawServer server) {
    try (server) {
      long start = System.nanoTime();
      assertEquals(new Failed(Cause.DEADLINE), hasty.get(server.uri()));
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);

      assertTrue(millis >= 290 && millis < 5000, millis + " ms");
    }
  }

  static Stream<String> brokenResponses() {
    return Stream.of(
        "",
        "garbage\r\n\r\n",
        "HTTP/1.1 200 OK\r\n" + JSON + "Content-Length: 100\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\n" + JSON + "Content-Length: x\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\n" + JSON + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}",
        "HTTP/1.1 200 OK\r\n" + JSON + "Transfer-Encoding: chunked\r\n\r\n5\r\n{}",
        "HTTP/1.1 200 OK\r\n");
  }

  @ParameterizedTest
  @MethodSource("brokenResponses")
  void KS7_KS8_survivesABrokenResponse(String response) {
    assertEquals(Cause.CONNECTION, failureOf(RawServer.sending(response)).cause());
  }

  @Test
  void KS7_survivesAServerThatIsNotThere() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    assertEquals(
        new Failed(Cause.CONNECTION), fetcher.get(URI.create("http://127.0.0.1:" + port + "/")));
  }

  @Test
  void survivesANameThatDoesNotResolve() {
    assertEquals(
        new Failed(Cause.UNKNOWN_HOST), fetcher.get(URI.create("https://no-such-host.invalid/")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://id.example/",
        "file:///etc/passwd",
        "jar:file:/x!/y",
        "mailto:a@b",
        "/path",
        "https:/id.example",
        "https://u:p@id.example/",
        "https://id.example/#f",
        "https://id.example./",
        "https://id.example:0/",
        "https://id.example:65536/",
        "HTTPS://id.example/",
        "https://0x7f.1/",
        "https://a_b/"
      })
  void SS6_asksNothingButPlainHttpsUrls(String uri) {
    assertEquals(new Failed(Cause.URL), fetcher.get(URI.create(uri)));
  }

  @Test
  void SS3_asksNoPrivateAddressUnlessAllowed() {
    try (RawServer server = RawServer.serving(JSON, "{}");
        HttpFetcher guarded = new HttpFetcher(HttpFetcher.Limits.DEFAULT)) {
      for (String host : List.of("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]")) {
        URI https = URI.create("https://" + host + ":" + server.port() + "/");
        assertEquals(new Failed(Cause.PRIVATE_ADDRESS), guarded.get(https), host);
        URI http = URI.create("http://" + host + ":" + server.port() + "/");
        assertEquals(new Failed(Cause.URL), guarded.get(http), host);
      }
      for (String host :
          List.of("10.0.0.1", "169.254.169.254", "192.168.1.1", "[fc00::1]", "0.0.0.0")) {
        assertEquals(
            new Failed(Cause.PRIVATE_ADDRESS),
            guarded.get(URI.create("https://" + host + "/")),
            host);
        assertEquals(new Failed(Cause.URL), fetcher.get(URI.create("http://" + host + "/")), host);
      }
      // 127.0.0.1 and 10.0.0.1 as one number.
      for (String host : List.of("2130706433", "167772161")) {
        URI uri = URI.create("https://" + host + ":" + server.port() + "/");
        assertEquals(new Failed(Cause.PRIVATE_ADDRESS), guarded.get(uri), host);
      }
      assertEquals(List.of(), server.requests);
    }
  }

  @Test
  void KS25_takesNoProxyFromTheEnvironment() {
    ProxySelector before = ProxySelector.getDefault();
    List<URI> asked = new ArrayList<>();
    ProxySelector.setDefault(
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            asked.add(uri);
            return List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", 9)));
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, IOException fault) {
            asked.add(uri);
          }
        });
    try {
      assertEquals(2, bodyOf(RawServer.serving(JSON, "{}")).length);
      assertEquals(List.of(), asked);
    } finally {
      ProxySelector.setDefault(before);
    }
  }

  @Test
  void refusesACertificateThatNobodyTrusts(@TempDir Path directory) throws Exception {
    SSLContext own = selfSigned(directory.resolve("store"));
    try (RawServer server =
        new RawServer(
            own.getServerSocketFactory(), out -> out.write(utf8("HTTP/1.1 200 OK\r\n\r\n{}")))) {
      URI uri = URI.create("https://localhost:" + server.port() + "/");

      assertEquals(new Failed(Cause.TLS), fetcher.get(uri));
      assertTrue(server.requests.stream().allMatch(String::isEmpty));
    }
  }

  static SSLContext selfSigned(Path store) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "k",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    keytool.getInputStream().readAllBytes();
    assertEquals(0, keytool.waitFor());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @Test
  void SS9_aFailureHoldsNothingOfThePeer() {
    for (String response :
        List.of(
            "HTTP/1.1 500 canary\r\nX: canary\r\nContent-Length: 6\r\n\r\ncanary",
            "canary\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: canary\r\n\r\n",
            "HTTP/1.1 302 canary\r\nLocation: http://canary/\r\nContent-Length: 0\r\n\r\n")) {
      assertFalse(failureOf(RawServer.sending(response)).toString().contains("canary"));
    }
    assertEquals(
        "the status is not 200 (status 500)",
        new Failed(Cause.STATUS, 500, Duration.ZERO).toString());
  }

  @Test
  void KS40_survivesAConnectionThatTheServerHasClosed() {
    try (RawServer server = RawServer.serving(JSON, "{}")) {
      for (int round = 0; round < 5; round++) {
        assertInstanceOf(Fetched.class, fetcher.get(server.uri()));
      }
    }
  }

  @Test
  void KS33_anInterruptedCallerStaysInterrupted() {
    try (RawServer server = RawServer.serving(JSON, "{}")) {
      Thread.currentThread().interrupt();

      assertEquals(new Failed(Cause.CLOSED), fetcher.get(server.uri()));
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void closingEndsEveryFetch() throws Exception {
    RawServer[] silent = new RawServer[1];
    CountDownLatch asked = new CountDownLatch(1);
    silent[0] =
        new RawServer(
            out -> {
              asked.countDown();
              silent[0].closing.await();
            });
    ExecutorService caller = Executors.newSingleThreadExecutor();
    try (RawServer server = silent[0]) {
      HttpFetcher closed = new HttpFetcher(LIMITS);
      Future<FetchResult> pending = caller.submit(() -> closed.get(server.uri()));
      assertTrue(asked.await(20, TimeUnit.SECONDS));
      long started = System.nanoTime();
      closed.close();

      failed(pending.get(30, TimeUnit.SECONDS));
      assertTrue(System.nanoTime() - started < Duration.ofSeconds(15).toNanos());
      assertEquals(new Failed(Cause.CLOSED), closed.get(server.uri()));
    } finally {
      caller.shutdownNow();
    }
  }

  @Test
  void twoFetchersDoNotHoldEachOtherUp() throws Exception {
    RawServer[] silent = new RawServer[1];
    silent[0] = new RawServer(out -> silent[0].closing.await());
    ExecutorService caller = Executors.newFixedThreadPool(20);
    try (RawServer hanging = silent[0];
        RawServer quick = RawServer.serving(JSON, "{}")) {
      for (int count = 0; count < 20; count++) {
        caller.submit(() -> fetcher.get(hanging.uri()));
      }

      assertInstanceOf(Fetched.class, fetcher.get(quick.uri()));
    } finally {
      fetcher.close();
      caller.shutdownNow();
    }
  }

  @Test
  void aResponseOfAnotherVersionIsRead() {
    assertEquals(2, bodyOf(RawServer.sending("HTTP/1.0 200 OK\r\n" + JSON + "\r\n{}")).length);
  }
}
