package dev.countersign;

import static dev.countersign.Engines.challenge;
import static dev.countersign.Engines.engine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.http.Response;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {

  private static final Consumer<ConfigBuilder> LISTED =
      config -> config.hardening().allowedHost("localhost:8080").allowedHost("[::1]:8080");

  private static MemoryExchange at(String host) {
    return MemoryExchange.of("POST", "/mcp").bearer("good.mcp_read").field("Host", host);
  }

  private static void refused(MemoryExchange exchange) {
    Response response = exchange.refusedBy(engine(LISTED));

    assertEquals(421, response.status());
    assertEquals("", challenge(response));
    assertEquals(
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":421,\"message\":\"The host of the"
            + " request is not served here\"}}",
        response.body());
  }

  @Test
  void H08_takesEveryHostWithoutAList() {
    assertTrue(at("attacker.example").admittedBy(engine()));
    assertTrue(MemoryExchange.of("POST", "/mcp").bearer("good.mcp_read").admittedBy(engine()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mcp.example",
        "MCP.Example",
        "mcp.example:443",
        "localhost:8080",
        "LOCALHOST:8080",
        "[::1]:8080"
      })
  void H08_H35_takesListedHostsAndTheOwnOne(String host) {
    assertTrue(at(host).admittedBy(engine(LISTED)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attacker.example",
        "mcp.example.attacker.example",
        "attacker-mcp.example",
        "mcp.example.",
        "mcp.example:80",
        "mcp.example:8443",
        "mcp.example:0443",
        "mcp.example:",
        "localhost",
        "localhost:80801",
        "[::1]",
        "::1:8080",
        "[0:0:0:0:0:0:0:1]:8080",
        "127.0.0.1:8080",
        "user@mcp.example",
        "mcp.example, attacker.example",
        "https://mcp.example",
        "mcp.example/",
        " ",
        ""
      })
  void H08_H35_MC3_refusesEveryOtherHost(String host) {
    refused(at(host));
  }

  @Test
  void H08_MC3_refusesNoHostAndTwo() {
    refused(MemoryExchange.of("POST", "/mcp").bearer("good.mcp_read"));
    refused(at("mcp.example").field("Host", "mcp.example"));
    refused(at("mcp.example").field("Host", "attacker.example"));
  }

  @Test
  void H08_MC3_looksAtTheAuthorityOfTheTargetAsWell() {
    refused(at("mcp.example").authority("attacker.example"));
    refused(at("attacker.example").authority("mcp.example"));
    refused(MemoryExchange.of("POST", "/mcp").authority("attacker.example"));
    assertTrue(at("mcp.example").authority("mcp.example:443").admittedBy(engine(LISTED)));
    assertTrue(
        MemoryExchange.of("POST", "/mcp")
            .bearer("good.mcp_read")
            .authority("localhost:8080")
            .admittedBy(engine(LISTED)));
  }

  @Test
  void MC4_needsBothToBeAllowed() {
    String app = "https://app.example";
    ResourceServer engine =
        engine(config -> config.allowedOrigin(app).hardening().allowedHost("localhost:8080"));

    Response evilHost = at("attacker.example").field("Origin", app).refusedBy(engine);
    Response evilOrigin =
        at("localhost:8080").field("Origin", "https://attacker.example").refusedBy(engine);

    assertEquals(421, evilHost.status());
    assertEquals(List.of(app), evilHost.values("Access-Control-Allow-Origin"));
    assertEquals(403, evilOrigin.status());
    assertTrue(at("localhost:8080").field("Origin", app).admittedBy(engine));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "DELETE", "OPTIONS", "HEAD"})
  void H08_MC5_MC6_looksAtTheHostBeforeTheTokenAndTheBody(String method) {
    for (String path : List.of("/mcp", "/sse", "/messages", "/health")) {
      MemoryExchange exchange =
          MemoryExchange.of(method, path)
              .field("Host", "attacker.example")
              .field("Origin", "https://mcp.example")
              .field("Access-Control-Request-Method", "POST")
              .json("{}");

      assertEquals(
          421,
          exchange
              .refusedBy(
                  engine(
                      config ->
                          config
                              .publicPath("/health")
                              .toolScope("t", "s")
                              .hardening()
                              .allowedHost("localhost")))
              .status());
      assertEquals(0, exchange.bodyReads);
    }
  }

  @Test
  void H08_saysNothingOfATokenToAForeignHost() {
    ResourceServer engine = engine(LISTED);
    Response good = at("attacker.example").refusedBy(engine);

    assertEquals(
        good,
        MemoryExchange.of("POST", "/mcp").field("Host", "attacker.example").refusedBy(engine));
    assertEquals(
        good,
        MemoryExchange.of("POST", "/mcp")
            .bearer("bad")
            .field("Host", "attacker.example")
            .refusedBy(engine));
  }

  // What the scenario dns-rebinding-protection of the conformance suite sends.
  @Test
  void H35_MC3_aLocalServerTakesItsOwnHostAndOriginAndNoOther() {
    ResourceServer engine = local();

    assertTrue(at("localhost:3000").field("Origin", "http://localhost:3000").admittedBy(engine));
    assertEquals(
        421,
        at("evil.example.com")
            .field("Origin", "http://evil.example.com")
            .refusedBy(engine)
            .status());
    assertEquals(
        403,
        at("localhost:3000").field("Origin", "http://evil.example.com").refusedBy(engine).status());
  }

  private static ResourceServer local() {
    ConfigBuilder config =
        ResourceServerConfig.builder("http://localhost:3000/mcp")
            .authorizationServer("https://id.example")
            .tokenValidator(new StubValidator())
            .allowHttpOnLoopback();
    config.hardening().allowedHost("127.0.0.1");
    return ResourceServer.create(config.build());
  }

  @Test
  void H08_theDefaultPortIsThatOfTheResource() {
    ResourceServer engine = local();

    assertTrue(at("localhost:3000").admittedBy(engine));
    assertTrue(at("127.0.0.1").admittedBy(engine));
    assertTrue(at("127.0.0.1:80").admittedBy(engine));
    assertEquals(421, at("127.0.0.1:443").refusedBy(engine).status());
    assertEquals(421, at("localhost").refusedBy(engine).status());
  }
}
