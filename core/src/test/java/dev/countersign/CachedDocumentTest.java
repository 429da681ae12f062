package dev.countersign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CachedDocumentTest {

  private static final CachedDocument DOCUMENT = CachedDocument.of("{\"a\":\"\u00e9\"}");
  private static final List<FieldLine> CORS =
      List.of(new FieldLine("Access-Control-Allow-Origin", "*"));

  @Test
  void M60_M61_isServedWithTagAndLife() {
    Response response = DOCUMENT.answer(List.of(), CORS);

    assertEquals(200, response.status());
    assertEquals("{\"a\":\"\u00e9\"}", response.body());
    assertEquals(List.of(DOCUMENT.etag()), response.values("ETag"));
    assertEquals(List.of("public, max-age=300"), response.values("Cache-Control"));
    assertEquals(List.of("nosniff"), response.values("X-Content-Type-Options"));
    assertEquals(List.of("*"), response.values("Access-Control-Allow-Origin"));
    assertEquals(List.of("10"), response.values("Content-Length"));
    assertTrue(DOCUMENT.etag().matches("\"[0-9a-f]{16}\""));
  }

  @Test
  void M61_theTagFollowsTheContent() {
    assertEquals(DOCUMENT.etag(), CachedDocument.of("{\"a\":\"\u00e9\"}").etag());
    assertNotEquals(DOCUMENT.etag(), CachedDocument.of("{\"a\":\"e\"}").etag());
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "W/%s", "\"x\", %s", "%s,\"x\"", "*", "\"x\" ,W/%s , \"y\""})
  void M61_answers304ToWhoHasIt(String pattern) {
    String value = pattern.formatted(DOCUMENT.etag());
    Response response = DOCUMENT.answer(List.of("\"other\"", value), CORS);

    assertEquals(304, response.status());
    assertEquals("", response.body());
    assertEquals(List.of(DOCUMENT.etag()), response.values("ETag"));
    assertEquals(List.of("public, max-age=300"), response.values("Cache-Control"));
    assertEquals(List.of("*"), response.values("Access-Control-Allow-Origin"));
    assertEquals(List.of(), response.values("Content-Length"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"x\"", "W/", "**", "x", ",,", "\"*\""})
  void M61_answers200ToWhoHasNot(String value) {
    assertEquals(200, DOCUMENT.answer(List.of(value), CORS).status());
    assertEquals(200, DOCUMENT.answer(List.of(DOCUMENT.etag().replace("\"", "")), CORS).status());
  }
}
