package dev.countersign.doctor.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.countersign.doctor.wire.Caller;
import dev.countersign.testkit.BrokenServer;
import dev.countersign.testkit.Flaw;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What no client stumbles over, but somebody should know. */
class HintsTest {

  private static final Site.Means TOKEN =
      new Site.Means(Optional.of("good-token"), Optional.empty(), Optional.empty());

  private static List<Finding> at(URI url, Check check) {
    try (Caller caller = new Caller(() -> {}, ProxySelector.of(null))) {
      return check.look(new Site(url, caller, TOKEN, InstantSource.system()));
    }
  }

  private static List<Finding> found(CheckId check, Flaw... flaws) throws IOException {
    try (BrokenServer server = BrokenServer.start("good-token", flaws)) {
      return at(server.url(), Checks::run).stream()
          .filter(finding -> finding.check() == check)
          .toList();
    }
  }

  @Test
  void M31_wantsTheUseOfEveryKeyWhereThereAreTwoKinds() throws IOException {
    assertEquals(List.of(), found(CheckId.D22));
    String message = found(CheckId.D22, Flaw.KEYS_WITHOUT_USE).get(0).message();
    assertTrue(message.contains("do not say what they are for"), message);
  }

  @Test
  void M74_missesTheResourceInTheListOfTheAuthorizationServer() throws IOException {
    assertEquals(List.of(), found(CheckId.D38));
    assertEquals(Severity.WARNING, found(CheckId.D38, Flaw.RESOURCE_NOT_LISTED).get(0).severity());
  }

  @Test
  void L12_wantsEndpointsByHttps() throws IOException {
    assertEquals(List.of(), found(CheckId.D50));
    Finding finding = found(CheckId.D50, Flaw.SERVER_WITHOUT_TLS).get(0);
    assertTrue(finding.message().startsWith("authorization_endpoint"), finding.message());
  }

  @Test
  void H27_findsSecretsThatTravelInFields() throws IOException {
    assertEquals(List.of(), found(CheckId.D69));
    String message = found(CheckId.D69, Flaw.SECRET_IN_FIELD).get(0).message();
    assertTrue(message.startsWith("post.api_key"), message);
  }

  @Test
  void U27_saysThatATokenOpensNoTool() throws IOException {
    assertEquals(List.of(), found(CheckId.D70));
    assertEquals(Severity.INFO, found(CheckId.D70, Flaw.NO_TOOL).get(0).severity());
  }

  @Test
  void H07_findsALocalServerThatListensElsewhereAsWell() throws IOException {
    InetAddress first = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    InetAddress second = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
    HttpServer server = HttpServer.create(new InetSocketAddress(first, 0), 0);
    server.start();
    try {
      URI url = URI.create("http://localhost:" + server.getAddress().getPort() + "/mcp");
      assertEquals(List.of(), at(url, site -> LocalChecks.beyondLoopback(site, List.of(second))));
      List<Finding> findings =
          at(url, site -> LocalChecks.beyondLoopback(site, List.of(second, first)));
      assertEquals(CheckId.D68, findings.get(0).check());
      assertTrue(findings.get(0).message().contains("127.0.0.1"), findings.get(0).message());
    } finally {
      server.stop(0);
    }
  }

  @Test
  void readsToolsOutOfAnEventStream() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          exchange
              .getResponseBody()
              .write(
                  "id: 1\ndata:\n\nevent: message\ndata: {\"result\":{\"tools\":[]}}\n\n"
                      .getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
        });
    server.start();
    try {
      URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mcp");
      List<Finding> findings = at(url, ToolChecks.all().get(1));
      assertEquals(CheckId.D70, findings.get(0).check());
    } finally {
      server.stop(0);
    }
  }
}
