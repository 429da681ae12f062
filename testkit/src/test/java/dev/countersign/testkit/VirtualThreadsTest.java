package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countersign.ResourceServer;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.testkit.FakeAuthorizationServer.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests on virtual threads that wait for keys or an answer give their carrier back. */
class VirtualThreadsTest {

  private static final String RESOURCE = "https://mcp.example.com/mcp";
  private static final int REQUESTS = 200;

  private final FakeAuthorizationServer server = FakeAuthorizationServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  // The project compiles for 17, which has no such threads.
  private static ExecutorService virtualThreads() {
    assumeTrue(
        Runtime.version().feature() >= 21,
        "NOT TESTED: this JDK has no virtual threads; run the build on 21 or newer");
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static int status(ResourceServer engine, String token) {
    RecordingExchange exchange = RecordingExchange.of("POST", "/mcp").bearer(token);
    try {
      return engine.admit(exchange) ? 200 : exchange.response().orElseThrow().status();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // JDK 24 and newer pin no thread for a monitor (JEP 491), so it is 21 to 23 where this can fail.
  @Test
  void O16_KS37_AG25_noWaitingRequestPinsItsCarrier(@TempDir Path directory) throws Exception {
    ExecutorService requests = virtualThreads();
    CountDownLatch release = new CountDownLatch(1);
    List<String> tokens =
        IntStream.range(0, REQUESTS).mapToObj(at -> server.tokens(RESOURCE).valid()).toList();
    ResourceServerConfig config =
        ResourceServerConfig.builder(RESOURCE)
            .authorizationServer(server.issuer())
            .allowHttpOnLoopback()
            .build();
    // A thread that waits until a class is initialized is pinned by the JVM; that is not ours.
    try (ResourceServer warm = ResourceServer.create(config)) {
      assertEquals(200, status(warm, server.tokens(RESOURCE).valid()));
    }
    server.fail(Endpoint.KEYS, Fault.none().heldUntil(release));
    Path file = directory.resolve("pinned.jfr");
    try (Recording recording = new Recording();
        ResourceServer engine = ResourceServer.create(config)) {
      recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ZERO).withStackTrace();
      recording.start();
      List<Future<Integer>> cold =
          tokens.stream().map(token -> requests.submit(() -> status(engine, token))).toList();
      server.awaitCount(Endpoint.KEYS, 2);
      release.countDown();
      for (Future<Integer> status : cold) {
        // Only so many wait; the others are told to come again.
        assertTrue(List.of(200, 503).contains(status.get()));
      }
      for (String token : tokens) {
        assertEquals(200, requests.submit(() -> status(engine, token)).get());
      }
      recording.dump(file);
    } finally {
      requests.shutdownNow();
    }

    List<RecordedEvent> pinned =
        RecordingFile.readAllEvents(file).stream()
            .filter(event -> String.valueOf(event.getStackTrace()).contains("dev.countersign"))
            // The coverage probe of a class that is first seen here takes a lock of its own.
            .filter(event -> !String.valueOf(event.getStackTrace()).contains("org.jacoco"))
            .toList();
    assertEquals(List.of(), pinned);
  }
}
