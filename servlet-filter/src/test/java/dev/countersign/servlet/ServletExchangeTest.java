package dev.countersign.servlet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import dev.countersign.spi.Admission;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServletExchangeTest {

  private final FakeRequest request = FakeRequest.of("PUT", "/a%2Fb;x");
  private final FakeResponse response = new FakeResponse();
  private final ServletExchange exchange = new ServletExchange(request.proxy(), response.proxy());

  @Test
  void showsTheRequestAsItCame() {
    request.header("Authorization", "a").header("authorization", "b").query = "x=%20";

    assertEquals("PUT", exchange.method());
    assertEquals("/a%2Fb;x", exchange.path());
    assertEquals("x=%20", exchange.query());
    assertEquals(List.of("a", "b"), exchange.headers("AUTHORIZATION"));
    assertEquals(List.of(), exchange.headers("Origin"));
  }

  @Test
  void hasAnEmptyQueryWhereThereIsNone() {
    assertEquals("", exchange.query());
  }

  @Test
  void writesAnAnswerAsItIs() throws IOException {
    response.headers.add("WWW-Authenticate: Basic realm=\"x\"");
    response.headers.add("Vary: Accept");

    exchange.send(
        Response.json(
            401,
            List.of(
                new FieldLine("WWW-Authenticate", "Bearer scope=\"a\""),
                new FieldLine("Vary", "Origin")),
            "{\"a\":\"\u00e9\"}"));

    assertEquals(401, response.status);
    assertEquals(
        List.of(
            "Vary: Accept",
            "WWW-Authenticate: Bearer scope=\"a\"",
            "Vary: Origin",
            "Content-Type: application/json",
            "Content-Length: 10"),
        response.headers);
    assertEquals("{\"a\":\"\u00e9\"}", response.body());
    assertTrue(response.committed);
  }

  @Test
  void keepsSeveralLinesOfOneField() throws IOException {
    response.headers.add("www-authenticate: Basic realm=\"x\"");

    exchange.send(
        Response.empty(
            401,
            List.of(
                new FieldLine("WWW-Authenticate", "Bearer a=\"b\""),
                new FieldLine("WWW-Authenticate", "DPoP a=\"b\""))));

    assertEquals(
        List.of(
            "WWW-Authenticate: Bearer a=\"b\"",
            "WWW-Authenticate: DPoP a=\"b\"",
            "Content-Length: 0"),
        response.headers);
  }

  @Test
  void CH11_neverWritesIntoAResponseThatHasBegun() {
    response.committed = true;

    assertThrows(IOException.class, () -> exchange.send(Response.empty(401, List.of())));
    assertThrows(IOException.class, exchange::unavailable);
    assertEquals(200, response.status);
  }

  @Test
  void K04_anIncludeCannotBeAnsweredSoItFails() {
    request.dispatched(DispatcherType.INCLUDE, "/x");

    assertThrows(IOException.class, () -> exchange.send(Response.empty(401, List.of())));
    assertFalse(response.committed);
  }

  @Test
  void K09_isUnavailableWithAJsonBody() throws IOException {
    exchange.unavailable();

    assertEquals(503, response.status);
    assertEquals(
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":503,\"message\":\"The request cannot"
            + " be judged at the moment\"}}",
        response.body());
    assertTrue(response.headers.containsAll(List.of("Retry-After: 5", "Cache-Control: no-store")));
    assertFalse(response.headers.toString().contains("WWW-Authenticate"));
  }

  @Test
  void admitsWithTheFieldsOfTheAdmission() {
    exchange.accept(
        new Admission(
            Optional.of(TestTokens.alice()),
            List.of(
                new FieldLine("Access-Control-Allow-Origin", "https://a.example"),
                new FieldLine("Vary", "Origin"))));

    assertEquals(
        List.of("Access-Control-Allow-Origin: https://a.example", "Vary: Origin"),
        response.headers);
    assertEquals("alice", exchange.admitted().getRemoteUser());
    assertEquals(
        Optional.of(TestTokens.alice()), request.attribute(ResourceServerFilter.ACCESS_TOKEN));
    assertFalse(response.committed);
  }

  @Test
  void admitsWithoutAToken() {
    exchange.accept(new Admission(Optional.empty(), List.of()));

    assertEquals(request.proxy().getMethod(), exchange.admitted().getMethod());
    assertEquals(Optional.empty(), request.attribute(ResourceServerFilter.ACCESS_TOKEN));
  }

  @Test
  void U18_theApplicationGetsTheBodyThatWasRead() throws IOException {
    request.body("0123456789");

    byte[] read = exchange.body().orElseThrow().read(4);
    exchange.accept(new Admission(Optional.of(TestTokens.alice()), List.of()));

    assertArrayEquals("0123".getBytes(StandardCharsets.UTF_8), read);
    assertEquals(
        "0123456789",
        new String(exchange.admitted().getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    assertEquals("alice", exchange.admitted().getRemoteUser());
  }
}
