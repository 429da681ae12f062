package dev.countersign.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.ResourceServer;
import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.mcp.Requirement;
import dev.countersign.mcp.Target;
import dev.countersign.oauth.Decision;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A list that the application writes in one way or another, behind the filter. */
class FilteredResponseTest {

  private static final String ALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[{\"name\":\"open\"},"
          + "{\"name\":\"secret\"}]}}";
  private static final String FILTERED =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[{\"name\":\"open\"}]}}";
  private static final String FAILURE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32603,"
          + "\"message\":\"The list cannot be filtered\"}}";

  private static final ResourceServer ENGINE = ResourceServer.create(config());

  private static ResourceServerConfig config() {
    ConfigBuilder config =
        ResourceServerConfig.builder("https://mcp.example/mcp")
            .authorizationServer("https://id.example")
            .tokenValidator((token, resource) -> new Decision.Granted(TestTokens.alice()));
    config
        .primaryResource()
        .filterLists(true)
        .rule(Target.tool("open"), Requirement.NOTHING)
        .rule(Target.tool("secret"), Requirement.allOf("never:granted"));
    return config.build();
  }

  /** The application, with the types of a servlet. */
  private interface Application {

    void answer(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException;
  }

  private final FakeResponse container = new FakeResponse();
  private FakeRequest request = list();

  private static FakeRequest list() {
    return FakeRequest.of("POST", "/mcp")
        .header("Authorization", "Bearer good")
        .header("Content-Type", "application/json")
        .body("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}");
  }

  private void run(Application application) throws IOException, ServletException {
    request = list();
    filter(request, application);
  }

  private void filter(FakeRequest asking, Application application)
      throws IOException, ServletException {
    new ResourceServerFilter(ENGINE)
        .doFilter(
            asking.proxy(),
            container.proxy(),
            (asked, answer) ->
                application.answer((HttpServletRequest) asked, (HttpServletResponse) answer));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void MC27_U12_aJsonListIsFilteredAndHasItsOwnLength() throws Exception {
    run(
        (asked, answer) -> {
          answer.setContentType("application/json");
          answer.setContentLength(ALL.length());
          ServletOutputStream out = answer.getOutputStream();
          out.write(bytes(ALL), 0, 20);
          out.flush();
          answer.flushBuffer();
          assertFalse(container.committed);
          assertEquals("", container.body());
          out.write(bytes(ALL), 20, ALL.length() - 20);
        });
    assertEquals(FILTERED, container.body());
    assertEquals(List.of("" + FILTERED.length()), container.values("Content-Length"));
  }

  @Test
  void MC27_theSameByAWriterByOctetsAndByAListener() throws Exception {
    run(
        (asked, answer) -> {
          answer.setContentType("application/json");
          PrintWriter out = answer.getWriter();
          out.print(ALL);
          assertFalse(out.checkError());
        });
    assertEquals(FILTERED, container.body());

    container.proxy().reset();
    run(
        (asked, answer) -> {
          answer.setHeader("content-length", "" + ALL.length());
          answer.setContentType("application/json");
          for (byte octet : bytes(ALL)) {
            answer.getOutputStream().write(octet);
          }
          answer.getOutputStream().close();
        });
    assertEquals(FILTERED, container.body());

    container.proxy().reset();
    run(
        (asked, answer) -> {
          answer.setContentType("application/json");
          ServletOutputStream out = answer.getOutputStream();
          out.setWriteListener(
              new WriteListener() {
                @Override
                public void onWritePossible() throws IOException {
                  assertTrue(out.isReady());
                  out.write(bytes(ALL));
                  out.close();
                }

                @Override
                public void onError(Throwable thrown) {
                  throw new AssertionError(thrown);
                }
              });
        });
    assertEquals(FILTERED, container.body());
  }

  @Test
  void H31_eventsLeaveWhileTheStreamIsOpen() throws Exception {
    List<String> seen = new ArrayList<>();
    run(
        (asked, answer) -> {
          answer.setContentType("text/event-stream");
          answer.flushBuffer();
          assertTrue(container.committed);
          PrintWriter out = answer.getWriter();
          out.print("id: 1\ndata: " + ALL.substring(0, 30));
          out.flush();
          seen.add(container.body());
          out.print(ALL.substring(30) + "\n\n");
          out.flush();
          seen.add(container.body());
          out.print(": ping\n");
          out.flush();
          seen.add(container.body());
        });
    String event = "id: 1\ndata: " + FILTERED + "\n\n";
    assertEquals(List.of("", event, event + ": ping\n"), seen);
    assertEquals(List.of(), container.values("Content-Length"));
  }

  @Test
  void MC27_anAsynchronousListLeavesWhenItIsComplete() throws Exception {
    List<Runnable> later = new ArrayList<>();
    run(
        (asked, answer) -> {
          AsyncContext context = asked.startAsync();
          assertTrue(request.startedWith.get(1) instanceof FilteredResponse);
          request.async = true;
          later.add(
              () -> {
                try {
                  answer.setContentType("application/json");
                  answer.getWriter().print(ALL);
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
                asked.getAsyncContext().complete();
                context.complete();
              });
        });
    assertEquals("", container.body());
    later.get(0).run();
    assertEquals(FILTERED, container.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br"})
  void MC27_aCodedListIsNotSent(String coding) throws Exception {
    run(
        (asked, answer) -> {
          answer.setContentType("application/json");
          answer.setHeader("Content-Encoding", coding);
          answer.getOutputStream().write(bytes(ALL));
        });
    assertEquals(FAILURE, container.body());
    assertEquals(List.of(), container.values("Content-Encoding"));
  }

  @Test
  void MC27_whatComesAfterTheTypeIsDecidedOrTheListIsOverIsNotSent() throws Exception {
    run(
        (asked, answer) -> {
          answer.getOutputStream().write(bytes("data: " + ALL + "\n\n"));
          answer.setContentType("text/event-stream");
        });
    assertEquals(FAILURE, container.body());

    container.proxy().reset();
    run(
        (asked, answer) -> {
          answer.setContentType("application/json");
          ServletOutputStream out = answer.getOutputStream();
          out.write(bytes(ALL));
          out.close();
          answer.setContentType("text/event-stream");
          out.write(bytes("data: " + ALL + "\n\n"));
          out.flush();
        });
    assertEquals(FILTERED, container.body());
  }

  @Test
  void MC27_aBodyBeyondTheLimitIsNotSent() throws Exception {
    byte[] blanks = " ".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
    run(
        (asked, answer) -> {
          answer.setContentType("application/json");
          answer.getOutputStream().write(bytes(ALL));
          for (int piece = 0; piece < 17; piece++) {
            answer.getOutputStream().write(blanks);
          }
        });
    assertEquals(FAILURE, container.body());
  }

  @Test
  void MC27_anErrorIsLeftToTheContainer() throws Exception {
    run(
        (asked, answer) -> {
          answer.setContentType("application/json");
          answer.getOutputStream().write(bytes(ALL));
          answer.sendError(500);
        });
    assertEquals("", container.body());

    container.committed = false;
    container.proxy().reset();
    run(
        (asked, answer) -> {
          answer.setStatus(404);
          answer.setContentType("text/plain");
          answer.getOutputStream().write(bytes("no such thing"));
        });
    assertEquals("no such thing", container.body());
  }

  @Test
  void H31_otherResponsesAreNotHeldBack() throws Exception {
    filter(
        FakeRequest.of("GET", "/mcp/file").header("Authorization", "Bearer good"),
        (asked, answer) -> {
          answer.setContentLength(3);
          answer.setContentType("text/plain");
          answer.getOutputStream().write(bytes("abc"));
          assertEquals("abc", container.body());
        });
    assertEquals(List.of("3"), container.values("Content-Length"));
  }
}
