package dev.countersign.sample.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.doctor.check.Checks;
import dev.countersign.doctor.check.Finding;
import dev.countersign.doctor.check.Severity;
import dev.countersign.doctor.check.Site;
import dev.countersign.doctor.client.Client;
import dev.countersign.doctor.client.Replay;
import dev.countersign.doctor.login.Login;
import dev.countersign.doctor.wire.Caller;
import dev.countersign.sample.authorizationserver.Browser;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The doctor at the demo: no alarm, and a login. */
class DoctorTest {

  private static Demo demo;

  @BeforeAll
  static void start() throws Exception {
    demo = Demo.start(0, LoginServer.embedded(0));
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  private static Site site(Caller caller) {
    URI url = URI.create(demo.resource().identifier().toString());
    return new Site(url, caller, Site.Means.NONE, Clock.systemUTC());
  }

  private static Caller caller() {
    return new Caller(() -> {}, ProxySelector.of(null));
  }

  @Test
  void raisesNoAlarm() {
    try (Caller caller = caller()) {
      List<Finding> findings = Checks.run(site(caller));
      assertEquals(
          List.of(),
          findings.stream().filter(finding -> finding.severity() != Severity.INFO).toList());
    }
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void everyClientReachesTheLogin(Client client) {
    try (Caller caller = caller()) {
      Replay replay = Replay.of(client, site(caller));
      assertEquals(Optional.empty(), replay.stopped(), () -> replay.steps().toString());
    }
  }

  @Test
  void logsIn() throws Exception {
    try (Caller caller = caller()) {
      List<Login.Step> steps = new Login(site(caller), DoctorTest::approve).run();
      assertEquals(
          List.of(
              "resource metadata",
              "authorization server",
              "client",
              "login",
              "token",
              "initialize",
              "tools/list"),
          steps.stream().map(Login.Step::what).toList());
      assertTrue(steps.stream().allMatch(Login.Step::good), steps::toString);
    }
  }

  // The user: logs in at the page, and is sent back to the doctor.
  private static void approve(URI page) {
    try {
      String query =
          new Browser(page.resolve("/").toString().replaceAll("/$", ""))
              .authorize(page.toString()).entrySet().stream()
                  .map(one -> one.getKey() + "=" + encoded(one.getValue()))
                  .collect(Collectors.joining("&"));
      URI back = URI.create(parameter(page, "redirect_uri") + "?" + query);
      HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(back).build(), BodyHandlers.discarding());
    } catch (Exception e) {
      throw new IllegalStateException("the user cannot log in", e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String parameter(URI page, String name) {
    for (String pair : page.getRawQuery().split("&")) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    throw new IllegalArgumentException(name);
  }
}
