package dev.countersign.it.repair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;

/** Spring Security as a resource server, the way its documentation sets it up. */
class SpringSecurityIT extends RepairedApplication {

  private static final String PAGE = "https://app.example.com";

  @Override
  Offender.Security security() {
    return http ->
        http.authorizeHttpRequests(
                requests ->
                    requests
                        .requestMatchers(HttpMethod.DELETE, "/mcp")
                        .hasAuthority("SCOPE_mcp:admin")
                        .anyRequest()
                        .authenticated())
            .oauth2ResourceServer(
                server -> server.jwt(jwt -> jwt.decoder(Offender.decoder(authorizationServer))))
            .build();
  }

  @Test
  void theApplicationDecides() throws IOException {
    RawResponse response = offender().repaired(get().bearer(good()));

    assertEquals(200, response.status(), response::toString);
    assertEquals("user alice", response.text());
    assertEquals(List.of(), response.values("WWW-Authenticate"));
  }

  @Test
  void C30_S11_withoutAToken() throws IOException {
    // The path is lost, and the scheme is the one behind the proxy.
    assertEquals(
        List.of(
            "Bearer resource_metadata="
                + "\"http://mcp.example.com/.well-known/oauth-protected-resource\""),
        offender().asItIs(get()).values("WWW-Authenticate"));

    assertEquals(List.of(FIRST), offender().challengesForEveryClient(get()));
  }

  @Test
  void C30_S07_withABadToken() throws IOException {
    String expired =
        tokens
            .mint()
            .header("typ", "JWT")
            .issuedIn(Duration.ofHours(-2))
            .expiresIn(Duration.ofHours(-1))
            .text();
    for (String token : List.of(expired, "a.b.c", "opaque", good() + "x")) {
      RawRequest request = get().bearer(token);
      String before = offender().asItIs(request).value("WWW-Authenticate").orElseThrow();

      List<String> after = offender().challengesForEveryClient(request);

      assertTrue(before.startsWith("Bearer error=\"invalid_token\", error_description="), before);
      assertEquals(1, after.size());
      assertTrue(after.get(0).startsWith(BAD_TOKEN + "error_description=\""), after.toString());
      assertTrue(after.get(0).contains("error_uri=\"https://tools.ietf.org/"), after.toString());
    }
  }

  @Test
  void C30_S10_withTooLittleScope() throws IOException {
    RawRequest request = RawRequest.of("DELETE", "/mcp").bearer(good());

    assertEquals(
        List.of(
            "Bearer error=\"insufficient_scope\", scope=\"mcp:read\", "
                + Offender.URL
                + ", error_description=\"The request requires higher privileges than provided by"
                + " the access token.\", error_uri=\"https://tools.ietf.org/html/rfc6750#section-3.1\""),
        offender().challengesForEveryClient(request));
  }

  @Test
  void C30_withTwoTokens() throws IOException {
    RawRequest request = RawRequest.of("GET", "/mcp?access_token=b").bearer("a");

    List<String> before = offender().asItIs(request).values("WWW-Authenticate");
    List<String> after = offender().challengesForEveryClient(request);

    assertEquals(1, before.size());
    assertTrue(after.get(0).contains(Offender.URL), after::toString);
  }

  @Test
  void H11_pagesOfAllowedOriginsReadTheChallenge() throws IOException {
    RawResponse response = offender().repaired(get().with("Origin", PAGE));

    assertEquals(List.of(PAGE), response.values("Access-Control-Allow-Origin"));
    assertTrue(
        response.value("Access-Control-Expose-Headers").orElse("").contains("WWW-Authenticate"));
    assertEquals(List.of(FIRST), response.values("WWW-Authenticate"));
  }

  @Test
  void aPreflightThatTheApplicationRefusesStaysRefused() throws IOException {
    RawRequest preflight =
        RawRequest.of("OPTIONS", "/mcp")
            .with("Origin", PAGE)
            .with("Access-Control-Request-Method", "POST");

    assertEquals(401, offender().repaired(preflight).status());
  }

  @Test
  void M01_servesTheDocumentInThePlaceOfTheApplications() throws IOException {
    for (String path :
        List.of(
            "/.well-known/oauth-protected-resource/mcp", "/.well-known/oauth-protected-resource")) {
      assertEquals(
          Offender.RESOURCE,
          offender().repaired(RawRequest.of("GET", path)).json().get("resource"));
    }
  }
}
