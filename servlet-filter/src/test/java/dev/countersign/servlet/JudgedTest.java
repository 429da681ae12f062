package dev.countersign.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.countersign.http.FieldNames;
import dev.countersign.oauth.AccessToken;
import dev.countersign.spi.Lease;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JudgedTest {

  private final FakeRequest container = FakeRequest.of("POST", "/mcp");

  private static HttpServletRequest before(HttpServletRequest request) {
    return Judged.before(request, new FakeResponse().proxy());
  }

  private void mark(String path, Optional<AccessToken> token) {
    new Judged(path, token, Optional.empty(), FieldNames.none(), Lease.NONE)
        .mark(container.proxy());
  }

  @ParameterizedTest
  @EnumSource(
      value = DispatcherType.class,
      names = {"FORWARD", "INCLUDE", "ASYNC", "ERROR"})
  void K04_K05_aDispatchOfAnAdmittedRequestKeepsItsUser(DispatcherType type) {
    mark("/mcp", Optional.of(TestTokens.alice()));

    HttpServletRequest before = before(container.dispatched(type, "/other").proxy());

    assertEquals("alice", before.getRemoteUser());
    assertEquals(
        Optional.of(TestTokens.alice()), container.attribute(ResourceServerFilter.ACCESS_TOKEN));
  }

  @Test
  void K04_aNewRequestIsJudgedWhateverItsAttributesSay() {
    mark("/mcp", Optional.of(TestTokens.alice()));

    assertNull(before(container.proxy()));
  }

  @ParameterizedTest
  @EnumSource(DispatcherType.class)
  void PA16_withoutAMarkEveryDispatchIsJudged(DispatcherType type) {
    container.attributes.put(Judged.class.getName(), "forged");

    assertNull(before(container.dispatched(type, "/mcp").proxy()));
  }

  @Test
  void PA15_aPublicPathOpensNothingThatItForwardsTo() {
    mark("/health", Optional.empty());

    assertNull(before(container.dispatched(DispatcherType.FORWARD, "/mcp").proxy()));
    assertNull(before(container.dispatched(DispatcherType.ASYNC, "/mcp").proxy()));
    container.attributes.put(RequestDispatcher.INCLUDE_REQUEST_URI, "/mcp");
    assertNull(before(container.dispatched(DispatcherType.INCLUDE, "/health").proxy()));
  }

  @Test
  void aPublicPathStaysOpenForItselfAndForItsErrorPage() {
    mark("/health", Optional.empty());

    HttpServletRequest async = container.dispatched(DispatcherType.ASYNC, "/health").proxy();
    assertSame(async, before(async));
    HttpServletRequest error = container.dispatched(DispatcherType.ERROR, "/error").proxy();
    assertSame(error, before(error));
  }

  @Test
  void anIncludeIsToThePathThatIsIncluded() {
    container.dispatched(DispatcherType.INCLUDE, "/outer");
    assertEquals("/outer", Judged.pathOf(container.proxy()));
    container.attributes.put(RequestDispatcher.INCLUDE_REQUEST_URI, "/inner");
    assertEquals("/inner", Judged.pathOf(container.proxy()));
    container.dispatched(DispatcherType.FORWARD, "/target");
    assertEquals("/target", Judged.pathOf(container.proxy()));
  }

  @Test
  void dressesARequestOnce() {
    mark("/mcp", Optional.of(TestTokens.alice()));
    container.dispatched(DispatcherType.FORWARD, "/other");
    HttpServletRequest dressed =
        new HttpServletRequestWrapper(
            new AuthenticatedRequest(container.proxy(), TestTokens.alice()));

    assertSame(dressed, before(dressed));
    assertNotSame(container.proxy(), before(container.proxy()));
  }

  @Test
  void Z03_K04_aDispatchHidesWhatTheRequestHid() {
    container.header("Authorization", "Bearer x").header("X-User", "mallory");
    new Judged(
            "/mcp",
            Optional.empty(),
            Optional.empty(),
            FieldNames.of(List.of("X-User")),
            Lease.NONE)
        .mark(container.proxy());

    HttpServletRequest again = before(container.dispatched(DispatcherType.ASYNC, "/mcp").proxy());

    assertNull(again.getHeader("x-user"));
    assertEquals("Bearer x", again.getHeader("authorization"));
    assertSame(again, before(again));
  }

  @Test
  void U18_givesTheBodyBackWhenADispatchHasLostIt() throws IOException {
    container.body("body");
    ReplayedBody body = new ReplayedBody(container.proxy());
    body.read(100);
    new Judged(
            "/mcp",
            Optional.of(TestTokens.alice()),
            Optional.of(body),
            FieldNames.none(),
            Lease.NONE)
        .mark(container.proxy());

    HttpServletRequest again = before(container.dispatched(DispatcherType.ASYNC, "/mcp").proxy());

    assertEquals("alice", again.getRemoteUser());
    assertEquals("body", new String(again.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
  }
}
