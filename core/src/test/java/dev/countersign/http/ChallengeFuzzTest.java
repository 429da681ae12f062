package dev.countersign.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Random input. The seed stands in every message, so that a failure can be repeated. */
class ChallengeFuzzTest {

  private static final int RUNS = 100_000;

  private static final String TCHARS =
      "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  /** What syntax is made of, so that random text comes close to it. */
  private static final String SYNTAX = "aB=,; \t\"\\'~/:\u0000\n\r\u00e9\u0142";

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void C09_C39_whatIsBuiltIsParsedBackByBothParsers() {
    for (int run = 0; run < RUNS; run++) {
      List<Challenge> built = new ArrayList<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        built.add(challenge());
      }
      List<String> lines = built.stream().map(Challenge::toString).toList();

      assertEquals(built, Challenges.parse(lines), message(run));
      assertEquals(lines.toString(), Challenges.parse(lines).toString(), message(run));
      assertEquals(built, Challenges.parseLenient(lines).challenges(), message(run));
      assertEquals(
          Optional.of(built.stream().map(ReferenceParser::parts).toList()),
          ReferenceParser.parse(String.join(", ", lines)),
          message(run));
    }
  }

  @Test
  void C08_C14_C25_C26_C33_C39_whatTheBearerBuilderBuildsIsSafeToSend() {
    String line = "Bearer ([a-z_]+=\"[ !#-+\\--\\[\\]-~]+\")(, [a-z_]+=\"[ !#-+\\--\\[\\]-~]+\")*";
    for (int run = 0; run < RUNS; run++) {
      BearerChallenge bearer = bearer();
      String text = bearer.toString();

      assertTrue(text.matches(line), message(run) + text);
      assertEquals(text, text.strip(), message(run));
      assertEquals(bearer, BearerChallenge.from(Challenge.parse(text)), message(run));
      assertEquals(List.of(), bearer.problems(), message(run));
    }
  }

  @Test
  void C34_clientsThatSearchFindTheValueOfTheAuthParam() {
    for (int run = 0; run < RUNS / 5; run++) {
      BearerChallenge bearer = bearer();

      for (String name : List.of("scope", "error", "resource_metadata")) {
        assertEquals(
            bearer.challenge().param(name),
            searched(name, bearer.toString()),
            message(run) + bearer);
      }
    }
  }

  // The way of the TypeScript and Python SDKs: the first match anywhere.
  private static Optional<String> searched(String name, String text) {
    var matcher =
        java.util.regex.Pattern.compile(name + "=(?:\"([^\"]+)\"|([^\\s,]+))").matcher(text);
    return matcher.find()
        ? Optional.of(matcher.group(1) == null ? matcher.group(2) : matcher.group(1))
        : Optional.empty();
  }

  @Test
  void C09_P16_bothParsersAcceptAndRefuseTheSame() {
    int accepted = 0;
    for (int run = 0; run < RUNS; run++) {
      String text = syntax();
      Optional<List<ReferenceParser.Parsed>> expected = ReferenceParser.parse(text);
      Optional<List<ReferenceParser.Parsed>> actual = parsed(text);

      assertEquals(expected, actual, message(run) + text);
      accepted += actual.isPresent() ? 1 : 0;
    }
    assertTrue(accepted > RUNS / 100, message(accepted));
  }

  private static Optional<List<ReferenceParser.Parsed>> parsed(String text) {
    try {
      return Optional.of(Challenges.parse(text).stream().map(ReferenceParser::parts).toList());
    } catch (ChallengeSyntaxException e) {
      assertTrue(e.position() >= 0 && e.position() <= text.length());
      return Optional.empty();
    }
  }

  @Test
  void P16_randomBytesGiveTheTypedErrorOnly() {
    for (int run = 0; run < 300; run++) {
      byte[] bytes = new byte[random.nextInt(65_537)];
      random.nextBytes(bytes);
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      survives(run, text);
      survives(run, text.substring(0, Math.min(text.length(), random.nextInt(100))));
    }
    for (int run = 0; run < RUNS / 5; run++) {
      survives(run, syntax());
    }
  }

  private void survives(int run, String text) {
    try {
      Challenges.parse(text);
    } catch (ChallengeSyntaxException e) {
      assertTrue(e.getMessage().matches("[ -~]+"), message(run));
    } catch (RuntimeException e) {
      fail(message(run), e);
    }
    try {
      Challenges.parseLenient(text);
      Challenges.complete(List.of(text), Challenge.of("Bearer").with("scope", "a"))
          .forEach(line -> new FieldLine("WWW-Authenticate", line));
      ChallengeLint.withToken("https://h").check(List.of(text));
    } catch (RuntimeException e) {
      fail(message(run), e);
    }
  }

  /** Every shape that makes a careless parser go over the text again and again. */
  @Test
  void P16_takesLinearTime() {
    for (String unit :
        List.of(
            ",",
            " ",
            "\t",
            ";",
            "=",
            "\"",
            "\\",
            "'",
            "a",
            "a=",
            "a,",
            "a ",
            "a='",
            "a=\"",
            "a \"",
            "a=b,",
            "a=\"\\",
            "a b=c,",
            "Bearer a=b;",
            "\r\n ",
            "\u0000",
            "a=\"b\"")) {
      String text = unit.repeat(Challenges.MAX_LENGTH / unit.length());
      long best = Long.MAX_VALUE;
      for (int run = 0; run < 20; run++) {
        long start = cpuTime();
        survives(0, text);
        best = Math.min(best, cpuTime() - start);
      }
      // Both parsers, the linter and a completion together.
      assertTrue(best < 10_000_000, unit + " took " + Duration.ofNanos(best));
    }
  }

  // Of this thread alone, whatever else the machine does.
  private static long cpuTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private Challenge challenge() {
    if (random.nextInt(8) == 0) {
      return Challenge.of(token(TCHARS, 8));
    }
    if (random.nextInt(8) == 0) {
      String padding = "=".repeat(random.nextInt(3));
      return Challenge.token68(token(TCHARS, 8), token("abcXYZ019-._~+/", 20) + padding);
    }
    ChallengeBuilder builder = Challenge.builder(token(TCHARS, 8));
    for (int i = random.nextInt(6); i >= 0; i--) {
      builder.param(token(TCHARS, 8) + i, value());
    }
    return builder.build();
  }

  private String value() {
    StringBuilder value = new StringBuilder();
    for (int i = random.nextInt(20); i > 0; i--) {
      int c = random.nextInt(96);
      value.append(c == 95 ? '\t' : (char) (' ' + c));
    }
    return value.toString();
  }

  private BearerChallenge bearer() {
    BearerChallengeBuilder builder =
        BearerChallenge.builder().resourceMetadata("https://h/" + path());
    offer(() -> builder.realm(text()));
    offer(() -> builder.extensionError(text()));
    offer(() -> builder.scope(text(), text()));
    offer(() -> builder.acrValues(text()));
    offer(() -> builder.maxAge(Duration.ofSeconds(random.nextInt(1_000_000))));
    offer(() -> builder.param("x_" + token("abcdeos", 4), text()));
    offer(() -> builder.errorDescription(text()));
    offer(() -> builder.errorUri("https://h/" + text()));
    return builder.build();
  }

  /** What the builder refuses is left out; what it takes has to be right. */
  private void offer(Runnable call) {
    try {
      call.run();
    } catch (IllegalArgumentException e) {
      assertTrue(e.getMessage() != null && !e.getMessage().isEmpty());
    }
  }

  private String path() {
    return token("abc/-_.~%41", 12).replace("%", "%25");
  }

  private String text() {
    List<String> pieces =
        List.of(
            "a",
            "B",
            "9",
            " ",
            "-",
            ".",
            ":",
            "/",
            "scope",
            "error",
            "resource_metadata",
            "=",
            ",",
            "\"",
            "\\",
            "\u00e9",
            "\n");
    int kinds = random.nextInt(4) == 0 ? pieces.size() : 11;
    return random
        .ints(random.nextInt(8), 0, kinds)
        .mapToObj(pieces::get)
        .collect(Collectors.joining());
  }

  private String syntax() {
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "B " : "");
    for (int i = random.nextInt(16); i > 0; i--) {
      text.append(SYNTAX.charAt(random.nextInt(random.nextInt(3) == 0 ? SYNTAX.length() : 8)));
    }
    return text.toString().replaceAll("\n+(?=[ \t])", "");
  }

  private String token(String alphabet, int longest) {
    return random
        .ints(1 + random.nextInt(longest), 0, alphabet.length())
        .mapToObj(i -> String.valueOf(alphabet.charAt(i)))
        .collect(Collectors.joining());
  }

  private String message(int run) {
    return "seed " + seed + ", run " + run + ": ";
  }
}
