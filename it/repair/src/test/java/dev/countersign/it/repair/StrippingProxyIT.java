package dev.countersign.it.repair;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.testkit.RawRequest;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/**
 * A bridge in front of a server that judges its tokens: it hands on the status, and of the
 * challenge nothing, or the URL alone (punkpeye/mcp-proxy issue 44).
 */
class StrippingProxyIT extends RepairedApplication {

  @Override
  Offender.Security security() {
    return http ->
        http.csrf(csrf -> csrf.disable())
            .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
            .addFilterBefore(new StrippingProxy(), AuthorizationFilter.class)
            .build();
  }

  private static RawRequest through(String way) {
    return get().with("Proxy-Way", way);
  }

  @Test
  void C30_whatWasCutOffIsThereAgain() throws IOException {
    assertEquals(List.of(), offender().asItIs(through("nothing")).values("WWW-Authenticate"));
    assertEquals(List.of(FIRST), offender().challengesForEveryClient(through("nothing")));
    assertEquals(List.of(FIRST), offender().challengesForEveryClient(through("url")));
    assertEquals(List.of(FIRST), offender().challengesForEveryClient(through("relative")));
    assertEquals(List.of(FIRST), offender().challengesForEveryClient(through("bare")));
  }

  @Test
  void C30_S07_anErrorToo() throws IOException {
    for (String way : List.of("nothing", "url", "relative", "bare")) {
      assertEquals(
          List.of(
              BAD_TOKEN
                  + "error_description=\"The access token is expired or revoked or malformed or not"
                  + " meant for this resource\""),
          offender().challengesForEveryClient(through(way).bearer("expired")));
    }
  }

  @Test
  void C30_whatWasKeptStays() throws IOException {
    assertEquals(
        List.of(
            "Bearer realm=\"files\", error=\"invalid_token\", scope=\"files:read\", "
                + Offender.URL
                + ", error_description=\"The token was revoked\""),
        offender().challengesForEveryClient(through("all").bearer("expired")));
  }

  @Test
  void S10_ofAStepUpAsWell() throws IOException {
    assertEquals(
        List.of(
            "Bearer error=\"insufficient_scope\", scope=\"mcp:read\", "
                + Offender.URL
                + ", error_description=\"The request needs more scope than the access token has\""),
        offender().challengesForEveryClient(through("step-up").bearer("weak")));
  }
}
