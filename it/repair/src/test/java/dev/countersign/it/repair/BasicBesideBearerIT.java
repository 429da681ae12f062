package dev.countersign.it.repair;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;

/** Spring Security with a password login beside the tokens: each request gets one challenge. */
class BasicBesideBearerIT extends RepairedApplication {

  private static final String BASIC = "Basic realm=\"Realm\", charset=\"UTF-8\"";

  @Override
  Offender.Security security() {
    return http ->
        http.authorizeHttpRequests(
                requests ->
                    requests
                        .requestMatchers(HttpMethod.PUT, "/mcp")
                        .hasRole("ADMIN")
                        .anyRequest()
                        .authenticated())
            .csrf(csrf -> csrf.disable())
            .httpBasic(Customizer.withDefaults())
            .oauth2ResourceServer(
                server -> server.jwt(jwt -> jwt.decoder(Offender.decoder(authorizationServer))))
            .build();
  }

  @Test
  void C30_C24_bearerComesFirst() throws IOException {
    assertEquals(List.of(BASIC), offender().asItIs(get()).values("WWW-Authenticate"));

    assertEquals(List.of(FIRST, BASIC), offender().challengesForEveryClient(get()));
  }

  @Test
  void C30_S03_afterAWrongPassword() throws IOException {
    assertEquals(
        List.of(FIRST, BASIC),
        offender().challengesForEveryClient(get().with("Authorization", "Basic b3BlcmF0b3I6eQ==")));
  }

  @Test
  void theRightPasswordStillOpens() throws IOException {
    RawResponse response =
        offender().repaired(get().with("Authorization", "Basic b3BlcmF0b3I6eA=="));

    assertEquals("user operator", response.text());
  }

  @Test
  void C30_theBareBearerOfA403() throws IOException {
    RawRequest request =
        RawRequest.of("PUT", "/mcp").with("Authorization", "Basic b3BlcmF0b3I6eA==").json("{}");
    RawResponse before = offender().asItIs(request);
    assertEquals(403, before.status());
    assertEquals(List.of("Bearer"), before.values("WWW-Authenticate"));

    assertEquals(List.of(FIRST), offender().challengesForEveryClient(request));
  }
}
