package dev.countersign.token;

import static dev.countersign.token.Bench.RSA;
import static dev.countersign.token.Bench.claims;
import static dev.countersign.token.Bench.denied;
import static dev.countersign.token.Bench.granted;
import static dev.countersign.token.Bench.validator;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.countersign.internal.Json;
import dev.countersign.oauth.Denial;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the parts of a token is no strict JSON object, though correctly signed. */
class HostileTextTest {

  private static final String HEADER = Json.write(RSA.header());
  private static final String CLAIMS = Json.write(claims());

  private final JwtTokenValidator validator = validator();

  private void refusesAsHeaderAndClaims(byte[] header, byte[] claims) {
    denied(Denial.TOKEN_MALFORMED, validator, RSA.sign(header, utf8(CLAIMS)));
    denied(Denial.TOKEN_MALFORMED, validator, RSA.sign(utf8(HEADER), claims));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Both documents with something behind the first brace. */
  private void refusesMember(byte[] member) {
    refusesAsHeaderAndClaims(insert(HEADER, member), insert(CLAIMS, member));
  }

  private static byte[] insert(String json, byte[] member) {
    byte[] all = new byte[json.length() + member.length];
    all[0] = '{';
    System.arraycopy(member, 0, all, 1, member.length);
    System.arraycopy(utf8(json.substring(1)), 0, all, 1 + member.length, json.length() - 1);
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"x\"", "1", "null", "true", "x", "{", "}", " "})
  void JS25_J24_refusesWhatIsNoObject(String text) {
    refusesAsHeaderAndClaims(utf8(text), utf8(text));
  }

  @ParameterizedTest
  @ValueSource(ints = {65, 1000, 5500})
  void JS26_CL58_J24_refusesDepth(int depth) {
    refusesMember(utf8("\"x\":" + "[".repeat(depth) + "]".repeat(depth) + ","));
    int objects = Math.min(depth, 1500);
    refusesMember(utf8("\"x\":" + "{\"x\":".repeat(objects) + "1" + "}".repeat(objects) + ","));
    denied(
        Denial.TOKEN_MALFORMED,
        validator,
        RSA.sign(utf8("[".repeat(depth)), utf8("[".repeat(depth))));
  }

  @Test
  void JS26_refusesADepthOfAMillionBeforeItIsRead() {
    String text = "[".repeat(1_000_000);

    denied(Denial.TOKEN_TOO_LONG, validator, RSA.sign(utf8(text), utf8(text)));
  }

  static Stream<byte[]> noUtf8() {
    return Stream.of(
        // Overlong forms of "/" and of "e" in a name, CESU-8, a stray byte, a cut sequence, too
        // large.
        bytes(0xC0, 0xAF),
        bytes(0xC1, 0xA5),
        bytes(0xE0, 0x80, 0xAF),
        bytes(0xF0, 0x80, 0x80, 0xAF),
        bytes(0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80),
        bytes(0xED, 0xA0, 0x80),
        bytes(0x80),
        bytes(0xFF),
        bytes(0xE2, 0x82),
        bytes(0xF4, 0x90, 0x80, 0x80),
        bytes(0xC3));
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int at = 0; at < values.length; at++) {
      bytes[at] = (byte) values[at];
    }
    return bytes;
  }

  @ParameterizedTest
  @MethodSource("noUtf8")
  void JS27_J24_refusesWhatIsNoUtf8(byte[] wrong) {
    byte[] member = new byte[wrong.length + 7];
    System.arraycopy(utf8("\"x\":\""), 0, member, 0, 5);
    System.arraycopy(wrong, 0, member, 5, wrong.length);
    System.arraycopy(utf8("\","), 0, member, 5 + wrong.length, 2);

    refusesMember(member);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE", "IBM037"})
  void JS27_refusesOtherCharsets(String name) {
    Charset charset = Charset.forName(name);

    refusesAsHeaderAndClaims(HEADER.getBytes(charset), CLAIMS.getBytes(charset));
  }

  @Test
  void JS27_refusesAByteOrderMark() {
    refusesAsHeaderAndClaims(utf8("\uFEFF" + HEADER), utf8("\uFEFF" + CLAIMS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\ud800",
        "\\udc00",
        "\\ud800x",
        "\\udc00\\ud800",
        "\\ud83d",
        "\\ud83d\\ud83d\\ude00"
      })
  void JS28_refusesLoneSurrogates(String escape) {
    refusesMember(utf8("\"x\":\"" + escape + "\","));
    refusesMember(utf8("\"x" + escape + "\":1,"));
  }

  @Test
  void acceptsSurrogatesInPairs() {
    String text = "{\"x\":\"\\ud83d\\ude00\u20ac\",";
    granted(validator, RSA.sign(HEADER, CLAIMS.replace("{", text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {" x", "{}", " 1", ",", "]", "}", "\u0000", "//", "\u00a0", ";"})
  void JS29_refusesTrailingText(String trailing) {
    refusesAsHeaderAndClaims(utf8(HEADER + trailing), utf8(CLAIMS + trailing));
  }

  @ParameterizedTest
  @ValueSource(strings = {")]}'", "\u0000", "/**/", "while(1);", "\u00a0", "//x\n"})
  void JS29_refusesLeadingText(String leading) {
    refusesAsHeaderAndClaims(utf8(leading + HEADER), utf8(leading + CLAIMS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/**/", "'x':1,", "x:1,", "\"x\":'y',", "\"x\":NaN,", "\"x\":Infinity,", "\"x\":01,",
        "\"x\":+1,", "\"x\":.5,", "\"x\":1.,", "\"x\":0x1,", "\"x\":,", ",", "\"x\":1,,",
        "\"x\":\"\t\",", "\"x\":\"\\x\",", "\"x\":[1,],", "\"x\":undefined,", "\"x\" 1,", "# x\n"
      })
  void JS29_refusesWhatIsNoJson(String member) {
    refusesMember(utf8(member));
  }

  @Test
  void JS31_boundsTheWork() {
    StringBuilder many = new StringBuilder();
    for (int count = 0; count < 1100; count++) {
      many.append("\"").append(count).append("\":1,");
    }
    granted(validator, RSA.sign(HEADER, CLAIMS.replaceFirst("\\{", "{" + many)));

    String tooMany = "{\"x\":[0" + ",1".repeat(2048) + "],";
    denied(
        Denial.TOKEN_MALFORMED, validator, RSA.sign(HEADER, CLAIMS.replaceFirst("\\{", tooMany)));
    denied(
        Denial.TOKEN_TOO_LONG,
        validator,
        RSA.sign(HEADER, CLAIMS.replaceFirst("\\{", "{\"x\":\"" + "y".repeat(65536) + "\",")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "-1e400", "1E+400", "1e-999999999"})
  void CL52_JS31_refusesNumbersThatWouldExplode(String number) {
    refusesMember(utf8("\"x\":" + number + ","));
    refusesMember(utf8("\"x\":[{\"y\":" + number + "}],"));
  }

  @Test
  void J23_JE1_JE3_refusesFiveParts() {
    for (String header :
        List.of(
            "{\"alg\":\"dir\",\"enc\":\"A256GCM\"}",
            "{\"alg\":\"RSA-OAEP\",\"enc\":\"A256GCM\"}",
            "{\"alg\":\"PBES2-HS256+A128KW\",\"enc\":\"A128GCM\",\"p2c\":2147483647}")) {
      String token = TokenMint.encode(header) + ".AAAA.AAAA.AAAA.AAAA";
      assertTimeout(Duration.ofMillis(500), () -> denied(Denial.TOKEN_MALFORMED, validator, token));
    }
  }

  @Test
  void JE5_refusesATokenInsideAToken() {
    byte[] inner = utf8(RSA.sign(claims()));

    denied(Denial.TOKEN_MALFORMED, validator, RSA.sign(utf8(HEADER), inner));
    denied(Denial.TOKEN_MALFORMED, validator, RSA.sign(utf8(HEADER), utf8("a.b.c.d.e")));
  }

  @Test
  void J52_refusesOpaqueTokensWithoutAskingForKeys() {
    AtomicInteger asked = new AtomicInteger();
    SigningKeys counting =
        (keyId, algorithm) -> {
          asked.incrementAndGet();
          return new SigningKeys.Answer.Unknown();
        };
    JwtTokenValidator offline = validator(java.util.Map.of(Bench.strict(), counting));

    for (String opaque :
        List.of("abc", "7f3c2a10-8a3b-4c57-9c55-0a1b2c3d4e5f", "...", "a.b.c.d", "eyJ", "~~~")) {
      denied(Denial.TOKEN_MALFORMED, offline, opaque);
    }
    assertEquals(0, asked.get());
  }

  @Test
  void JS32_oneTokenHasOneText() {
    String token = RSA.sign(claims());
    granted(validator, token);
    for (String other : List.of(token + "=", token + "==", token.replace('.', '~'), token + ".")) {
      denied(Denial.TOKEN_MALFORMED, validator, other);
    }
    granted(validator, token);
  }

  @Test
  void JS7_looksAtNothingBeyondTheLimit() {
    denied(Denial.TOKEN_TOO_LONG, validator, ".".repeat(1_000_000));
    denied(Denial.TOKEN_TOO_LONG, validator, "a".repeat(16 * 1024 + 1));
    denied(Denial.TOKEN_MALFORMED, validator, "a".repeat(16 * 1024));
  }
}
