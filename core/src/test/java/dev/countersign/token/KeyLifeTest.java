package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.internal.FetchResult.Fetched;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyLifeTest {

  private record Case(String cacheControl, Duration life) {}

  static Stream<Case> cases() {
    return Stream.of(
        new Case("", Duration.ofMinutes(5)),
        new Case("public", Duration.ofMinutes(5)),
        new Case("max-age=0", Duration.ofMinutes(1)),
        new Case("max-age=59", Duration.ofMinutes(1)),
        new Case("max-age=60", Duration.ofMinutes(1)),
        new Case("public, max-age=600", Duration.ofMinutes(10)),
        new Case("Max-Age=\"600\", must-revalidate", Duration.ofMinutes(10)),
        new Case("max-age=3600", Duration.ofHours(1)),
        new Case("max-age=315360000", Duration.ofHours(1)),
        new Case("max-age=99999999999999999999", Duration.ofHours(1)),
        new Case("max-age=-1", Duration.ofMinutes(5)),
        new Case("max-age=x", Duration.ofMinutes(5)),
        new Case("s-maxage=600", Duration.ofMinutes(5)),
        new Case("x-max-age=600", Duration.ofMinutes(5)),
        new Case("no-store", Duration.ofMinutes(1)),
        new Case("max-age=600, no-cache", Duration.ofMinutes(1)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void KS30_O03_boundsTheLife(Case one) {
    Fetched document = new Fetched(new byte[0], Map.of("cache-control", one.cacheControl()));

    assertEquals(one.life(), KeyLife.of(document));
  }
}
