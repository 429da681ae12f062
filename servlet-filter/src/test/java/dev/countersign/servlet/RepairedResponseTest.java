package dev.countersign.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.ResourceServer;
import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.Mode;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.spi.DecisionEvent;
import dev.countersign.spi.DecisionListener;
import dev.countersign.spi.Repair;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The application answers in every way that the servlet API has. */
class RepairedResponseTest {

  private static final String FIELD = "WWW-Authenticate";
  private static final String ALLOW = "Access-Control-Allow-Origin";
  private static final String PAGE = "https://app.example";
  private static final String URL =
      "resource_metadata=\"https://mcp.example/.well-known/oauth-protected-resource/mcp\"";
  private static final String FIRST = "Bearer scope=\"mcp:read\", " + URL;

  /** What the application does. */
  @FunctionalInterface
  private interface Application {
    void answer(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException;
  }

  private final List<Repair> told = new ArrayList<>();
  private final FakeResponse response = new FakeResponse();
  private final FakeRequest request = FakeRequest.of("POST", "/mcp");

  private ResourceServerFilter filter(Consumer<ConfigBuilder> more) {
    ConfigBuilder builder =
        ResourceServerConfig.builder("https://mcp.example/mcp")
            .authorizationServer("https://id.example")
            .requiredScopes("mcp:read")
            .allowedOrigin(PAGE)
            .mode(Mode.REPAIR)
            .listener(
                new DecisionListener() {
                  @Override
                  public void onDecision(DecisionEvent event) {}

                  @Override
                  public void onRepair(Repair repair) {
                    told.add(repair);
                  }
                });
    more.accept(builder);
    return new ResourceServerFilter(ResourceServer.create(builder.build()));
  }

  private void answer(Application application) throws IOException, ServletException {
    answer(filter(config -> {}), application);
  }

  private void answer(ResourceServerFilter filter, Application application)
      throws IOException, ServletException {
    filter.doFilter(
        request.proxy(),
        response.proxy(),
        (asked, answer) ->
            application.answer((HttpServletRequest) asked, (HttpServletResponse) answer));
  }

  private List<String> challenges() {
    return response.values(FIELD);
  }

  @Test
  void setStatusAlone() throws Exception {
    answer((asked, answer) -> answer.setStatus(401));

    assertEquals(List.of(FIRST), challenges());
    assertEquals(401, response.status);
    assertEquals(1, told.size());
  }

  @Test
  void headerBeforeAndAfterTheStatus() throws Exception {
    answer(
        (asked, answer) -> {
          answer.setHeader(FIELD, "Bearer realm=a");
          answer.setStatus(401);
          answer.addHeader("www-authenticate", "Bearer error=\"x\"");
          answer.addHeader(FIELD, "Basic realm=\"b\"");
        });

    assertEquals(
        List.of("Bearer realm=\"a\", scope=\"mcp:read\", " + URL, "Basic realm=\"b\""),
        challenges());
    assertEquals(1, told.size());
    assertEquals(
        List.of("Bearer realm=a", "Bearer error=\"x\"", "Basic realm=\"b\""), told.get(0).before());
  }

  @Test
  void sendErrorWithAndWithoutAText() throws Exception {
    answer((asked, answer) -> answer.sendError(401));
    assertEquals(List.of(FIELD + ": " + FIRST, "--- sendError [401]"), response.headers);

    response.headers.clear();
    response.committed = false;
    answer((asked, answer) -> answer.sendError(401, "no"));
    assertEquals(List.of(FIELD + ": " + FIRST, "--- sendError [401, no]"), response.headers);
  }

  @Test
  void whatIsTakenBackIsTakenBack() throws Exception {
    for (boolean removes : new boolean[] {true, false}) {
      response.headers.clear();
      response.removes = removes;
      answer(
          (asked, answer) -> {
            answer.setStatus(401);
            answer.setStatus(403);
          });

      assertEquals(removes ? List.of() : List.of(""), challenges());
      assertEquals(List.of(), told);
    }
  }

  @Test
  void aNewStatusIsRepairedFromWhatTheApplicationWrote() throws Exception {
    request.header("Authorization", "Bearer x");
    answer(
        (asked, answer) -> {
          answer.setHeader(FIELD, "Bearer error=\"insufficient_scope\"");
          answer.setStatus(401);
          answer.setStatus(403);
        });

    assertEquals(
        List.of(
            "Bearer error=\"insufficient_scope\", scope=\"mcp:read\", "
                + URL
                + ", error_description=\"The request needs more scope than the access token has\""),
        challenges());
  }

  @Test
  void resetForgetsEverything() throws Exception {
    request.header("Origin", PAGE);
    answer(
        (asked, answer) -> {
          answer.setStatus(401);
          answer.addHeader(FIELD, "Bearer realm=a");
          answer.reset();
        });

    assertEquals(200, response.status);
    assertEquals(List.of(), challenges());
    assertEquals(List.of(PAGE), response.values(ALLOW));
  }

  @Test
  void theApplicationSeesWhatItWrote() throws Exception {
    answer(
        (asked, answer) -> {
          answer.setStatus(401);
          assertFalse(answer.containsHeader(FIELD));
          assertNull(answer.getHeader(FIELD));
          assertEquals(List.of(), answer.getHeaders(FIELD));
          answer.setHeader(FIELD, "bearer");
          assertTrue(answer.containsHeader(FIELD));
          assertEquals("bearer", answer.getHeader(FIELD));
          assertEquals(List.of("bearer"), answer.getHeaders(FIELD));
          answer.setHeader(FIELD, null);
          assertFalse(answer.containsHeader(FIELD));
          answer.setHeader("X-A", "a");
          answer.addHeader("X-A", "b");
          assertEquals("a", answer.getHeader("X-A"));
          assertEquals(List.of("a", "b"), List.copyOf(answer.getHeaders("X-A")));
          assertTrue(answer.containsHeader("X-A"));
        });

    assertEquals(List.of(FIRST), challenges());
  }

  @Test
  void keepsTheOtherFieldsAsTheyAre() throws Exception {
    answer(
        (asked, answer) -> {
          answer.setIntHeader("X-A", 1);
          answer.addIntHeader("X-A", 2);
          answer.setIntHeader("Access-Control-Max-Age", 3);
          answer.addIntHeader("Access-Control-Max-Age", 4);
          answer.addHeader("Vary", null);
          answer.addHeader("Vary", "Accept");
        });

    assertEquals(
        List.of(
            "X-A# 1",
            "X-A#+ 2",
            "Access-Control-Max-Age: 3",
            "Access-Control-Max-Age: 4",
            "Vary: Accept"),
        response.headers);
  }

  @Test
  void changesNothingAfterTheHeadHasLeft() throws Exception {
    answer(
        (asked, answer) -> {
          answer.flushBuffer();
          answer.setStatus(401);
        });

    assertEquals(List.of(), challenges());
  }

  @Test
  void H11_pagesOfAllowedOriginsReadEveryAnswer() throws Exception {
    request.header("Origin", PAGE);
    answer((asked, answer) -> answer.addHeader("Vary", "Accept"));

    assertEquals(List.of(PAGE), response.values(ALLOW));
    assertEquals(List.of("Accept", "Origin"), response.values("Vary"));
  }

  @Test
  void theApplicationsOwnCorsFieldsCount() throws Exception {
    request.header("Origin", PAGE);
    answer(
        (asked, answer) -> {
          answer.addHeader(ALLOW, "*");
          answer.sendRedirect("/x");
        });

    assertEquals(List.of("*"), response.values(ALLOW));
  }

  @Test
  void C30_enforceModeRepairsTheAnswersOfTheApplication() throws Exception {
    request.header("Authorization", "Bearer good");
    answer(
        filter(
            config ->
                config
                    .mode(Mode.ENFORCE)
                    .tokenValidator(
                        (token, resource) ->
                            new dev.countersign.oauth.Decision.Granted(TestTokens.alice()))),
        (asked, answer) -> {
          answer.addHeader(FIELD, "Bearer");
          answer.addHeader(FIELD, "Basic realm=\"x\"");
          answer.setStatus(401);
        });

    assertEquals(2, challenges().size());
    assertTrue(
        challenges()
            .get(0)
            .startsWith("Bearer error=\"invalid_token\", scope=\"mcp:read\", " + URL),
        challenges().toString());
  }

  @Test
  void reportOnlyModeTellsOnly() throws Exception {
    answer(
        filter(config -> config.mode(Mode.REPORT_ONLY)), (asked, answer) -> answer.sendError(401));

    assertEquals(List.of(), challenges());
    assertFalse(told.get(0).applied());
  }

  @Test
  void K11_oneLayerIsEnough() throws Exception {
    ResourceServerFilter filter = filter(config -> {});
    answer(
        filter,
        (asked, answer) -> {
          HttpServletResponse wrapped = new HttpServletResponseWrapper(answer);
          filter.doFilter(
              asked,
              wrapped,
              (again, same) -> {
                assertSame(wrapped, same);
                ((HttpServletResponse) same).setStatus(401);
              });
        });

    assertEquals(List.of(FIRST), challenges());
    assertEquals(1, told.size());
  }

  @Test
  void anErrorPageFindsNothingToDo() throws Exception {
    ResourceServerFilter filter = filter(config -> {});
    answer(filter, (asked, answer) -> answer.sendError(401));
    response.status = 401;
    response.committed = false;
    request.dispatched(DispatcherType.ERROR, "/error");

    answer(filter, (asked, answer) -> answer.flushBuffer());

    assertEquals(List.of(FIRST), challenges());
    assertEquals(1, told.size());
  }

  @Test
  void theErrorPageOfAPublicPathIsLeftAlone() throws Exception {
    ResourceServerFilter filter = filter(config -> config.publicPath("/console"));
    request.uri = "/console";
    answer(filter, (asked, answer) -> {});
    response.status = 401;
    request.dispatched(DispatcherType.ERROR, "/error");

    answer(filter, (asked, answer) -> answer.addHeader(FIELD, "Basic realm=\"x\""));

    assertEquals(List.of("Basic realm=\"x\""), challenges());
  }

  @Test
  void tellsAtTheEndOfAnAsynchronousRequest() throws Exception {
    request.async = true;
    List<HttpServletResponse> later = new ArrayList<>();
    answer((asked, answer) -> later.add(answer));

    later.get(0).setStatus(401);
    assertEquals(List.of(FIRST), challenges());
    assertEquals(List.of(), told);

    request.listeners.get(0).onError(null);
    request.listeners.get(0).onTimeout(null);
    request.listeners.get(0).onStartAsync(new AsyncEvent(request.proxy().getAsyncContext()));
    assertEquals(2, request.listeners.size());
    assertEquals(List.of(), told);
    request.listeners.get(0).onComplete(null);
    assertEquals(1, told.size());
  }

  @Test
  void tellsAtOnceIfAnAsynchronousRequestHasEnded() throws Exception {
    request.async = true;
    request.asyncEnded = true;

    answer((asked, answer) -> answer.setStatus(401));

    assertEquals(1, told.size());
  }

  @Test
  void tellsOfAnApplicationThatFails() {
    assertThrows(
        IOException.class,
        () ->
            answer(
                (asked, answer) -> {
                  answer.setStatus(401);
                  throw new IOException("gone");
                }));
    assertEquals(1, told.size());
  }
}
