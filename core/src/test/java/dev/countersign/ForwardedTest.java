package dev.countersign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.config.AddressRange;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedTest {

  private static List<String> hops(String... lines) {
    return Forwarded.read(Arrays.asList(lines), "for").orElseThrow();
  }

  @Test
  void L05_readsQuotedAddressesWithPorts() {
    assertEquals(
        List.of("[2001:db8::1]:47", "unknown"),
        hops("for=\"[2001:db8::1]:47\";proto=https;host=\"h:8443\", for=unknown"));
  }

  @Test
  void L05_readsWhatTheGrammarAllows() {
    assertEquals(List.of("192.0.2.43"), hops("for=192.0.2.43"));
    assertEquals(List.of("192.0.2.43"), hops("For=192.0.2.43"));
    assertEquals(List.of("192.0.2.43", "198.51.100.17"), hops("for=192.0.2.43, for=198.51.100.17"));
    assertEquals(List.of("192.0.2.43"), hops("proto=http;by=203.0.113.43;for=192.0.2.43"));
    assertEquals(List.of("_mystery", "_SEVKISEK"), hops("for=_mystery,for=\"_SEVKISEK\""));
    assertEquals(List.of("192.0.2.1", "192.0.2.2"), hops("for=192.0.2.1", "for=192.0.2.2"));
    assertEquals(List.of("", "192.0.2.2"), hops("proto=https, for=192.0.2.2"));
    assertEquals(List.of("a\"b\\c"), hops("for=\"a\\\"b\\\\c\""));
    assertEquals(List.of("1, for=2;x"), hops("for=\"1, for=2;x\""));
    assertEquals(List.of("192.0.2.1"), hops("secret=\"; for=evil, \";for=192.0.2.1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "192.0.2.1",
        "for",
        "for=",
        "for=;proto=http",
        "for =192.0.2.1",
        "for= 192.0.2.1",
        "for=[2001:db8::1]",
        "for=192.0.2.1:80",
        "for=\"192.0.2.1",
        "for=192.0.2.1;for=192.0.2.2",
        "for=192.0.2.1,",
        "for=192.0.2.1;",
        "for=192.0.2.1 for=192.0.2.2",
        "for=192.0.2.1\u0000"
      })
  void L05_refusesWhatItDoesNot(String field) {
    assertEquals(Optional.empty(), Forwarded.read(List.of(field), "for"));
  }

  @Test
  void L02_readsOtherParameters() {
    assertEquals(
        Optional.of(List.of("https", "", "http")),
        Forwarded.read(List.of("for=192.0.2.1;proto=https, for=192.0.2.2", "Proto=http"), "proto"));
    assertEquals(Optional.empty(), Forwarded.read(List.of("proto=http;proto=https"), "proto"));
  }

  @Test
  void L05_boundsTheLength() {
    String longest = "for=\"" + "x".repeat(1018) + "\"";

    assertEquals(1, hops(longest).size());
    assertEquals(List.of("x".repeat(509)), hops("for=\"" + "\\x".repeat(509) + "\""));
    assertEquals(Optional.empty(), Forwarded.read(List.of(longest + " ,"), "for"));
  }

  private static String source(String peer, String forwarded, String other) {
    RequestSources sources = new RequestSources(List.of(AddressRange.parse("10.0.0.0/8")), true);
    return sources.of(
        MemoryExchange.of("POST", "/mcp")
            .from(peer)
            .field("Forwarded", forwarded)
            .field("X-Forwarded-For", other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "for=192.0.2.9",
        "for=198.51.100.7, for=192.0.2.9",
        "for=198.51.100.7, for=\"192.0.2.9:4711\";proto=https, for=10.9.9.9",
        "for=unknown, for=192.0.2.9"
      })
  void L05_theHopInFrontOfTheTrustedProxiesCounts(String field) {
    assertEquals("c0000209", source("10.0.0.1", field, "198.51.100.1"));
  }

  @Test
  void L05_L04_onlyATrustedProxyIsBelieved() {
    assertEquals("c0000201", source("192.0.2.1", "for=198.51.100.7", "198.51.100.7"));
    assertEquals("0a000001", source("10.0.0.1", "for=192.0.2.9, broken", "198.51.100.7"));
    assertEquals("0a000001", source("10.0.0.1", "for=192.0.2.9, for=unknown", "198.51.100.7"));
  }

  @Test
  void L05_randomTextNeverThrows() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String alphabet = "for=\";,\\ \t[]:1.aF";
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "for=" : "");
      for (int at = random.nextInt(20); at > 0; at--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        Forwarded.read(List.of(text.toString()), "for");
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + text, e);
      }
    }
  }
}
