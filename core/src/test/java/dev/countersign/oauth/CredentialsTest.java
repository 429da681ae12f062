package dev.countersign.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {

  private static final int LIMIT = 64;

  private static Credentials read(String... lines) {
    return Credentials.from(List.of(lines), LIMIT);
  }

  private static void assertToken(String expected, String... lines) {
    assertEquals(new Credentials.Presented(BearerToken.of(expected)), read(lines));
  }

  private static void assertRejected(Denial why, String... lines) {
    assertEquals(new Credentials.Rejected(why), read(lines), Arrays.toString(lines));
  }

  @Test
  void AH1_isAbsentWithoutALine() {
    assertEquals(new Credentials.Absent(false), read());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t", " \t "})
  void S04_isAbsentWithAnEmptyLine(String line) {
    assertEquals(new Credentials.Absent(false), read(line));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer abc", "bearer abc", "BEARER abc", "BeArEr abc"})
  void T02_AH2_comparesTheSchemeWithoutCase(String line) {
    assertToken("abc", line);
  }

  // The Turkish dotless i has the upper case I, and the Kelvin sign the lower case k.
  @ParameterizedTest
  @ValueSource(strings = {"Bea\u0280er abc", "\u212Aearer abc", "Bearer\u00A0abc"})
  void T02_takesNoLookAlikeOfTheScheme(String line) {
    assertEquals(new Credentials.Absent(false), read(line));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer  abc", "Bearer     abc", " Bearer abc", "Bearer abc ", "Bearer abc\t"})
  void T03_AH3_takesSeveralSpacesAndBlanksAround(String line) {
    assertToken("abc", line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer\tabc", "Bearer \tabc", "Bearer\t abc"})
  void T03_refusesATabBehindTheScheme(String line) {
    assertRejected(Denial.TOKEN_MALFORMED, line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer a!b",
        "Bearer a:b",
        "Bearer a=b",
        "Bearer =",
        "Bearer a%2Eb",
        "Bearer a\u00FFb"
      })
  void T04_AH16_AH27_callsTextOutsideTheAlphabetAMalformedToken(String line) {
    assertRejected(Denial.TOKEN_MALFORMED, line);
    assertEquals(401, Denial.TOKEN_MALFORMED.status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "Bearer ", "bearer", " Bearer  ", "Bearer\t"})
  void T05_isAbsentWithTheSchemeAlone(String line) {
    assertEquals(new Credentials.Absent(true), read(line));
  }

  @Test
  void T13_AH8_AH9_refusesTwoLines() {
    assertRejected(Denial.REPEATED_CREDENTIALS, "Bearer abc", "Bearer abc");
    assertRejected(Denial.REPEATED_CREDENTIALS, "Bearer abc", "Bearer a!c");
    assertRejected(Denial.REPEATED_CREDENTIALS, "Bearer a!c", "Bearer abc");
    assertRejected(Denial.REPEATED_CREDENTIALS, "Bearer abc", "");
    assertRejected(Denial.REPEATED_CREDENTIALS, "", "");
    assertEquals(400, Denial.REPEATED_CREDENTIALS.status());
  }

  @Test
  void AH10_refusesALineOfAnotherSchemeBesideTheToken() {
    assertRejected(Denial.REPEATED_CREDENTIALS, "Basic eDp5", "Bearer abc");
    assertRejected(Denial.REPEATED_CREDENTIALS, "Bearer abc", "Basic eDp5");
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 1000})
  void AH11_refusesManyLines(int count) {
    assertEquals(
        new Credentials.Rejected(Denial.REPEATED_CREDENTIALS),
        Credentials.from(Collections.nCopies(count, "Bearer abc"), LIMIT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer abc, Bearer def",
        "Bearer abc,Bearer def",
        "Bearer abc,def",
        "bearer abc , bearer abc",
        "Basic eDp5, Bearer abc",
        "Basic eDp5,bearer abc",
        "Basic eDp5, Bearer",
        "Bearer, Bearer abc"
      })
  void T14_AH12_refusesCredentialsJoinedByAComma(String line) {
    assertRejected(Denial.REPEATED_CREDENTIALS, line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer abc, DPoP def", "DPoP abc, Bearer def"})
  void AH28_refusesBearerAndDpopTogether(String line) {
    assertRejected(Denial.REPEATED_CREDENTIALS, line);
  }

  @Test
  void AH28_refusesBearerAndDpopOnTwoLines() {
    assertRejected(Denial.REPEATED_CREDENTIALS, "Bearer abc", "DPoP abc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer abc,", "Bearer abc, a=b", "Bearer abc, a=\"b\""})
  void T18_AH13_refusesWhatFollowsTheToken(String line) {
    assertRejected(Denial.REPEATED_CREDENTIALS, line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer \"abc\"", "Bearer 'abc'", "Bearer a bc", "Bearer abc;", "Bearer <abc>"})
  void T18_AH14_repairsNothing(String line) {
    assertRejected(Denial.TOKEN_MALFORMED, line);
  }

  @Test
  void T17_takesATokenOfTheGreatestLengthAndRefusesALongerOne() {
    assertToken("a".repeat(LIMIT), "Bearer " + "a".repeat(LIMIT));
    assertRejected(Denial.TOKEN_TOO_LONG, "Bearer " + "a".repeat(LIMIT + 1));
    assertRejected(Denial.TOKEN_TOO_LONG, "Bearer " + "!".repeat(LIMIT + 1));
    assertEquals(401, Denial.TOKEN_TOO_LONG.status());
  }

  @ParameterizedTest
  @ValueSource(ints = {8193, 16385, 65536})
  void AH26_refusesTokensBeyondTheLimit(int length) {
    assertEquals(
        new Credentials.Rejected(Denial.TOKEN_TOO_LONG),
        Credentials.from(List.of("Bearer " + "a".repeat(length)), 8192));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DPoP abc",
        "dpop abc",
        "Basic eDp5",
        "Digest realm=\"a, bearer\"",
        "Negotiate YII=",
        "Token abc",
        "BearerX abc",
        "Bearer2 abc",
        "X-Bearer abc"
      })
  void T19_S03_AH6_isAbsentWithAnotherScheme(String line) {
    assertEquals(new Credentials.Absent(false), read(line));
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "abc.def.ghi", "=abc"})
  void AH7_isAbsentWithoutAScheme(String line) {
    assertEquals(new Credentials.Absent(false), read(line));
  }

  @Test
  @Timeout(10)
  void readsLongLinesInLinearTime() {
    for (String part : List.of(", ", ",\t", "Bearer, ", "Basic ,", "bearer", ",bearer")) {
      read(part.repeat(100_000));
    }
  }

  @Test
  void T21_neverThrowsAndNeverShowsWhatItRead() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String alphabet = "Bearr ,\t=\"abcDPo\u00e9\u0000~.";
    for (int run = 0; run < 20_000; run++) {
      StringBuilder line = new StringBuilder(random.nextBoolean() ? "Bearer " : "");
      int length = random.nextInt(20);
      for (int at = 0; at < length; at++) {
        line.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }

      String shown = read(line.toString()).toString();

      assertInstanceOf(String.class, shown, () -> "seed " + seed);
      assertEquals(
          shown
              .replaceAll("Absent\\[schemeAlone=(true|false)]|Rejected\\[why=[A-Z_]+]", "")
              .replace("Presented[token=BearerToken[redacted], scheme=BEARER]", ""),
          "",
          () -> "seed " + seed);
    }
  }
}
