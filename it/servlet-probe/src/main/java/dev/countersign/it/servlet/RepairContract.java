package dev.countersign.it.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.ResourceServer;
import dev.countersign.config.Mode;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.servlet.ResourceServerFilter;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import dev.countersign.testkit.RunningServer;
import jakarta.servlet.ServletContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Repair mode in a container: the head is right, whoever writes it and in whatever way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public abstract class RepairContract {

  private static final String RESOURCE = "https://mcp.example.com/mcp";
  private static final String PAGE = "https://app.example.com";
  private static final String FIRST =
      "Bearer scope=\"mcp:read\", resource_metadata="
          + "\"https://mcp.example.com/.well-known/oauth-protected-resource/mcp\"";

  private final ServletContainer container;
  private final CountDownLatch second = new CountDownLatch(1);
  private final ResourceServer engine =
      ResourceServer.create(
          ResourceServerConfig.builder(RESOURCE)
              .authorizationServer("https://id.example.com")
              .requiredScopes("mcp:read")
              .allowedOrigin(PAGE)
              .mode(Mode.REPAIR)
              .build());
  private RunningServer server;

  /**
   * For the subclass.
   *
   * @param container what to start
   */
  protected RepairContract(ServletContainer container) {
    this.container = container;
  }

  @BeforeAll
  void start() throws Exception {
    server = container.start(new WebApplication("", "/error", this::register));
  }

  private void register(ServletContext context) {
    Guarded.filter(context.addFilter("gate", new ResourceServerFilter(engine)));
    for (Refusals way : Refusals.values()) {
      Guarded.servlet(context, way.name(), Servlets.of(way), way.path());
    }
    Guarded.servlet(context, "error", Servlets.of(Servlets::errorPage), "/error");
    Guarded.servlet(context, "events", Servlets.of(Refusals.events(second)), "/events");
    // Tomcat has no filters on a path that belongs to no servlet.
    Guarded.servlet(
        context,
        "forbidden",
        Servlets.of((request, response) -> response.sendError(403)),
        "/forbidden",
        "/");
  }

  @AfterAll
  void stop() throws Exception {
    server.stop().close();
    engine.close();
  }

  private RawResponse send(RawRequest request) throws IOException {
    return RawHttp.exchange(server.uri(), request);
  }

  @ParameterizedTest
  @EnumSource(Refusals.class)
  void C30_K04_K11_completesTheChallenge(Refusals way) throws IOException {
    RawResponse response = send(RawRequest.of("GET", way.path()));

    assertEquals(401, response.status(), response::toString);
    List<String> challenges = response.values("WWW-Authenticate");
    assertEquals(FIRST, challenges.isEmpty() ? "" : challenges.get(0), response::toString);
    assertEquals(
        way == Refusals.STATUS_THEN_HEADER ? List.of("Basic realm=\"x\"") : List.of(),
        challenges.subList(1, challenges.size()));
  }

  @ParameterizedTest
  @EnumSource(Refusals.class)
  void H11_pagesOfAllowedOriginsCanReadIt(Refusals way) throws IOException {
    RawResponse response = send(RawRequest.of("GET", way.path()).with("Origin", PAGE));

    assertEquals(List.of(PAGE), response.values("Access-Control-Allow-Origin"), response::toString);
    assertEquals(FIRST, response.values("WWW-Authenticate").get(0));
  }

  @Test
  void C30_keepsTheErrorPage() throws IOException {
    RawResponse response = send(RawRequest.of("GET", Refusals.ERROR.path()));

    assertEquals("error page for null", response.text());
  }

  @Test
  void S20_S36_leavesARefusalWithoutChallengeAlone() throws IOException {
    RawResponse response = send(RawRequest.of("GET", "/forbidden").bearer("x"));

    assertEquals(403, response.status());
    assertEquals(List.of(), response.values("WWW-Authenticate"));
  }

  @Test
  void addsNothingToTheRest() throws IOException {
    RawResponse response = send(RawRequest.of("GET", "/error").bearer("x"));

    assertEquals(200, response.status());
    assertEquals(List.of(), response.values("WWW-Authenticate"));
    assertEquals(List.of(), response.values("Vary"));
  }

  @Test
  void M01_servesTheDocument() throws IOException {
    RawResponse response = send(RawRequest.of("GET", "/.well-known/oauth-protected-resource/mcp"));

    assertEquals(RESOURCE, response.json().get("resource"));
  }

  @Test
  void streamsTheFirstEventBeforeTheSecondIsThere() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpResponse<java.io.InputStream> response =
        client.send(
            HttpRequest.newBuilder(server.uri().resolve("/events")).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.US_ASCII))) {
      assertEquals("data: 1", lines.readLine());
      second.countDown();
      assertEquals("", lines.readLine());
      assertEquals("data: 2", lines.readLine());
    }
    assertTrue(response.headers().firstValue("WWW-Authenticate").isEmpty());
  }
}
