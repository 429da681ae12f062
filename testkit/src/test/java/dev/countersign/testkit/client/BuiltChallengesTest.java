package dev.countersign.testkit.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.http.BearerChallenge;
import dev.countersign.http.BearerChallengeBuilder;
import dev.countersign.http.Challenge;
import dev.countersign.http.ChallengeBuilder;
import dev.countersign.http.Challenges;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever the builder builds, every client reads it. The seed stands in every message. */
class BuiltChallengesTest {

  private static final int RUNS = 100_000;

  private static final List<String> PIECES =
      List.of(
          "a",
          "B",
          "9",
          " ",
          "-",
          ".",
          ":",
          "/",
          ";",
          "(",
          ")",
          "'",
          "?",
          "&",
          "#",
          "!",
          "Bearer",
          "DPoP",
          "scope",
          "error",
          "resource_metadata",
          "scope ",
          "=",
          ",",
          "\"",
          "\\");

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  // RFC 9449 section 7.1: recipients ignore parameters that they do not know.
  @Test
  void D41_ownParametersOfTheDpopChallengeMisleadNobody() {
    for (int run = 0; run < RUNS; run++) {
      Challenge built = bearer().challenge();
      ChallengeBuilder extended = Challenge.builder("DPoP").param("algs", "ES256 EdDSA");
      for (int own = random.nextInt(3); own >= 0; own--) {
        extended.param("x-" + own, "a" + path());
      }
      Challenge dpop = extended.build();
      List<String> lines = List.of(built.toString(), dpop.toString());

      assertEquals(List.of(built, dpop), Challenges.parse(lines), () -> "seed " + seed);
      assertEquals(Optional.of("ES256 EdDSA"), dpop.param("algs"));
      for (ClientParser parser : ClientParser.values()) {
        assertTrue(
            parser.understands(lines, built),
            () -> "seed " + seed + ": " + parser + " reads " + parser.read(lines) + " in " + lines);
      }
    }
  }

  @Test
  void CH5_CH9_everyClientReadsEveryBuiltChallengeAlsoBesideDpopAndJoined() {
    Challenge dpop = Challenge.builder("DPoP").param("algs", "ES256 EdDSA").build();
    for (int run = 0; run < RUNS; run++) {
      Challenge built = bearer().challenge();
      List<String> lines =
          switch (run % 3) {
            case 0 -> List.of(built.toString());
            case 1 -> List.of(built.toString(), dpop.toString());
            default -> List.of(built + ", " + dpop);
          };
      for (ClientParser parser : ClientParser.values()) {
        assertTrue(
            parser.understands(lines, built),
            () -> "seed " + seed + ": " + parser + " reads " + parser.read(lines) + " in " + lines);
      }
    }
  }

  private BearerChallenge bearer() {
    BearerChallengeBuilder builder =
        BearerChallenge.builder().resourceMetadata("https://mcp.example.com/" + path());
    offer(() -> builder.realm(text()));
    offer(() -> builder.extensionError(text()));
    offer(() -> builder.scope(text(), text()));
    offer(() -> builder.acrValues(text()));
    offer(() -> builder.maxAge(Duration.ofSeconds(random.nextInt(1_000_000))));
    offer(() -> builder.param("x_" + (char) ('a' + random.nextInt(26)), text()));
    offer(() -> builder.errorDescription(text()));
    offer(() -> builder.errorUri("https://mcp.example.com/" + path()));
    return builder.build();
  }

  /** What the builder refuses is left out; what it takes has to be read. */
  private void offer(Runnable call) {
    try {
      call.run();
    } catch (IllegalArgumentException e) {
      assertTrue(e.getMessage() != null && !e.getMessage().isEmpty());
    }
  }

  private String text() {
    return random
        .ints(random.nextInt(8), 0, PIECES.size())
        .mapToObj(PIECES::get)
        .collect(Collectors.joining());
  }

  private String path() {
    return random
        .ints(random.nextInt(12), 0, 14)
        .mapToObj(i -> String.valueOf("ab/-_.~;:@!$&'".charAt(i)))
        .collect(Collectors.joining());
  }
}
