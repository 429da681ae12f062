package dev.countersign.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.ResourceServer;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An application that asks for more scope (U20). */
class RaisedDenialTest {

  private static final String CHALLENGE =
      "Bearer error=\"insufficient_scope\", scope=\"files:write mcp:read admin\","
          + " resource_metadata=\"https://mcp.example/.well-known/oauth-protected-resource/mcp\","
          + " error_description=\""
          + Denial.MISSING_SCOPE.text()
          + "\"";

  private final ResourceServerFilter filter =
      new ResourceServerFilter(
          ResourceServer.create(
              ResourceServerConfig.builder("https://mcp.example/mcp")
                  .authorizationServer("https://id.example")
                  .scopesSupported("mcp:read", "admin", "files:write")
                  .allowedOrigin("https://app.example")
                  .tokenValidator((token, resource) -> new Decision.Granted(TestTokens.alice()))
                  .build()));
  private final FakeResponse response = new FakeResponse();
  private final FakeRequest request =
      FakeRequest.of("POST", "/mcp")
          .header("Authorization", "Bearer good")
          .header("Origin", "https://app.example");

  private void run(FilterChain application) throws IOException, ServletException {
    filter.doFilter(request.proxy(), response.proxy(), application);
  }

  private static void require(ServletRequest request) {
    AccessToken token = (AccessToken) request.getAttribute(ResourceServerFilter.ACCESS_TOKEN);
    token.requireScopes("files:write");
  }

  @Test
  void U01_becomesAChallenge() throws Exception {
    run(
        (called, answer) -> {
          ((HttpServletResponse) answer).setHeader("Content-Encoding", "gzip");
          answer.getOutputStream().write(1);
          require(called);
        });

    assertEquals(403, response.status);
    assertEquals(List.of(CHALLENGE), response.values("WWW-Authenticate"));
    assertEquals(List.of("no-store"), response.values("Cache-Control"));
    assertEquals(List.of(), response.values("Content-Encoding"));
    assertEquals(List.of("https://app.example"), response.values("Access-Control-Allow-Origin"));
    assertTrue(response.body().startsWith("{\"jsonrpc\":\"2.0\",\"id\":null"), response::body);
    assertTrue(response.committed);
  }

  @Test
  void isFoundInWhatAFrameworkThrows() throws Exception {
    run(
        (called, answer) -> {
          try {
            require(called);
          } catch (RuntimeException e) {
            throw new ServletException("handling failed", new IllegalStateException(e));
          }
        });

    assertEquals(403, response.status);
  }

  @Test
  void U20_goesOnWhenTheResponseHasBegun() {
    RuntimeException thrown =
        assertThrows(
            RuntimeException.class,
            () ->
                run(
                    (called, answer) -> {
                      answer.flushBuffer();
                      require(called);
                    }));

    assertEquals("the operation needs the scope files:write", thrown.getMessage());
    assertEquals(200, response.status);
    assertEquals(List.of(), response.values("WWW-Authenticate"));
  }

  @Test
  void goesOnWhenSomebodyElseHasToAnswer() {
    request.async = true;
    assertThrows(RuntimeException.class, () -> run((called, answer) -> require(called)));
    request.async = false;
    assertThrows(
        RuntimeException.class,
        () ->
            run(
                (called, answer) -> {
                  request.dispatched(DispatcherType.INCLUDE, "/mcp");
                  require(called);
                }));
    assertEquals(200, response.status);
  }

  @Test
  void everythingElseGoesOn() {
    IOException thrown = new IOException("x", new IllegalStateException());
    assertSame(
        thrown,
        assertThrows(
            IOException.class,
            () ->
                run(
                    (called, answer) -> {
                      throw thrown;
                    })));
    assertEquals(200, response.status);
  }
}
