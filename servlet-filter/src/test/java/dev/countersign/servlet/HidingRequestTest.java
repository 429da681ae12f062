package dev.countersign.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.countersign.http.FieldNames;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class HidingRequestTest {

  private final FakeRequest container =
      FakeRequest.of("POST", "/mcp")
          .header("Authorization", "Bearer x")
          .header("X-User", "1")
          .header("x-user", "2")
          .header("Accept", "*/*")
          .header("Age", "7");
  private final HttpServletResponse response = new FakeResponse().proxy();
  private final HttpServletRequest hiding =
      new HidingRequest(
          container.proxy(), response, FieldNames.of(List.of("authorization", "X-USER")));

  private static List<String> all(HttpServletRequest request, String name) {
    return Collections.list(request.getHeaders(name));
  }

  @Test
  void Z03_MC29_hidesInEveryWayToAsk() {
    for (String name : List.of("Authorization", "AUTHORIZATION", "X-User", "x-user")) {
      assertNull(hiding.getHeader(name));
      assertEquals(List.of(), all(hiding, name));
      assertEquals(-1, hiding.getIntHeader(name));
      assertEquals(-1, hiding.getDateHeader(name));
    }
    assertEquals(List.of("Accept", "Age"), Collections.list(hiding.getHeaderNames()));
  }

  @Test
  void showsEveryOtherField() {
    assertEquals("*/*", hiding.getHeader("accept"));
    assertEquals(List.of("7"), all(hiding, "Age"));
    assertEquals(7, hiding.getIntHeader("Age"));
    assertEquals(7, hiding.getDateHeader("Age"));
  }

  @Test
  void MC31_hidesAnotherFiltersSightOfNothing() {
    HttpServletRequest outer = new HttpServletRequestWrapper(hiding);

    assertNull(outer.getHeader("Authorization"));
    assertEquals(
        "Bearer x", HidingRequest.behind(outer, "authorization").getHeader("Authorization"));
    assertSame(outer, HidingRequest.behind(outer, "Accept"));
    assertEquals(
        List.of("Bearer x"), new ServletExchange(outer, response).headers("Authorization"));
  }

  @Test
  void Z03_K05_handsItselfToAsynchronousWork() {
    assertFalse(container.async);
    hiding.startAsync();

    assertEquals(2, container.startedWith.size());
    assertSame(hiding, container.startedWith.get(0));
    assertSame(response, container.startedWith.get(1));
  }
}
