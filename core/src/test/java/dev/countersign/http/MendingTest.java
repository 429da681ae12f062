package dev.countersign.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How whole fields are put right is in {@code vectors/repairs.txt}; here are the corners. */
class MendingTest {

  private static String mended(String received) {
    return BearerChallenge.from(Challenges.parseLenient(received).challenges().get(0))
        .mended()
        .toString();
  }

  private static final String ROWS =
      """
      bearer abc== -> Bearer
      Bearer error="a b" -> Bearer
      Bearer error="a,b" -> Bearer
      Bearer error="a=b" -> Bearer
      Bearer error=a.b -> Bearer error="a.b"
      Bearer scope="scope=x a" -> Bearer scope="a"
      Bearer acr_values="a,b" -> Bearer
      Bearer acr_values="b  a" -> Bearer acr_values="b a"
      Bearer max_age=0 -> Bearer max_age="0"
      Bearer max_age=999999999999999 -> Bearer max_age="999999999999999"
      Bearer max_age=1000000000000000 -> Bearer
      Bearer error_uri="https://h/e,f" -> Bearer
      Bearer error_uri="https://h/?scope=x" -> Bearer
      Bearer error_uri="e.html" -> Bearer
      Bearer error_uri="https://h/ e" -> Bearer
      Bearer error_uri="https://h/e" -> Bearer error_uri="https://h/e"
      Bearer resource_metadata="https://h/a,b" -> Bearer
      Bearer resource_metadata="https://h/?error=x" -> Bearer
      Bearer resource_metadata="http://h/x" -> Bearer
      Bearer resource_metadata="https://h/x" -> Bearer resource_metadata="https://h/x"
      Bearer realm=" , " -> Bearer realm=";"
      Bearer realm=" " -> Bearer
      Bearer Foo="a=b, c" -> Bearer foo="a=b, c"
      Bearer error_description="a\\"b\\\\c,d=e%f" -> Bearer error_description="a'b/c;d:e%f"
      dpop Algs=ES256 -> dpop algs="ES256"
      """;

  static Stream<String> rows() {
    return ROWS.lines();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void mendsOneChallenge(String row) {
    String[] cells = row.split(" -> ", -1);

    assertEquals(cells[1], mended(cells[0]));
  }

  @Test
  void whateverComesInIsReadByEveryClient() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String alphabet = "aB \t,;=\"\\\u00fc'/:.scope=error=resource_metadata=realm=https://x";
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder("Bearer realm=\"");
      random.ints(40, 0, alphabet.length()).forEach(at -> text.append(alphabet.charAt(at)));
      for (Challenge challenge : Challenges.parseLenient(text.toString()).challenges()) {
        if (challenge.hasScheme("Bearer")) {
          Challenge mended = BearerChallenge.from(challenge).mended();
          assertTrue(mended.fits());
          assertEquals(List.of(), BearerChallenge.from(mended).problems(), () -> "seed " + seed);
          Set<LintCode> whole = left(mended);
          // What is unknown stays as it is, behind all that clients look for.
          whole.removeAll(
              Set.of(LintCode.QUOTED_PAIR, LintCode.COMMA_IN_VALUE, LintCode.NOT_ASCII));
          assertEquals(Set.of(), whole, () -> "seed " + seed + ": " + text);
          assertEquals(Set.of(), left(known(mended)), () -> "seed " + seed + ": " + text);
        }
      }
    }
  }

  private static Challenge known(Challenge challenge) {
    Challenge known = challenge;
    for (String name : BearerChallenge.from(challenge).extensions().keySet()) {
      known = known.without(name);
    }
    return known;
  }

  private static Set<LintCode> left(Challenge mended) {
    Set<LintCode> left = new TreeSet<>();
    for (Finding finding :
        ChallengeLint.withoutToken("https://h").check(List.of(mended.toString()))) {
      left.add(finding.code());
    }
    left.removeAll(
        Set.of(
            LintCode.BARE_BEARER,
            LintCode.MISSING_SCOPE,
            LintCode.MISSING_RESOURCE_METADATA,
            LintCode.RESOURCE_METADATA_FOREIGN_ORIGIN,
            LintCode.ERROR_WITHOUT_TOKEN,
            LintCode.UNREGISTERED_ERROR,
            // The order is the business of Completion.
            LintCode.DESCRIPTION_NOT_LAST));
    return left;
  }
}
