package dev.countersign.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule finds the server that breaks it, and nothing else is said about that server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlantedFaultsTest {

  private static final Map<String, String> PLAIN =
      Map.of("required-scopes", "mcp:read", "resource-name", "Reference");

  private static final Map<String, String> MORE =
      Map.ofEntries(
          Map.entry("tokens", "any"),
          Map.entry("introspection-client-id", "reference"),
          Map.entry("introspection-client-secret", "a secret of this test"),
          Map.entry("dpop", "optional"),
          Map.entry("dpop-nonce", "true"),
          Map.entry("scopes.tool.delete_file", "files:write"),
          Map.entry("acr-values.tool.pay", "mfa"),
          Map.entry("max-age.tool.pay", "PT1H"),
          Map.entry("unlisted-tools", "allow"));

  private static final Features FEATURES =
      Features.NONE
          .withScope("mcp:read")
          .withTokens(TokenForm.ANY)
          .withDpop()
          .with(new Features.ScopedTool("delete_file", "files:write"))
          .with(new Features.StepUpTool("pay", "mfa", Optional.of(Duration.ofHours(1))));

  // Of a kind that signs quickly: the suite asks for thousands of tokens here.
  private final FakeAuthorizationServer issuer = FakeAuthorizationServer.start();
  private final Logger log = Logger.getLogger("dev.countersign");

  @BeforeAll
  void prepare() {
    issuer.publish(SigningKey.ec("key"));
    log.setLevel(Level.OFF);
  }

  @AfterAll
  void stop() {
    log.setLevel(null);
    issuer.close();
  }

  static List<Plant> plants() {
    return Stream.of(
            ChallengePlants.all(),
            GatePlants.statuses(),
            GatePlants.credentials(),
            GatePlants.transport(),
            GatePlants.origins(),
            TokenPlants.all(),
            OpaquePlants.all(),
            MetadataPlants.all(),
            FeaturePlants.scopes(),
            FeaturePlants.stepUp(),
            FeaturePlants.sessions(),
            ProofPlants.proofs(),
            ProofPlants.challenges())
        .flatMap(List::stream)
        .toList();
  }

  private Report report(Plant plant) throws IOException {
    Map<String, String> settings = new HashMap<>(PLAIN);
    if (!plant.plain()) {
      settings.putAll(MORE);
    }
    settings.putAll(plant.settings());
    Features features = plant.plain() ? Features.NONE.withScope("mcp:read") : FEATURES;
    try (ReferenceServer server = new ReferenceServer(issuer, settings, plant.fault())) {
      URI url = server.url();
      String origin = url.getScheme() + "://" + url.getAuthority();
      return Suite.run(
          "reference", new Subject(url, issuer, url.toString(), features.withPage(origin)));
    }
  }

  private static Set<String> ids(Stream<Rule> rules) {
    return rules.map(Rule::id).collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @MethodSource("plants")
  void findsTheFault(Plant plant) throws IOException {
    Map<Rule, Outcome.Broken> broken = report(plant).broken();
    String said =
        broken.entrySet().stream()
            .map(one -> one.getKey().id() + ": " + one.getValue().why())
            .collect(Collectors.joining("\n", "\n", "\n"));

    assertTrue(
        broken.keySet().stream().map(Plant::text).anyMatch(plant.rule()::equals),
        () -> "nobody finds it, but " + said);
    Stream<Rule> others =
        broken.keySet().stream().filter(rule -> !Plant.text(rule).equals(plant.rule()));
    assertEquals(Consequences.of(plant.rule()), ids(others), said);
  }

  @Test
  void hasAFaultForEveryRule() {
    assertEquals(
        Suite.rules().stream().map(Plant::text).sorted().toList(),
        plants().stream().map(Plant::rule).sorted().toList());
  }

  @Test
  void saysNothingAboutAServerWithoutFault() throws IOException {
    Report both =
        report(Plant.breaking("", Plant.NONE).inPlain())
            .with(report(Plant.breaking("", Plant.NONE)));

    assertEquals(Map.of(), both.broken());
    assertEquals(
        Set.of("M40"),
        ids(
            both.outcomes().entrySet().stream()
                .filter(one -> one.getValue() instanceof Outcome.NotTried)
                .map(Map.Entry::getKey)));
  }
}
