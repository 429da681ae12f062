package dev.countersign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.config.AddressRange;
import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.ResourceIdentifier;
import dev.countersign.spi.TokenValidator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestSourcesTest {

  private static final String PROXY = "10.0.0.1";

  private final RequestSources sources =
      new RequestSources(
          List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("2001:db8:ffff::/48")));

  private String direct(String peer) {
    return sources.of(MemoryExchange.of("POST", "/mcp").from(peer));
  }

  private String forwarded(String peer, String... lines) {
    MemoryExchange exchange = MemoryExchange.of("POST", "/mcp").from(peer);
    for (String line : lines) {
      exchange.field("X-Forwarded-For", line);
    }
    return sources.of(exchange);
  }

  @Test
  void IN16_isTheOtherEndOfTheConnection() {
    assertEquals("c0000201", direct("192.0.2.1"));
    assertEquals("0a000001", direct(PROXY));
    assertEquals("", sources.of(MemoryExchange.of("POST", "/mcp")));
  }

  @Test
  void IN16_anIpv6NetworkIsOneSource() {
    assertEquals(direct("2001:db8:1:2::1"), direct("2001:db8:1:2:ffff::7"));
    assertEquals("20010db800010002", direct("2001:db8:1:2::1"));
    assertEquals("20010db800010003", direct("2001:db8:1:3::1"));
    assertEquals("c0000201", direct("::ffff:192.0.2.1"));
  }

  @Test
  void IN16_nobodyElseSaysForWhomItAsks() {
    assertEquals("c0000201", forwarded("192.0.2.1", "198.51.100.7"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.9",
        "192.0.2.9:4711",
        "198.51.100.7, 192.0.2.9",
        "unknown,192.0.2.9",
        "198.51.100.7, 192.0.2.9, 10.9.9.9",
        "192.0.2.9,",
        "192.0.2.9 , 10.9.9.9,10.8.8.8:80",
        "192.0.2.9, [2001:db8:ffff::1]:443",
        "::ffff:192.0.2.9"
      })
  void IN16_isTheLastAddressThatNoProxyHas(String line) {
    assertEquals("c0000209", forwarded(PROXY, line));
  }

  @Test
  void IN16_readsIpv6BehindAProxy() {
    assertEquals("20010db800010002", forwarded(PROXY, "192.0.2.9, 2001:db8:1:2::1"));
    assertEquals("20010db800010002", forwarded(PROXY, "[2001:db8:1:2::1]"));
    assertEquals("20010db800010002", forwarded(PROXY, "[2001:db8:1:2::1]:443"));
  }

  @Test
  void IN16_linesAreOneList() {
    assertEquals("c0000209", forwarded(PROXY, "198.51.100.7", "192.0.2.9", "10.1.1.1"));
  }

  // The nearest proxy that is known vouches for it, so that nobody gets out of the limit.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"unknown", "192.0.2.9, _hidden", "192.0.2.9, example.com", "[", "[::1"})
  void IN16_whatIsNoAddressLeavesTheProxy(String line) {
    assertEquals("0a000001", forwarded(PROXY, line));
  }

  @Test
  void IN16_theEngineTellsTheValidatorWhoIsAsking() {
    List<String> asking = new ArrayList<>();
    TokenValidator validator =
        new TokenValidator() {
          @Override
          public Decision validate(BearerToken token, ResourceIdentifier resource) {
            throw new AssertionError("without the source");
          }

          @Override
          public Decision validate(
              BearerToken token, ResourceIdentifier resource, Supplier<String> source) {
            asking.add(source.get());
            return new Decision.Undecided("test");
          }
        };
    try (ResourceServer engine =
        Engines.engine(
            config -> {
              config.tokenValidator(validator);
              config.senderConstraint().trustedProxy("10.0.0.0/8");
            })) {
      MemoryExchange.of("POST", "/mcp").bearer("good").from("192.0.2.1").refusedBy(engine);
      MemoryExchange.of("POST", "/mcp")
          .bearer("good")
          .from("10.0.0.1")
          .field("X-Forwarded-For", "192.0.2.2")
          .refusedBy(engine);
    }
    assertEquals(List.of("c0000201", "c0000202"), asking);
  }

  @Test
  void IN16_looksAtSoManyHopsOnly() {
    assertEquals("0a000002", forwarded(PROXY, "192.0.2.9" + ", 10.0.0.2".repeat(100_000)));
    assertEquals("c0000209", forwarded(PROXY, "192.0.2.9" + ", 10.0.0.2".repeat(15)));
  }
}
