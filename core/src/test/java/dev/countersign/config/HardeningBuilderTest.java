package dev.countersign.config;

import static dev.countersign.config.Reading.minimalWith;
import static dev.countersign.config.Reading.problem;
import static dev.countersign.config.Reading.problems;
import static dev.countersign.config.Reading.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HardeningBuilderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "*.example.com",
        "a.example:0",
        "a.example:x",
        "a.example.",
        "a..example",
        "::1",
        "a.example/mcp",
        "u@a.example",
        "[::1"
      })
  void H08_refusesWhatIsNoHost(String host) {
    assertEquals(
        List.of(
            problem(
                "allowed-hosts",
                host,
                "expected a host such as mcp.example.com, localhost:8080 or [::1]:8080")),
        problems(minimalWith("allowed-hosts", host)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"authorization", "Host", "content-type", "Mcp-Session-Id"})
  void MC29_refusesToStripWhatTheRequestNeeds(String name) {
    assertEquals(
        List.of(
            problem("stripped-headers", name, "expected a field that the request does not need")),
        problems(minimalWith("stripped-headers", name)));
  }

  @Test
  void MC29_stripsTheCertificateThatIsForTheEngine() {
    assertTrue(
        read(minimalWith(
                "certificate-bound-tokens",
                "optional",
                "trusted-proxies",
                "10.0.0.0/8",
                "client-certificate-header",
                "Client-Cert"))
            .hardening()
            .strippedHeaders()
            .contains("Client-Cert"));
  }

  @Test
  void Z03_saysWhatIsShown() {
    assertEquals(List.of(), read(minimalWith("stripped-headers", "X-Tenant")).relaxations());
    assertEquals(
        List.of(
            "expose-authorization=true (the application can pass the token on)",
            "exposed-headers=X-User"),
        read(minimalWith("expose-authorization", "true", "exposed-headers", "X-User"))
            .relaxations());
  }
}
