package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The documents below the well-known paths. */
abstract class MetadataRules extends AnswerRules {

  /** Where the one resource of this origin is described: E1 to E4. */
  private static final List<String> PLACES =
      List.of(
          METADATA + "/mcp",
          METADATA + "/mcp/",
          METADATA,
          METADATA + "/",
          "/mcp" + METADATA,
          "/mcp" + METADATA + "/");

  private RawResponse document(RawRequest request) throws IOException {
    RawResponse response = standard().send(request);
    assertEquals(200, response.status(), () -> request + " -> " + response);
    assertEquals(0, standard().application().invocations());
    return response;
  }

  @Test
  void M01_M03_C20_M79_leadsFromTheChallengeToTheDocument() throws IOException {
    String challenge = refused(401, post()).value("WWW-Authenticate").orElseThrow();
    URI url = URI.create(Challenged.params(challenge).getOrDefault("resource_metadata", ""));

    assertEquals("https://mcp.example.com", url.getScheme() + "://" + url.getAuthority());
    assertArrayEquals(
        document(get(METADATA + "/mcp")).bytes(), document(get(url.getRawPath())).bytes());
  }

  @Test
  void M04_M05_M13_M22_M62_M66_servesOneDocumentAtEveryPlace() throws IOException {
    byte[] expected = document(get(METADATA + "/mcp")).bytes();
    for (String place : PLACES) {
      assertArrayEquals(expected, document(get(place)).bytes(), place);
    }
  }

  @Test
  void M02_M14_M15_M16_M24_M25_M27_M28_M32_M34_M37_M72_describesTheResource() throws IOException {
    Map<String, Object> members = document(get(METADATA + "/mcp")).json();

    assertEquals(RESOURCE, members.get("resource"));
    assertEquals(List.of(authorizationServer().issuer()), members.get("authorization_servers"));
    assertEquals(List.of("mcp:read", "files:read", "files:write"), members.get("scopes_supported"));
    assertEquals(List.of("header"), members.get("bearer_methods_supported"));
    assertFalse(members.containsValue(null), members::toString);
  }

  @Test
  void M23_M60_M61_M65_PM10_PM11_hasTheFieldsOfAPublicDocument() throws IOException {
    RawResponse response =
        document(get(METADATA + "/mcp").with("Origin", "https://anywhere.example"));

    assertEquals("application/json", Refusal.mediaType(response));
    assertEquals(Optional.of("public, max-age=300"), response.value("Cache-Control"));
    assertEquals(Optional.of("*"), response.value("Access-Control-Allow-Origin"));
    assertEquals(Optional.of("nosniff"), response.value("X-Content-Type-Options"));
    assertEquals(List.of(), response.values("Access-Control-Allow-Credentials"));
    assertEquals(List.of(), response.values("Set-Cookie"));
    assertEquals(List.of(), response.values("Vary"));
    assertEquals(
        Integer.toString(response.bytes().length), response.value("Content-Length").orElse(""));
  }

  @Test
  void M61_answers304ToTheEntityTag() throws IOException {
    String tag = document(get(METADATA + "/mcp")).value("ETag").orElseThrow();

    for (String condition : List.of(tag, "W/" + tag, "\"x\", " + tag, "*")) {
      RawResponse response =
          standard().send(get(METADATA + "/mcp").with("If-None-Match", condition));
      assertEquals(304, response.status(), condition);
      assertEquals(Optional.of(tag), response.value("ETag"));
      assertEquals(Optional.of("*"), response.value("Access-Control-Allow-Origin"));
    }
    document(get(METADATA + "/mcp").with("If-None-Match", "\"x\""));
  }

  @Test
  void M63_answersHeadAsGet() throws IOException {
    for (String place : PLACES) {
      RawResponse get = document(get(place));
      RawResponse head = document(RawRequest.of("HEAD", place));

      for (String name : List.of("Content-Type", "Content-Length", "Cache-Control", "ETag")) {
        assertEquals(get.values(name), head.values(name), name);
      }
    }
  }

  @Test
  void M65_answersThePreflightOfAnyOrigin() throws IOException {
    RawResponse response =
        standard()
            .send(
                RawRequest.of("OPTIONS", METADATA + "/mcp")
                    .with("Origin", "https://anywhere.example")
                    .with("Access-Control-Request-Method", "GET")
                    .with("Access-Control-Request-Headers", "mcp-protocol-version"));

    assertEquals(204, response.status());
    assertEquals(Optional.of("*"), response.value("Access-Control-Allow-Origin"));
    String names =
        response.value("Access-Control-Allow-Headers").orElse("").toLowerCase(Locale.ROOT);
    assertTrue(List.of(names.split(", ")).contains("mcp-protocol-version"), names);
  }

  @Test
  void M64_M29_PM7_answers405ToOtherMethods() throws IOException {
    for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "FOO")) {
      RawResponse response =
          standard().send(RawRequest.of(method, METADATA + "/mcp").body(new byte[0]));

      assertEquals(405, response.status(), method);
      assertEquals(Optional.of("GET, HEAD, OPTIONS"), response.value("Allow"));
      assertEquals("application/json", Refusal.mediaType(response));
    }
    assertEquals(0, standard().application().invocations());
  }

  @Test
  void M62_PM8_M80_M81_H04_ignoresEveryFieldOfTheRequest() throws IOException {
    byte[] expected = document(get(METADATA + "/mcp")).bytes();
    RawRequest request = get(METADATA + "/mcp");
    for (RawRequest one :
        List.of(
            request.bearer("bad"),
            request.bearer("a").bearer("b"),
            request.with("Authorization", "Basic eDp5"),
            request.with("MCP-Protocol-Version", "2024-11-05"),
            request.with("Accept", "text/event-stream"),
            request.with("Accept", "image/png"),
            request.with("Origin", "null"),
            request.without("Host").with("Host", "evil.example"),
            request.with("X-Forwarded-Host", "evil.example").with("Forwarded", "host=evil.example"),
            get(METADATA + "/mcp?resource=https://evil.example"))) {
      assertArrayEquals(expected, document(one).bytes(), one::toString);
    }
  }

  @Test
  void M21_M68_M29_M82_answersUnknownDocumentsWithAPlain404() throws IOException {
    List<String> unknown =
        List.of(
            METADATA + "/kanarienvogel",
            METADATA + "/mcp/kanarienvogel",
            METADATA + "/%6bcp",
            "/.well-known/oauth-authorization-server",
            "/.well-known/oauth-authorization-server/mcp",
            "/mcp/.well-known/oauth-authorization-server",
            "/.well-known/openid-configuration",
            "/.well-known/openid-configuration/mcp",
            "/mcp/.well-known/openid-configuration",
            "/.well-known/oauth-anything");
    for (String target : unknown) {
      for (String method : List.of("GET", "POST")) {
        RawResponse response = standard().send(RawRequest.of(method, target));

        assertEquals(404, response.status(), () -> target + " -> " + response);
        assertEquals("application/json", Refusal.mediaType(response), target);
        assertEquals(Optional.of("*"), response.value("Access-Control-Allow-Origin"), target);
        assertEquals(List.of(), response.values("WWW-Authenticate"), target);
        assertFalse(response.toString().contains("kanarienvogel"), target);
        response.json();
      }
    }
    assertEquals(0, standard().application().invocations());
  }

  @Test
  void M82_copiesTheMetadataOfTheAuthorizationServerWhenToldSo() throws IOException {
    byte[] original =
        RawHttp.exchange(
                URI.create(authorizationServer().issuer()),
                get("/.well-known/oauth-authorization-server"))
            .bytes();
    for (String target :
        List.of(
            "/.well-known/oauth-authorization-server",
            "/.well-known/oauth-authorization-server/mcp",
            "/mcp/.well-known/oauth-authorization-server")) {
      RawResponse copy = RawHttp.await(stand(Setup.TWO_RESOURCES).server().uri(), get(target), 200);

      assertEquals(200, copy.status(), target);
      assertArrayEquals(original, copy.bytes(), target);
      assertEquals(Optional.of("*"), copy.value("Access-Control-Allow-Origin"));
    }
  }

  @Test
  void PM6_PA12_PA13_opensNoOtherPathByAWellKnownName() throws IOException {
    for (String target :
        List.of(
            "/mcp;" + METADATA,
            "/mcp/x" + METADATA,
            "/mcp?" + METADATA,
            "/mcp#" + METADATA,
            "/" + METADATA + "/../../mcp",
            METADATA + "/../../mcp",
            METADATA + "/..;/..;/mcp",
            METADATA + "/%2e%2e/%2e%2e/mcp",
            METADATA.toUpperCase(Locale.ROOT) + "/mcp",
            "/.well-known;x" + METADATA.substring("/.well-known".length()) + "/mcp",
            "//.well-known/oauth-protected-resource/../../mcp")) {
      neverReaches(standard(), get(target));
      neverReaches(standard(), RawRequest.of("POST", target).json(INITIALIZE));
    }
  }

  @Test
  void M77_M78_PM14_describesEachOfTwoResources() throws IOException {
    Stand two = stand(Setup.TWO_RESOURCES);

    assertEquals(RESOURCE, two.send(get(METADATA + "/mcp")).json().get("resource"));
    assertEquals(
        "https://mcp.example.com/other", two.send(get(METADATA + "/other")).json().get("resource"));
    assertEquals(404, two.send(get(METADATA)).status());
  }

  @Test
  void M77_challengesWithTheDocumentOfTheResourceAsked() throws IOException {
    Stand two = stand(Setup.TWO_RESOURCES);

    String challenge = refused(two, 401, get("/other/x")).value("WWW-Authenticate").orElseThrow();

    assertEquals(
        "https://mcp.example.com" + METADATA + "/other",
        Challenged.params(challenge).get("resource_metadata"));
    assertEquals("other:read", Challenged.params(challenge).get("scope"));
  }

  @Test
  void J28_admitsATokenToItsOwnResourceOnly() throws IOException {
    Stand two = stand(Setup.TWO_RESOURCES);
    String other =
        tokens()
            .mint()
            .audience("https://mcp.example.com/other")
            .scope("mcp:read other:read")
            .text();

    refused(two, 401, post().bearer(other));
    reached(two, RawRequest.of("POST", "/other").json(INITIALIZE).bearer(other));
    refused(
        two, 404, RawRequest.of("POST", "/elsewhere").json(INITIALIZE).bearer(tokens().valid()));
  }
}
