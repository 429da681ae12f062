package dev.countersign.agent.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSearchTest {

  private static final String TOKEN = "eyJhbGciOiJFUzI1NiJ9.e30-_~+/.c2ln";

  private static boolean inField(String value) {
    return TokenSearch.anyInField(value, TOKEN::equals);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TOKEN,
        "Bearer " + TOKEN,
        "bearer\t" + TOKEN,
        "DPoP " + TOKEN,
        "Token token=\"" + TOKEN + "\"",
        "a=b; session=" + TOKEN + "; c=d",
        "Basic xyz, Bearer " + TOKEN,
        "https://host/?access_token=" + TOKEN,
        TOKEN + "=="
      })
  void Z02_findsATokenInAField(String value) {
    assertTrue(inField(value), value);
  }

  @ParameterizedTest
  @ValueSource(strings = {TOKEN, "x-access-token:" + TOKEN, TOKEN + ":"})
  void Z02_findsATokenInBasicCredentials(String pair) {
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));

    assertTrue(inField("Basic " + basic), pair);
    assertTrue(inField("basic  " + basic), pair);
    assertFalse(inField("Other " + basic), pair);
    assertFalse(inField("Basic " + basic + "*"), pair);
  }

  @Test
  void Z02_findsATokenInAQuery() {
    for (String query :
        List.of(
            "access_token=" + TOKEN,
            "a=b&access_token=" + TOKEN + "&c=d",
            "t=" + TOKEN.replace("+", "%2B").replace("/", "%2f").replace("e", "%65"),
            "t=" + TOKEN + "%3D%3d")) {
      assertTrue(TokenSearch.anyInQuery(query, TOKEN::equals), query);
    }
    assertFalse(TokenSearch.anyInQuery("", one -> true));
    assertFalse(TokenSearch.anyInQuery("a=b&%zz=%2", one -> true));
    // Whatever stands behind a percent sign is text, for a replacement as well.
    assertTrue(TokenSearch.anyInQuery("%24%5C%00=" + TOKEN, TOKEN::equals));
  }

  @Test
  void Z02_asksAboutNothingShort() {
    List<String> asked = new ArrayList<>();
    TokenSearch.anyInField(
        "a".repeat(19) + " " + "b".repeat(20) + ";c;" + "d".repeat(21), text -> !asked.add(text));

    assertEquals(List.of("b".repeat(20), "d".repeat(21)), asked);
  }
}
