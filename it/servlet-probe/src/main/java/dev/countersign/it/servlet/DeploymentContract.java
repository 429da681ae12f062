package dev.countersign.it.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.ResourceServer;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.servlet.ResourceServerFilter;
import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import dev.countersign.testkit.RunningServer;
import jakarta.servlet.FilterRegistration;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How the filter comes into a container: by its class and init-params, below a context path,
 * without settings.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public abstract class DeploymentContract {

  private final ServletContainer container;
  private final FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();
  private final ProbeApplication probe = new ProbeApplication();

  /**
   * For the subclass.
   *
   * @param container what to start
   */
  protected DeploymentContract(ServletContainer container) {
    this.container = container;
  }

  @AfterEach
  void stopAuthorizationServer() {
    authorizationServer.close();
  }

  private WebApplication withInitParams(Map<String, String> params) {
    return new WebApplication(
        "",
        "",
        context -> {
          FilterRegistration.Dynamic filter = context.addFilter("gate", ResourceServerFilter.class);
          filter.setInitParameters(params);
          Guarded.filter(filter);
          Guarded.servlet(context, "probe", new ProbeServlet(probe), "/*");
        });
  }

  private static RawResponse send(RunningServer server, RawRequest request) throws IOException {
    return RawHttp.exchange(server.uri(), request);
  }

  @Test
  void readsInitParams() throws Exception {
    String resource = "https://mcp.example.com/mcp";
    RunningServer server =
        container.start(
            withInitParams(
                Map.of(
                    "resource",
                    resource,
                    "authorization-servers",
                    authorizationServer.issuer(),
                    "required-scopes",
                    "mcp:read",
                    "allow-http-on-loopback",
                    "true")));
    try {
      RawRequest request = RawRequest.of("POST", "/mcp").json("{}");

      RawResponse refused = send(server, request);
      assertEquals(401, refused.status());
      assertTrue(
          refused.value("WWW-Authenticate").orElse("").contains("scope=\"mcp:read\""),
          refused::toString);
      assertEquals(0, probe.invocations());
      RawRequest good = request.bearer(authorizationServer.tokens(resource).valid());
      assertEquals(200, RawHttp.await(server.uri(), good, 200).status());
      assertEquals(1, probe.invocations());
    } finally {
      server.stop().close();
    }
  }

  @Test
  void K09_F22_admitsNothingWithoutSettings() throws Exception {
    for (Map<String, String> params :
        List.of(
            Map.<String, String>of(),
            Map.of("resource", "https://mcp.example.com/mcp"),
            Map.of("resorce", "x"))) {
      admitsNothing(withInitParams(params));
    }
  }

  // Some containers do not start then, others start and answer with an error.
  private void admitsNothing(WebApplication application) throws Exception {
    RunningServer server;
    try {
      server = container.start(application);
    } catch (Exception e) {
      return;
    }
    try {
      for (String target : List.of("/mcp", "/", "/.well-known/oauth-protected-resource")) {
        RawResponse response = send(server, RawRequest.of("GET", target));
        assertTrue(response.status() >= 400, response::toString);
      }
    } catch (EOFException | SocketException e) {
      // Ended without an answer.
    } finally {
      server.stop().close();
    }
    assertEquals(0, probe.invocations());
  }

  @Test
  void M06_L09_saysWhatItCannotServeBelowAContextPath() throws Exception {
    String resource = "https://mcp.example.com/ctx/mcp";
    ResourceServer engine =
        ResourceServer.create(
            ResourceServerConfig.builder(resource)
                .authorizationServer(authorizationServer.issuer())
                .requiredScopes("mcp:read")
                .allowHttpOnLoopback()
                .build());
    List<String> logged = new ArrayList<>();
    Handler handler = collecting(logged);
    Logger logger = Logger.getLogger("dev.countersign");
    logger.addHandler(handler);
    RunningServer server =
        container.start(
            new WebApplication(
                "/ctx",
                "",
                context -> {
                  Guarded.filter(context.addFilter("gate", new ResourceServerFilter(engine)));
                  Guarded.servlet(context, "probe", new ProbeServlet(probe), "/*");
                }));
    try {
      String url = "https://mcp.example.com/.well-known/oauth-protected-resource/ctx/mcp";
      RawRequest request = RawRequest.of("POST", "/ctx/mcp").json("{}");
      RawResponse refused = send(server, request);
      assertEquals(401, refused.status());
      assertTrue(refused.value("WWW-Authenticate").orElse("").contains(url), refused::toString);
      // Not before: there are containers that make a filter when the first request comes.
      assertTrue(logged.stream().anyMatch(line -> line.contains(url)), logged::toString);
      RawRequest good = request.bearer(authorizationServer.tokens(resource).valid());
      assertEquals(200, RawHttp.await(server.uri(), good, 200).status());
      assertEquals(1, probe.invocations());
      RawResponse document =
          send(server, RawRequest.of("GET", "/ctx/mcp/.well-known/oauth-protected-resource"));
      assertEquals(resource, document.json().get("resource"));
    } finally {
      server.stop().close();
      engine.close();
      logger.removeHandler(handler);
    }
  }

  private static Handler collecting(List<String> lines) {
    return new Handler() {
      @Override
      public synchronized void publish(LogRecord record) {
        lines.add(record.getMessage());
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
