package dev.countersign.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ServiceLinksTest {

  @ParameterizedTest
  @CsvSource({
    "COUNTERSIGN_SERVICE_HOST, 10.0.0.1",
    "COUNTERSIGN_SERVICE_PORT, 80",
    "COUNTERSIGN_SERVICE_PORT_HTTP, 80",
    "COUNTERSIGN_PORT, tcp://10.0.0.1:80",
    "COUNTERSIGN_PORT_80_TCP, tcp://10.0.0.1:80",
    "COUNTERSIGN_PORT_80_TCP_PROTO, tcp",
    "COUNTERSIGN_PORT_80_TCP_PORT, 80",
    "COUNTERSIGN_PORT_80_TCP_ADDR, 10.0.0.1",
    "COUNTERSIGN_FILES_SERVICE_HOST, 10.0.0.1",
    "COUNTERSIGN_FILES_PORT, udp://10.0.0.1:53",
    "COUNTERSIGN_FILES_PORT_53_UDP_ADDR, 10.0.0.1"
  })
  void knowsTheVariablesOfAService(String name, String value) {
    assertTrue(ServiceLinks.has(name, value));
  }

  @Test
  void aPortThatSomebodyHasSetIsNoneOfThem() {
    assertFalse(ServiceLinks.has("COUNTERSIGN_PORT", "8080"));
    assertFalse(ServiceLinks.has("COUNTERSIGN_PORTS", "tcp://10.0.0.1:80"));
  }

  @ParameterizedTest
  @EnumSource
  void noSettingIsSpeltSo(Setting setting) {
    String name = "COUNTERSIGN_" + setting.key().toUpperCase(Locale.ROOT).replace('-', '_');

    assertFalse(ServiceLinks.has(name, "https://10.0.0.1:80"));
  }

  @Test
  void AG13_tellsThemOnceAndHowTheyEnd() {
    SettingSource source =
        SettingSource.environment(
            Map.of(
                "COUNTERSIGN_REALM", "x",
                "COUNTERSIGN_SERVICE_HOST", "10.0.0.1",
                "COUNTERSIGN_SERVICE_PORT", "80",
                "COUNTERSIGN_PORT", "tcp://10.0.0.1:80"));

    assertEquals(Map.of("realm", "x"), source.values());
    assertEquals(
        List.of(
            """
            setting "port" is "tcp://10.0.0.1:80" (environment variable COUNTERSIGN_PORT):
              there is no such setting; Kubernetes sets this variable, and others like it, for a\
             Service whose name begins with countersign: enableServiceLinks: false in the spec of\
             the pod ends that\
            """),
        source.problems().stream().map(Problem::toString).toList());
  }
}
