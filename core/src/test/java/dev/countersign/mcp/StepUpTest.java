package dev.countersign.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.oauth.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StepUpTest {

  private static final Scope KNOWN = Scope.of("mcp:read", "files:read", "files:write", "admin");
  private static final Optional<ProtocolRevision> MODERN = Optional.of(ProtocolRevision.STATELESS);
  private static final Optional<ProtocolRevision> LEGACY =
      Optional.of(new ProtocolRevision("2025-11-25"));

  private static StepUp with(StepUpStrategy strategy) {
    return new StepUp(
        strategy, List.of(Scope.of("files:read", "files:list"), Scope.of("admin", "audit")), KNOWN);
  }

  private static String asked(
      StepUpStrategy strategy, String needed, String held, Optional<ProtocolRevision> revision) {
    return with(strategy).asked(Scope.parse(needed), Scope.parse(held), revision).toString();
  }

  @Test
  void U03_namesWhatTheOperationNeeds() {
    assertEquals("files:write", asked(StepUpStrategy.OPERATION, "files:write", "mcp:read", LEGACY));
  }

  @Test
  void U03_U02_namesWhatTheTokenHasBehindIt() {
    assertEquals(
        "files:write mcp:read admin",
        asked(StepUpStrategy.ACCUMULATE, "files:write", "admin mcp:read", MODERN));
  }

  @Test
  void U03_goesByTheRevisionOfTheRequest() {
    assertEquals("files:write", asked(StepUpStrategy.AUTO, "files:write", "admin", MODERN));
    assertEquals(
        "files:write",
        asked(
            StepUpStrategy.AUTO,
            "files:write",
            "admin",
            Optional.of(new ProtocolRevision("2027-01-01"))));
    assertEquals("files:write admin", asked(StepUpStrategy.AUTO, "files:write", "admin", LEGACY));
    assertEquals(
        "files:write admin", asked(StepUpStrategy.AUTO, "files:write", "admin", Optional.empty()));
  }

  @Test
  void namesTheGroupsThatHaveAPartOfIt() {
    assertEquals(
        "files:write files:read files:list",
        asked(StepUpStrategy.RELATED, "files:write files:read", "admin", LEGACY));
    assertEquals("files:write", asked(StepUpStrategy.RELATED, "files:write", "admin", LEGACY));
  }

  @Test
  void neverSendsBackAScopeThatTheConfigurationDoesNotName() {
    assertEquals(
        "files:write",
        asked(StepUpStrategy.ACCUMULATE, "files:write", "openid profile x\u0021", LEGACY));
  }

  @Test
  void U06_SC13_givesTheSameForTheSameNeedWhateverTheOrderOfTheToken() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> held = new ArrayList<>(List.of("mcp:read", "files:read", "admin", "other"));
    String first = asked(StepUpStrategy.ACCUMULATE, "files:write", "", LEGACY);
    assertEquals("files:write", first);
    for (int round = 0; round < 50; round++) {
      Collections.shuffle(held, random);
      assertEquals(
          "files:write mcp:read files:read admin",
          asked(StepUpStrategy.ACCUMULATE, "files:write", String.join(" ", held), LEGACY),
          () -> "seed " + seed);
    }
  }

  @Test
  void cutsWhatIsAddedButNeverWhatIsNeeded() {
    List<String> many = IntStream.range(0, 100).mapToObj(i -> "scope" + i).toList();
    StepUp stepUp = new StepUp(StepUpStrategy.ACCUMULATE, List.of(), Scope.of(many));

    Scope few = stepUp.asked(Scope.of("needed"), Scope.of(many), LEGACY);
    assertEquals(StepUp.MAX_TOKENS, few.tokens().size());
    assertEquals("needed", few.tokens().iterator().next());
    assertTrue(few.tokens().contains("scope30"));
    assertFalse(few.tokens().contains("scope31"));

    Scope all = stepUp.asked(Scope.of(many), Scope.of("scope1"), LEGACY);
    assertEquals(100, all.tokens().size());
  }

  @Test
  void cutsAtTheLengthOfAll() {
    String fits = "a".repeat(StepUp.MAX_LENGTH - "needed".length() - 1);
    StepUp stepUp =
        new StepUp(StepUpStrategy.ACCUMULATE, List.of(), Scope.of(fits + "a", fits, "b"));

    Scope asked = stepUp.asked(Scope.of("needed"), Scope.of(fits + "a", fits, "b"), LEGACY);

    assertEquals("needed " + fits, asked.toString());
    assertEquals(StepUp.MAX_LENGTH, asked.toString().length());
  }
}
