package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.oauth.BearerError;
import dev.countersign.oauth.Denial;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What every refusal of the kit has in common, and how the challenges of the contract are written.
 */
final class Refusal {

  static final String METADATA_URL =
      "https://mcp.example.com/.well-known/oauth-protected-resource/mcp";

  /** The challenge to a request without a token. */
  static final String NO_TOKEN =
      "Bearer scope=\"mcp:read\", resource_metadata=\"" + METADATA_URL + "\"";

  /** The challenge to a token that is not accepted. */
  static final String INVALID_TOKEN =
      "Bearer error=\"invalid_token\", scope=\"mcp:read\", resource_metadata=\""
          + METADATA_URL
          + "\", error_description=\""
          + Denial.SIGNATURE.text()
          + "\"";

  /** The challenge to repeated credentials. */
  static final String INVALID_REQUEST =
      "Bearer error=\"invalid_request\", resource_metadata=\""
          + METADATA_URL
          + "\", error_description=\""
          + Denial.REPEATED_CREDENTIALS.text()
          + "\"";

  // The only form that every known client reads.
  private static final Pattern WIRE_FORM =
      Pattern.compile("[A-Z][A-Za-z]+ ([a-z_]+=\"[^\"\\\\]+\")(, [a-z_]+=\"[^\"\\\\]+\")*");

  private static final List<String> FORBIDDEN =
      List.of(
          "Location",
          "Set-Cookie",
          "Proxy-Authenticate",
          "Strict-Transport-Security",
          "Access-Control-Allow-Credentials",
          "Mcp-Session-Id",
          "Transfer-Encoding");

  private static final int INTERNAL_ERROR = -32603;

  private static final Set<Integer> OF_MESSAGES = Set.of(-32700, -32600, -32602, -32020);

  private static final int MAX_HEADER = 4096;

  private Refusal() {}

  /** The challenge to a token that lacks a scope. */
  static String insufficientScope(String scope) {
    return "Bearer error=\"insufficient_scope\", scope=\""
        + scope
        + "\", resource_metadata=\""
        + METADATA_URL
        + "\", error_description=\""
        + Denial.MISSING_SCOPE.text()
        + "\"";
  }

  static void check(RawRequest request, RawResponse response) {
    String seen = request + " -> " + response;
    assertEquals("no-store", response.value("Cache-Control").orElse(""), seen);
    assertEquals("nosniff", response.value("X-Content-Type-Options").orElse(""), seen);
    FORBIDDEN.forEach(name -> assertEquals(List.of(), response.values(name), seen));
    assertTrue(String.join("\r\n", response.fieldLines()).length() <= MAX_HEADER, seen);
    checkChallenge(response, seen);
    if (!request.method().equals("HEAD")) {
      assertEquals(
          Integer.toString(response.bytes().length),
          response.value("Content-Length").orElse(""),
          seen);
      checkBody(response, seen);
    }
  }

  private static void checkChallenge(RawResponse response, String seen) {
    List<String> challenges = response.values("WWW-Authenticate");
    assertTrue(challenges.size() <= 1, seen);
    for (String challenge : challenges) {
      assertTrue(challenge.startsWith("Bearer "), seen);
      assertTrue(WIRE_FORM.matcher(challenge).matches(), seen);
      List<String> names = Challenged.names(challenge);
      assertEquals(names.stream().distinct().toList(), names, seen);
      // Simple clients split at every comma and look for "name=" anywhere.
      String values = String.join(" ", Challenged.params(challenge).values());
      assertFalse(values.contains(",") || values.contains("="), seen);
    }
    // One physical line each: nothing is folded.
    long lines =
        response.fieldLines().stream()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("www-authenticate: bearer "))
            .count();
    assertEquals(challenges.size(), lines, seen);
    assertTrue(
        response.fieldLines().stream()
            .noneMatch(line -> line.startsWith(" ") || line.startsWith("\t")),
        seen);
  }

  // A JSON-RPC error without an id, whose data says what the challenge says.
  private static void checkBody(RawResponse response, String seen) {
    assertEquals("application/json", mediaType(response), seen);
    Map<String, Object> body = response.json();
    assertEquals("2.0", body.get("jsonrpc"), seen);
    assertTrue(body.containsKey("id"), seen);
    assertEquals(null, body.get("id"), seen);
    Map<?, ?> error = assertInstanceOf(Map.class, body.get("error"), seen);
    assertFalse(String.valueOf(error.get("message")).isBlank(), seen);
    int code = assertInstanceOf(Number.class, error.get("code"), seen).intValue();
    // Out of the range that JSON-RPC and MCP reserve, but for what they have defined for a message.
    assertTrue(
        code == response.status()
            || (response.status() == 400 && OF_MESSAGES.contains(code))
            || (response.status() == 500 && code == INTERNAL_ERROR),
        seen);
    for (String challenge : response.values("WWW-Authenticate")) {
      Map<?, ?> data = assertInstanceOf(Map.class, error.get("data"), seen);
      Map<String, String> params = Challenged.params(challenge);
      for (String name : List.of("error", "scope", "resource_metadata")) {
        assertEquals(params.get(name), data.get(name), seen);
      }
    }
  }

  static String mediaType(RawResponse response) {
    return response.value("Content-Type").orElse("").split(";")[0].strip();
  }

  /** The challenge of a response, whose error is asserted. */
  static Map<String, String> challenged(RawResponse response, BearerError error) {
    Map<String, String> params = Challenged.params(response.value("WWW-Authenticate").orElse(""));
    assertEquals(error.code(), params.get("error"), response::toString);
    return params;
  }
}
