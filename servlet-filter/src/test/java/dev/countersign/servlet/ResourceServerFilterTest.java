package dev.countersign.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.ResourceServer;
import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.Mode;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.CurrentAccessToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.ResourceIdentifier;
import dev.countersign.spi.TokenValidator;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ResourceServerFilterTest {

  private static final class Validator implements TokenValidator {

    final AtomicInteger asked = new AtomicInteger();
    boolean closed;

    @Override
    public Decision validate(BearerToken token, ResourceIdentifier resource) {
      asked.incrementAndGet();
      return token.text().equals("good")
          ? new Decision.Granted(TestTokens.alice())
          : new Decision.Denied(Denial.EXPIRED, "");
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /** The application: what it was called with. */
  private static final class Application implements FilterChain {

    final List<HttpServletRequest> calls = new ArrayList<>();

    @Override
    public void doFilter(ServletRequest request, ServletResponse response) {
      calls.add((HttpServletRequest) request);
    }
  }

  private final Validator validator = new Validator();
  private final Application application = new Application();
  private final FakeResponse response = new FakeResponse();

  private ResourceServerFilter filter(Consumer<ConfigBuilder> more) {
    ConfigBuilder builder =
        ResourceServerConfig.builder("https://mcp.example/mcp")
            .authorizationServer("https://id.example")
            .tokenValidator(validator);
    more.accept(builder);
    return new ResourceServerFilter(ResourceServer.create(builder.build()));
  }

  private void run(ResourceServerFilter filter, FakeRequest request)
      throws IOException, ServletException {
    filter.doFilter(request.proxy(), response.proxy(), application);
  }

  private static FakeRequest good() {
    return FakeRequest.of("POST", "/mcp").header("Authorization", "Bearer good");
  }

  @Test
  void S15_aRefusedRequestNeverReachesTheApplication() throws Exception {
    run(filter(config -> {}), FakeRequest.of("POST", "/mcp"));

    assertEquals(List.of(), application.calls);
    assertEquals(401, response.status);
    assertTrue(response.headers.get(0).startsWith("WWW-Authenticate: Bearer resource_metadata="));
  }

  @Test
  void N16_anAdmittedRequestReachesItWithItsUser() throws Exception {
    run(filter(config -> {}), good());

    assertEquals("alice", application.calls.get(0).getUserPrincipal().getName());
    assertFalse(response.committed);
  }

  @Test
  void N16_H34_theThreadKnowsTheUserAsLongAsItWorksForTheRequest() throws Exception {
    ResourceServerFilter filter = filter(config -> config.publicPath("/health"));
    List<String> users = new ArrayList<>();
    FilterChain noting =
        (request, answer) ->
            users.add(CurrentAccessToken.ifAny().map(AccessToken::subject).orElse(""));

    filter.doFilter(good().proxy(), response.proxy(), noting);
    filter.doFilter(FakeRequest.of("GET", "/health").proxy(), response.proxy(), noting);
    FakeRequest dispatched = good();
    run(filter, dispatched);
    filter.doFilter(
        dispatched.dispatched(DispatcherType.ASYNC, "/mcp").proxy(), response.proxy(), noting);

    assertEquals(List.of("alice", "", "alice"), users);
    assertEquals(Optional.empty(), CurrentAccessToken.ifAny());
  }

  @Test
  void N16_theThreadForgetsTheUserWhenTheApplicationFails() {
    ResourceServerFilter filter = filter(config -> {});

    for (Exception failure :
        List.of(new IOException("x"), new ServletException("x"), new IllegalStateException("x"))) {
      FilterChain failing =
          (request, answer) -> {
            assertEquals("alice", CurrentAccessToken.value().subject());
            if (failure instanceof IOException e) {
              throw e;
            }
            if (failure instanceof ServletException e) {
              throw e;
            }
            throw (RuntimeException) failure;
          };

      assertSame(
          failure,
          assertThrows(
              Exception.class, () -> filter.doFilter(good().proxy(), response.proxy(), failing)));
      assertEquals(Optional.empty(), CurrentAccessToken.ifAny());
    }
  }

  @Test
  void Z03_MC29_MC31_theApplicationSeesNeitherTheTokenNorClaimedIdentities() throws Exception {
    run(filter(config -> {}), good().header("X-Forwarded-User", "mallory"));

    HttpServletRequest seen = application.calls.get(0);
    assertEquals(null, seen.getHeader("Authorization"));
    assertEquals(List.of(), Collections.list(seen.getHeaderNames()));
  }

  @Test
  void aSecondFilterStillFindsWhatTheFirstHasHidden() throws Exception {
    ResourceServerFilter first = filter(config -> {});
    ResourceServerFilter second = filter(config -> {});

    first.doFilter(
        good().proxy(),
        response.proxy(),
        (request, answer) -> second.doFilter(request, answer, application));

    assertEquals(1, application.calls.size());
    assertEquals(null, application.calls.get(0).getHeader("Authorization"));
  }

  @Test
  void K04_aDispatchIsNotJudgedAgain() throws Exception {
    ResourceServerFilter filter = filter(config -> {});
    FakeRequest request = good();
    run(filter, request);

    for (DispatcherType type :
        List.of(DispatcherType.FORWARD, DispatcherType.ASYNC, DispatcherType.ERROR)) {
      run(filter, request.dispatched(type, "/other"));
    }

    assertEquals(4, application.calls.size());
    assertEquals(1, validator.asked.get());
    assertTrue(application.calls.stream().allMatch(call -> "alice".equals(call.getRemoteUser())));
  }

  @Test
  void PA15_aForwardFromAPublicPathIsJudged() throws Exception {
    ResourceServerFilter filter = filter(config -> config.publicPath("/health"));
    FakeRequest request = FakeRequest.of("GET", "/health");
    run(filter, request);
    run(filter, request.dispatched(DispatcherType.FORWARD, "/mcp"));

    assertEquals(1, application.calls.size());
    assertEquals(401, response.status);
  }

  @Test
  void K09_withoutAnEngineItIs503() throws Exception {
    run(new ResourceServerFilter(), good());

    assertEquals(List.of(), application.calls);
    assertEquals(503, response.status);
  }

  @Test
  void K09_aFailureInsideIs503() throws Exception {
    FakeRequest request = good();
    request.uri = null;
    run(filter(config -> {}), request);

    assertEquals(List.of(), application.calls);
    assertEquals(503, response.status);
    assertFalse(response.body().contains("Exception"));
  }

  @Test
  void K09_aRequestThatCannotBeReadIsNeverPassedOn() {
    FakeRequest request = good();
    request.broken = true;

    assertThrows(RuntimeException.class, () -> run(filter(config -> {}), request));
    assertEquals(List.of(), application.calls);
  }

  @Test
  void refusesWhatIsNotHttp() {
    ServletRequest request =
        (ServletRequest)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ServletRequest.class},
                (p, m, a) -> null);

    assertThrows(
        ServletException.class,
        () -> filter(config -> {}).doFilter(request, response.proxy(), application));
    assertEquals(List.of(), application.calls);
  }

  @Test
  void U18_theApplicationReadsTheBodyThatWasJudged() throws Exception {
    String body = "{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":{\"name\":\"list\"}}";
    FakeRequest request = good().header("Content-Type", "application/json").body(body);
    run(filter(config -> config.toolScope("list", "mcp:read")), request);

    assertEquals(
        body,
        new String(
            application.calls.get(0).getInputStream().readAllBytes(), StandardCharsets.UTF_8));
  }

  @Test
  void BP38_givesTheRoomOfEveryBodyBack() throws Exception {
    String body =
        "{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":{\"name\":\"list\",\"x\":\""
            + "x".repeat(500_000)
            + "\"}}";
    ResourceServerFilter filter =
        filter(config -> config.toolScope("list", "mcp:read").bodyMemory(1_048_576));
    // Nobody reads them.
    for (int request = 0; request < 5; request++) {
      run(filter, good().header("Content-Type", "application/json").body(body));
    }
    assertEquals(5, application.calls.size());

    List<FakeRequest> waiting = new ArrayList<>();
    for (int request = 0; request < 2; request++) {
      FakeRequest one = good().header("Content-Type", "application/json").body(body);
      one.async = true;
      run(filter, one);
      waiting.add(one);
    }
    assertEquals(7, application.calls.size());
    run(filter, good().header("Content-Type", "application/json").body(body));
    assertEquals(7, application.calls.size());
    assertEquals(503, response.status);
    for (AsyncListener listener : waiting.get(0).listeners) {
      listener.onComplete(null);
    }
    run(filter, good().header("Content-Type", "application/json").body(body));
    assertEquals(8, application.calls.size());
  }

  @Test
  void reportOnlyModeHandsOverABodyThatWasTooLargeToBeJudged() throws Exception {
    String body = "x".repeat(5000);
    FakeRequest request = good().header("Content-Type", "application/json").body(body);
    run(
        filter(config -> config.toolScope("x", "y").maxBodySize(1024).mode(Mode.REPORT_ONLY)),
        request);

    assertEquals(
        body,
        new String(
            application.calls.get(0).getInputStream().readAllBytes(), StandardCharsets.UTF_8));
  }

  private static FilterConfig filterConfig(Map<String, String> params) {
    ServletContext context =
        (ServletContext)
            Proxy.newProxyInstance(
                ResourceServerFilterTest.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) -> "");
    return new FilterConfig() {
      @Override
      public String getFilterName() {
        return "countersign";
      }

      @Override
      public ServletContext getServletContext() {
        return context;
      }

      @Override
      public String getInitParameter(String name) {
        return params.get(name);
      }

      @Override
      public java.util.Enumeration<String> getInitParameterNames() {
        return Collections.enumeration(params.keySet());
      }
    };
  }

  @Test
  void readsItsInitParams() throws Exception {
    ResourceServerFilter filter = new ResourceServerFilter();
    filter.init(
        filterConfig(
            Map.of(
                "resource", "https://mcp.example/mcp",
                "authorization-servers", "https://id.invalid",
                "required-scopes", "mcp:read")));

    run(filter, FakeRequest.of("POST", "/mcp"));
    assertTrue(response.headers.get(0).contains("scope=\"mcp:read\""));

    filter.destroy();
    filter.destroy();
    FakeResponse after = new FakeResponse();
    filter.doFilter(good().proxy(), after.proxy(), application);
    assertEquals(503, after.status);
    assertEquals(List.of(), application.calls);
  }

  @Test
  void AG13_doesNotStartWithBadSettings() {
    ServletException refused =
        assertThrows(
            ServletException.class,
            () ->
                new ResourceServerFilter()
                    .init(
                        filterConfig(
                            Map.of("resource", "http://mcp.example/mcp", "nonsense", "x"))));

    assertTrue(
        refused
            .getMessage()
            .startsWith(
                "Countersign is not configured:\n"
                    + "setting \"nonsense\" is \"x\" (init-param):\n"
                    + "  there is no such setting\n"),
        refused.getMessage());
    assertTrue(refused.getMessage().endsWith("3 problems; nothing was started"));
  }

  @Test
  void M70_doesNotStartStrictlyWithoutItsAuthorizationServer() throws Exception {
    String issuer;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      issuer = "http://127.0.0.1:" + closed.getLocalPort();
    }
    Map<String, String> settings =
        Map.of(
            "resource",
            "https://mcp.example/mcp",
            "authorization-servers",
            issuer,
            "allow-http-on-loopback",
            "true",
            "strict-start",
            "true");

    ServletException refused =
        assertThrows(
            ServletException.class, () -> new ResourceServerFilter().init(filterConfig(settings)));
    assertTrue(
        refused
            .getMessage()
            .startsWith(
                "Countersign does not serve with errors (strict-start):\n"
                    + "  ERROR D46 authorization server "
                    + issuer
                    + ": no metadata: "),
        refused.getMessage());
  }

  @Test
  void closesOnlyTheEngineThatItMade() {
    filter(config -> {}).destroy();

    assertFalse(validator.closed);
  }

  @Test
  void anEngineGivenByCodeIsKept() throws Exception {
    ResourceServerFilter filter = filter(config -> {});
    filter.init(filterConfig(Map.of("nonsense", "x")));

    run(filter, good());
    assertEquals(1, application.calls.size());
  }
}
