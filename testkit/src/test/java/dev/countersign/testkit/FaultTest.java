package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.testkit.FakeAuthorizationServer.Endpoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultTest {

  private static final RawRequest KEYS = RawRequest.of("GET", "/keys");

  private final FakeAuthorizationServer server = FakeAuthorizationServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  private RawResponse keys() throws IOException {
    return RawHttp.exchange(URI.create(server.issuer()), KEYS);
  }

  private RawResponse keys(Fault fault) throws IOException {
    server.fail(Endpoint.KEYS, fault);
    return keys();
  }

  @Test
  void leavesOtherEndpointsAlone() throws IOException {
    server.fail(Endpoint.OAUTH_METADATA, Fault.status(500));

    assertEquals(200, keys().status());
  }

  @Test
  void answersWithAStatus() throws IOException {
    assertEquals(503, keys(Fault.status(503)).status());
  }

  @Test
  void healsOnDemandAndByItself() throws IOException {
    assertEquals(500, keys(Fault.status(500)).status());
    server.heal();
    assertEquals(200, keys().status());

    assertEquals(500, keys(Fault.status(500).times(1)).status());
    assertEquals(200, keys().status());
  }

  @Test
  void answersWithAnotherDocument() throws IOException {
    assertEquals("{\"keys\":[]}", keys(Fault.document("{\"keys\":[]}")).text());
    assertTrue(keys(Fault.edited(text -> text.replace("key-1", "key-9"))).text().contains("key-9"));
    assertEquals(Optional.of("text/html"), keys(Fault.html()).value("Content-Type"));
  }

  @Test
  void redirects() throws IOException {
    RawResponse response = keys(Fault.redirect(307, "http://localhost/elsewhere"));

    assertEquals(307, response.status());
    assertEquals(Optional.of("http://localhost/elsewhere"), response.value("Location"));
  }

  @Test
  void breaksTheConnection() {
    assertThrows(IOException.class, () -> keys(Fault.reset()));
    assertThrows(IOException.class, () -> keys(Fault.truncated()));
    assertThrows(IOException.class, () -> keys(Fault.garbage()));
  }

  @Test
  void sendsHalfOfTheBodyBeforeItCutsOff() throws IOException {
    server.fail(Endpoint.KEYS, Fault.truncated());
    try (RawHttp connection = RawHttp.connect(URI.create(server.issuer()))) {
      connection.send(KEYS.bytes());

      RawResponse head = connection.receiveHead();

      assertEquals(200, head.status());
      connection.readUntil("keys");
    }
  }

  @Test
  void dripsTheWholeAnswer() throws IOException {
    RawResponse response = keys(Fault.drip(Duration.ofMillis(1)));

    assertTrue(response.text().contains("\"kid\":\"key-1\""));
  }

  @Test
  void staysSilent() throws Exception {
    server.fail(Endpoint.KEYS, Fault.silence());
    try (RawHttp connection = RawHttp.connect(URI.create(server.issuer()))) {
      connection.send(KEYS.bytes());
      server.awaitCount(Endpoint.KEYS, 1);

      server.goDown();

      assertTrue(connection.isEnded());
    }
  }

  @Test
  void waitsForTheRelease() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    server.fail(Endpoint.KEYS, Fault.none().heldUntil(release));
    CompletableFuture<Integer> status =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return keys().status();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });

    server.awaitCount(Endpoint.KEYS, 1);
    assertFalse(status.isDone());
    release.countDown();

    assertEquals(200, status.get());
  }

  @Test
  void sendsAHugeBody() throws IOException {
    assertEquals(3_000_001, keys(Fault.huge(3_000_001)).bytes().length);
  }

  @Test
  void packsABombSmall() throws IOException {
    RawResponse response = keys(Fault.gzipBomb(10_000_001));

    assertTrue(response.bytes().length < 20_000, () -> response.bytes().length + " bytes");
    try (GZIPInputStream unpacked =
        new GZIPInputStream(new ByteArrayInputStream(response.bytes()))) {
      assertEquals(10_000_001, unpacked.readAllBytes().length);
    }
  }
}
