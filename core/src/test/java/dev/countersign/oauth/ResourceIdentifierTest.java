package dev.countersign.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceIdentifierTest {

  private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";
  private static final ResourceIdentifier OWN =
      ResourceIdentifier.parse("https://mcp.example.com/mcp");

  private static void assertMetadata(String expected, String identifier) {
    assertEquals(expected, ResourceIdentifier.parse(identifier).metadataUrl());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/mcp", "/a/b/mcp", "/mcp/", "/mcp.v1"})
  void M04_putsTheWellKnownStringBetweenHostAndPath(String path) {
    assertMetadata("https://h.example" + WELL_KNOWN + path, "https://h.example" + path);
    assertEquals(
        WELL_KNOWN + path, ResourceIdentifier.parse("https://h.example" + path).metadataPath());
  }

  @ParameterizedTest
  @CsvSource({
    "https://h.example, ''",
    "https://h.example/, ''",
    "https://h.example?t=1, ?t=1",
    "https://h.example/?t=1, ?t=1"
  })
  void M07_dropsASlashRightBehindTheHost(String identifier, String rest) {
    assertMetadata("https://h.example" + WELL_KNOWN + rest, identifier);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a%2Fb", "/a%2fb/", "/%7Ex", "/a//b", "/A;x=1", "/a%252Fb", "/~x/-/_"})
  void M08_keepsThePathByteForByte(String path) {
    assertMetadata("https://h.example" + WELL_KNOWN + path, "https://h.example" + path);
    assertEquals(path, ResourceIdentifier.parse("https://h.example" + path).path());
  }

  @Test
  void M09_M10_keepsTheQueryBehindThePathAndTellsOfIt() {
    assertMetadata(
        "https://h.example" + WELL_KNOWN + "/mcp?p=a%20b", "https://h.example/mcp?p=a%20b");
    assertTrue(ResourceIdentifier.parse("https://h.example/mcp?p=1").hasQuery());
    assertFalse(ResourceIdentifier.parse("https://h.example/mcp").hasQuery());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://h.example/mcp#x", "https://h.example/mcp#", "https://h.example#x"})
  void M11_refusesAFragment(String identifier) {
    assertRefused("a fragment is not allowed (RFC 8707 section 2)", identifier);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "//h/mcp",
        "h.example/mcp",
        "/mcp",
        "https:",
        "https:/mcp",
        "https:///mcp",
        "https:mcp",
        "ftp://h.example/mcp",
        "urn:mcp",
        "ws://h.example",
        "https://",
        "https://?a",
        "mailto:a@h.example"
      })
  void M12_refusesWhatIsNoAbsoluteHttpsUrl(String identifier) {
    assertThrows(IllegalArgumentException.class, () -> ResourceIdentifier.parse(identifier));
    assertThrows(
        IllegalArgumentException.class,
        () -> ResourceIdentifier.parseAllowingHttpOnLoopback(identifier));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://u:p@h.example/mcp", "https://u@h.example/mcp", "https://@h.example"})
  void M12_refusesUserInformation(String identifier) {
    assertRefused("user information is not allowed", identifier);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://h.example/mcp", "http://localhost/mcp", "HTTP://127.0.0.1:80/mcp"})
  void L01_M12_refusesPlainHttp(String identifier) {
    assertRefused(
        "the scheme must be https (RFC 9728 section 1.2); plain http only on the loopback, with"
            + " allow-http-on-loopback=true",
        identifier);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost/mcp",
        "http://127.0.0.1:8080/mcp",
        "http://127.1.2.3",
        "http://[::1]:1/x"
      })
  void L01_M12_takesPlainHttpOnTheLoopbackIfAllowed(String identifier) {
    assertEquals(identifier, ResourceIdentifier.parseAllowingHttpOnLoopback(identifier).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://h.example/mcp",
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example",
        "http://10.0.0.1",
        "http://[::2]",
        "http://0.0.0.0",
        "http://1270.0.0.1",
        "http://localhosts"
      })
  void L01_M12_takesPlainHttpNowhereElse(String identifier) {
    assertThrows(
        IllegalArgumentException.class,
        () -> ResourceIdentifier.parseAllowingHttpOnLoopback(identifier));
  }

  @Test
  void M19_writesSchemeAndHostInLowerCase() {
    assertEquals(
        "https://host.example/MCP?A=B",
        ResourceIdentifier.parse("HTTPS://Host.Example/MCP?A=B").toString());
  }

  @ParameterizedTest
  @CsvSource({
    "https://h.example:443/mcp, https://h.example/mcp",
    "https://h.example:/mcp, https://h.example/mcp",
    "https://h.example:8443/mcp, https://h.example:8443/mcp",
    "https://h.example:80/mcp, https://h.example:80/mcp",
    "https://[2001:DB8::1]/mcp, https://[2001:db8::1]/mcp",
    "https://[2001:db8::1]:443/mcp, https://[2001:db8::1]/mcp",
    "https://[2001:db8::1]:8443/mcp, https://[2001:db8::1]:8443/mcp",
    "https://b\u00fccher.example, https://xn--bcher-kva.example",
    "https://B\u00dcCHER.example:8443/mcp, https://xn--bcher-kva.example:8443/mcp"
  })
  void L13_writesHostsAndPortsOneWay(String identifier, String expected) {
    ResourceIdentifier parsed = ResourceIdentifier.parse(identifier);

    assertEquals(expected, parsed.toString());
    assertEquals(expected.replaceFirst("(//[^/]+)", "$1" + WELL_KNOWN), parsed.metadataUrl());
    assertEquals(expected.replaceFirst("(//[^/]+).*", "$1"), parsed.origin());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://h.example/b\u00fccher", "https://h.example?b=\u00fc", "https://h.example/?\u212A",
        "https://h.example/a b", "https://h.example/\u200B", "https://h.example/a\nb",
        "https://h.example/a\"b", "https://h.example/a\\b", "https://h\n.example/"
      })
  void C14_refusesCharactersThatNoHeaderCouldCarry(String identifier) {
    assertThrows(IllegalArgumentException.class, () -> ResourceIdentifier.parse(identifier));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://h.example./mcp",
        "https://h.example:65536/mcp",
        "https://h.example:99999999999/",
        "https://h.example:x/",
        "https://h_x.example/",
        "https://-/"
      })
  void PM13_refusesHostsAndPortsThatNoClientWrites(String identifier) {
    assertThrows(IllegalArgumentException.class, () -> ResourceIdentifier.parse(identifier));
  }

  static Stream<String> foreignAudiences() {
    String own = "https://mcp.example.com";
    return Stream.of(
        own + "/mcp/",
        own,
        own + "/",
        own + "/MCP",
        own + "/mcpx",
        own + "/mc",
        own + "/mcp/x",
        own + "/mcp?x=1",
        own + "/mcp?",
        own + "/mcp#f",
        own + "/mcp#",
        own + "/%6Dcp",
        own + "/./mcp",
        own + "/x/../mcp",
        own + "//mcp",
        own + "/mcp;x",
        own + ".evil.example/mcp",
        "https://evil.example/" + own + "/mcp",
        "https://user@mcp.example.com/mcp",
        "https://mcp.example.com@evil.example/mcp",
        own + ":8443/mcp",
        own + ":80/mcp",
        own + ":0443/mcp",
        own + ":/mcp",
        own + "./mcp",
        "http://mcp.example.com/mcp",
        "http://mcp.example.com:443/mcp",
        "mcp.example.com/mcp",
        "//mcp.example.com/mcp",
        own + "/mcp ",
        " " + own + "/mcp",
        own + "/mcp\u200B",
        own + "/mcp\n",
        own + "/*",
        "*",
        "account",
        "",
        "/mcp");
  }

  @ParameterizedTest
  @MethodSource("foreignAudiences")
  void J28_J31_isNotNamedByAnotherAudience(String audience) {
    assertFalse(OWN.isNamedBy(audience));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://mcp.example.com/mcp",
        "HTTPS://MCP.EXAMPLE.COM/mcp",
        "https://mcp.example.com:443/mcp",
        "hTTps://Mcp.Example.com:443/mcp"
      })
  void J28_J30_isNamedByItselfWithAnyCaseOfSchemeAndHost(String audience) {
    assertTrue(OWN.isNamedBy(audience));
  }

  @Test
  void J29_comparesThePathWithRegardToCase() {
    ResourceIdentifier upper = ResourceIdentifier.parse("https://h.example/MCP");

    assertTrue(upper.isNamedBy("https://H.example/MCP"));
    assertFalse(upper.isNamedBy("https://h.example/mcp"));
  }

  @Test
  void J31_isNamedWithAndWithoutTheSlashOfABareHost() {
    for (String own : List.of("https://h.example", "https://h.example/")) {
      assertTrue(ResourceIdentifier.parse(own).isNamedBy("https://h.example"));
      assertTrue(ResourceIdentifier.parse(own).isNamedBy("https://h.example/"));
      assertFalse(ResourceIdentifier.parse(own).isNamedBy("https://h.example//"));
      assertFalse(ResourceIdentifier.parse(own).isNamedBy("https://h.example/x"));
    }
    assertTrue(
        ResourceIdentifier.parse("https://h.example?t=1").isNamedBy("https://h.example/?t=1"));
  }

  // U+212A, the Kelvin sign, becomes k in lower case; U+0131 and U+0130 are the Turkish ones.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://\u212A.example/x",
        "https://k\u200D.example/x",
        "https://\uFF4B.example/x"
      })
  void M17_J31_isNotNamedByAHostThatOnlyLooksAlike(String audience) {
    assertFalse(ResourceIdentifier.parse("https://k.example/x").isNamedBy(audience));
  }

  @Test
  void M17_comparesWithoutUnicodeNormalisation() {
    assertFalse(OWN.isNamedBy("https://mcp.example.com/mcp\u0301"));
    assertFalse(
        ResourceIdentifier.parse("https://h.example/caf%C3%A9")
            .isNamedBy("https://h.example/caf\u00e9"));
    assertNotEquals(
        ResourceIdentifier.parse("https://h.example/caf%C3%A9"),
        ResourceIdentifier.parse("https://h.example/cafe%CC%81"));
  }

  @Test
  void isEqualByItsText() {
    assertEquals(OWN, ResourceIdentifier.parse("HTTPS://mcp.example.com:443/mcp"));
    assertEquals(
        OWN.hashCode(), ResourceIdentifier.parse("https://MCP.example.com/mcp").hashCode());
    assertNotEquals(OWN, ResourceIdentifier.parse("https://mcp.example.com/mcp/"));
    assertNotEquals(OWN, "https://mcp.example.com/mcp");
  }

  @Test
  void parsesWhatItPrintsAndRefusesWithOneKindOfException() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String alphabet = "htps:/.@?#[]%12aZ\u00fc\u212A \n-_";
    for (int run = 0; run < 20_000; run++) {
      StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "" : "https://h");
      int length = random.nextInt(12);
      for (int at = 0; at < length; at++) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      ResourceIdentifier parsed;
      try {
        parsed = ResourceIdentifier.parse(text.toString());
      } catch (IllegalArgumentException e) {
        continue;
      }
      assertEquals(
          parsed, ResourceIdentifier.parse(parsed.toString()), () -> text + " seed " + seed);
      assertTrue(parsed.isNamedBy(parsed.toString()), () -> text + " seed " + seed);
      assertTrue(parsed.metadataUrl().chars().allMatch(c -> c > ' ' && c < 127));
    }
  }

  private static void assertRefused(String message, String identifier) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> ResourceIdentifier.parse(identifier))
            .getMessage());
  }
}
