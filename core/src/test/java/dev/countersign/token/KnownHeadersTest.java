package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.countersign.internal.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownHeadersTest {

  private final KnownHeaders headers = new KnownHeaders();

  private static CompactJws jws(String header) {
    byte[] utf8 = header.getBytes(StandardCharsets.UTF_8);
    return CompactJws.parse(
            Base64.getUrlEncoder().withoutPadding().encodeToString(utf8) + ".e30.AA")
        .orElseThrow();
  }

  @Test
  void readsEveryHeaderThatNobodyHasSigned() throws JsonException {
    Map<String, Object> first = headers.read(jws("{\"alg\":\"RS256\"}"));

    assertEquals(Map.of("alg", "RS256"), first);
    assertNotSame(first, headers.read(jws("{\"alg\":\"RS256\"}")));
    assertThrows(JsonException.class, () -> headers.read(jws("{\"a\":1,\"a\":1}")));
  }

  @Test
  void sparesTheSameTextOnly() throws JsonException {
    CompactJws jws = jws("{\"alg\":\"RS256\"}");
    Map<String, Object> first = headers.read(jws);
    headers.keep(jws, first);

    assertSame(first, headers.read(jws("{\"alg\":\"RS256\"}")));
    assertEquals(Map.of("alg", "none"), headers.read(jws("{\"alg\":\"none\"}")));
    assertNotSame(first, headers.read(jws("{ \"alg\":\"RS256\"}")));
  }

  @Test
  void isBounded() throws JsonException {
    for (int at = 0; at <= KnownHeaders.MAX; at++) {
      CompactJws jws = jws("{\"kid\":\"" + at + "\"}");
      headers.keep(jws, headers.read(jws));
    }
    CompactJws kept = jws("{\"kid\":\"0\"}");
    CompactJws tooMany = jws("{\"kid\":\"" + KnownHeaders.MAX + "\"}");

    assertSame(headers.read(kept), headers.read(kept));
    assertNotSame(headers.read(tooMany), headers.read(tooMany));
  }
}
