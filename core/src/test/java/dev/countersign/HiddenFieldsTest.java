package dev.countersign;

import static dev.countersign.Engines.engine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.Mode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class HiddenFieldsTest {

  private static Set<String> hidden(MemoryExchange exchange, Consumer<ConfigBuilder> more) {
    ResourceServer engine = engine(more.andThen(config -> config.publicPath("/health")));
    assertTrue(exchange.admittedBy(engine));
    Set<String> hidden = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    hidden.addAll(exchange.admission().hidden());
    return hidden;
  }

  private static MemoryExchange good() {
    return MemoryExchange.of("POST", "/mcp").bearer("good.mcp_read");
  }

  @Test
  void Z03_MC31_hidesTheTokenThatWasVerified() {
    assertTrue(hidden(good(), config -> {}).containsAll(List.of("authorization", "dpop")));
    assertTrue(
        hidden(MemoryExchange.of("GET", "/health").bearer("good.mcp_read"), config -> {})
            .contains("authorization"));
  }

  @Test
  void Z03_showsItOnlyWhenToldSo() {
    Set<String> hidden = hidden(good(), config -> config.hardening().exposeAuthorization(true));

    assertFalse(hidden.contains("authorization"));
    assertFalse(hidden.contains("dpop"));
    assertTrue(hidden.contains("x-user"));
  }

  @Test
  void Z03_leavesCredentialsAloneThatItDidNotVerify() {
    MemoryExchange basic = MemoryExchange.of("GET", "/health").field("Authorization", "Basic YTpi");

    assertFalse(hidden(basic, config -> {}).contains("authorization"));
  }

  @Test
  void MC29_hidesIdentitiesThatTheClientClaims() {
    Set<String> names =
        Set.of(
            "X-User",
            "X-Principal",
            "X-Scopes",
            "X-Remote-User",
            "Remote-User",
            "X-Forwarded-User",
            "X-Auth-Request-User");

    assertTrue(hidden(good(), config -> {}).containsAll(names));
    assertTrue(hidden(MemoryExchange.of("GET", "/health"), config -> {}).containsAll(names));
  }

  @Test
  void MC29_hidesFurtherFieldsAndShowsNamedOnes() {
    Set<String> hidden =
        hidden(
            good(),
            config -> config.hardening().strippedHeader("Mcp-Init-Host").exposedHeader("x-user"));

    assertTrue(hidden.contains("mcp-init-host"));
    assertFalse(hidden.contains("X-User"));
    assertTrue(hidden.contains("X-Principal"));
  }

  @Test
  void Z03_MC29_changesNothingWhereTheApplicationJudges() {
    for (Mode mode : List.of(Mode.REPAIR, Mode.REPORT_ONLY)) {
      assertEquals(Set.of(), hidden(good(), config -> config.mode(mode)));
    }
  }
}
