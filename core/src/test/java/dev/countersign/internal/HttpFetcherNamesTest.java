package dev.countersign.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.internal.FetchResult.Cause;
import dev.countersign.internal.FetchResult.Failed;
import dev.countersign.internal.HttpFetcher.Limits;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that do not resolve, resolve late, or resolve to something else the next time. */
class HttpFetcherNamesTest {

  private static final Limits QUICK = new Limits(Duration.ofMillis(300), 1024, false, false);
  private static final byte[] SOMEWHERE = {93, (byte) 184, (byte) 216, 34};

  @Test
  void KS22_aNameThatDoesNotResolveIsAskedForEachTime() {
    AtomicInteger asked = new AtomicInteger();
    Lookups.Resolver resolver =
        host -> {
          asked.incrementAndGet();
          throw new UnknownHostException("NXDOMAIN or SERVFAIL: Java does not tell them apart");
        };
    try (HttpFetcher fetcher = new HttpFetcher(QUICK, resolver)) {
      URI uri = URI.create("https://id.example/keys");

      assertEquals(new Failed(Cause.UNKNOWN_HOST), fetcher.get(uri));
      assertEquals(new Failed(Cause.UNKNOWN_HOST), fetcher.get(uri));
    }
    assertEquals(2, asked.get());
  }

  // The kit remembers nothing of a failed look-up, the JVM does.
  @Test
  void KS22_theJvmForgetsAFailedLookUpAfterTenSeconds() {
    String seconds = Security.getProperty("networkaddress.cache.negative.ttl");

    assertTrue(Integer.parseInt(seconds) <= 10, seconds);
  }

  @Test
  void KS22_aResolverThatHangsHoldsOneThreadAndNoRequestBeyondTheDeadline() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    Lookups.Resolver hanging =
        host -> {
          asked.incrementAndGet();
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new UnknownHostException(host);
        };
    ExecutorService callers = Executors.newFixedThreadPool(8);
    try (HttpFetcher fetcher = new HttpFetcher(QUICK, hanging)) {
      long start = System.nanoTime();
      List<CompletableFuture<FetchResult>> results = new ArrayList<>();
      for (int at = 0; at < 8; at++) {
        results.add(
            CompletableFuture.supplyAsync(
                () -> fetcher.get(URI.create("https://id.example/keys")), callers));
      }
      for (CompletableFuture<FetchResult> result : results) {
        assertEquals(new Failed(Cause.DEADLINE), result.get());
      }
      Duration taken = Duration.ofNanos(System.nanoTime() - start);
      assertTrue(taken.compareTo(Duration.ofSeconds(2)) < 0, taken::toString);
      assertEquals(1, asked.get());
    } finally {
      end.countDown();
      callers.shutdownNow();
    }
  }

  /** The name had a public address when it was judged, and leads to this machine afterwards. */
  private static InetAddress[] rebinding(String host) throws UnknownHostException {
    return new InetAddress[] {InetAddress.getByAddress(host, SOMEWHERE)};
  }

  @Test
  void SS4_aServerBehindARebindingNameIsSentNothing(@TempDir Path directory) throws Exception {
    Limits limits = new Limits(Duration.ofSeconds(20), 1024, false, false);
    try (RawServer inside =
            new RawServer(
                HttpFetcherTest.selfSigned(directory.resolve("store")).getServerSocketFactory(),
                out -> out.write("HTTP/1.1 200 OK\r\n\r\n{}".getBytes(StandardCharsets.UTF_8)));
        HttpFetcher fetcher = new HttpFetcher(limits, HttpFetcherNamesTest::rebinding)) {
      URI uri = URI.create("https://localhost:" + inside.port() + "/keys");

      assertEquals(new Failed(Cause.TLS), fetcher.get(uri));
      assertTrue(inside.requests.stream().allMatch(String::isEmpty));
    }
  }

  @Test
  void SS4_plainHttpCannotBeRebound() {
    Limits development = new Limits(Duration.ofSeconds(20), 1024, true, true);
    try (RawServer inside = RawServer.serving("Content-Type: application/json\r\n", "{}");
        HttpFetcher fetcher = new HttpFetcher(development, HttpFetcherNamesTest::rebinding)) {
      URI uri = URI.create("http://localhost:" + inside.port() + "/keys");

      assertEquals(new Failed(Cause.URL), fetcher.get(uri));
      assertEquals(List.of(), inside.requests);
    }
  }

  @Test
  void SS3_oneForbiddenAddressAmongSeveralIsEnough() {
    Lookups.Resolver mixed =
        host ->
            new InetAddress[] {
              InetAddress.getByAddress(host, SOMEWHERE),
              InetAddress.getByAddress(host, new byte[] {10, 0, 0, 1})
            };
    try (HttpFetcher fetcher = new HttpFetcher(QUICK, mixed)) {
      assertEquals(
          new Failed(Cause.PRIVATE_ADDRESS), fetcher.get(URI.create("https://id.example/keys")));
    }
  }

  /** Runs in a JVM of its own, whose names come from a file. */
  static final class Names {

    private Names() {}

    public static void main(String... file) throws IOException {
      Path hosts = Path.of(file[0]);
      Limits limits = new Limits(Duration.ofSeconds(20), 1024, true, false);
      try (RawServer server = RawServer.serving("Content-Type: application/json\r\n", "{}");
          HttpFetcher fetcher = new HttpFetcher(limits)) {
        URI uri = URI.create("http://id.example:" + server.port() + "/keys");
        report("absent", fetcher.get(uri));
        Files.writeString(hosts, "127.0.0.1 id.example\n");
        report("there", fetcher.get(uri));
        // Nobody listens at the second one of each.
        Files.writeString(hosts, "::1 id.example\n127.0.0.1 id.example\n");
        report("mixed", fetcher.get(uri));
        Files.writeString(hosts, "127.0.0.9 id.example\n");
        report("moved", fetcher.get(uri));
        Files.writeString(hosts, "10.0.0.1 id.example\n");
        report("private", fetcher.get(uri));
      }
    }

    private static void report(String what, FetchResult result) {
      System.out.println(what + "=" + (result instanceof Failed failed ? failed.cause() : "OK"));
    }
  }

  private static String location(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }

  @Test
  void KS22_followsANameToItsAddresses(@TempDir Path directory) throws Exception {
    Path hosts = Files.createFile(directory.resolve("hosts"));
    Path security = directory.resolve("security");
    Files.writeString(
        security, "networkaddress.cache.ttl=0\nnetworkaddress.cache.negative.ttl=0\n");
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.net.hosts.file=" + hosts,
                "-Djava.security.properties=" + security,
                "-cp",
                location(HttpFetcher.class)
                    + File.pathSeparator
                    + location(HttpFetcherNamesTest.class),
                Names.class.getName(),
                hosts.toString())
            .redirectErrorStream(true)
            .start();
    String printed = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertEquals(
        List.of("absent=UNKNOWN_HOST", "there=OK", "mixed=OK", "moved=CONNECTION", "private=URL"),
        printed.lines().toList());
    assertEquals(0, jvm.waitFor());
  }

  @Test
  void SS8_endsAHeaderSectionOfAMegabyte() {
    Limits limits = new Limits(Duration.ofSeconds(20), 1024, true, false);
    String field = "X-Long: " + "x".repeat(1000) + "\r\n";
    try (RawServer server =
            RawServer.sending(
                "HTTP/1.1 200 OK\r\n"
                    + field.repeat(1000)
                    + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
        HttpFetcher fetcher = new HttpFetcher(limits)) {
      assertEquals(new Failed(Cause.CONNECTION), fetcher.get(server.uri()));
    }
  }
}
