package dev.countersign.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdviceTest {

  private static List<String> advice(String resource, UnaryOperator<ConfigBuilder> steps) {
    ConfigBuilder builder =
        ResourceServerConfig.builder(resource).authorizationServer("https://id.example.com");
    return steps.apply(builder).build().advice();
  }

  private static List<String> advice(String resource) {
    return advice(resource, builder -> builder);
  }

  @Test
  void hasNothingAgainstAnOrdinaryResource() {
    assertEquals(List.of(), advice("https://mcp.example.com/mcp"));
  }

  @Test
  void M18_advisesAgainstASlashAtTheEndAndKeepsIt() {
    assertEquals(
        List.of(
            "https://mcp.example.com/mcp/ ends with a slash: clients that leave it out will not match"
                + " (RFC 9728)"),
        advice("https://mcp.example.com/mcp/"));
  }

  @Test
  void M33_advisesAgainstAWholeCatalogue() {
    String[] eleven = IntStream.range(0, 11).mapToObj(i -> "scope" + i).toArray(String[]::new);

    assertEquals(
        List.of(
            "scopes_supported lists 11 scopes: some clients ask for all of them at the first login"),
        advice("https://mcp.example.com/mcp", builder -> builder.scopesSupported(eleven)));
    assertEquals(
        List.of(),
        advice(
            "https://mcp.example.com/mcp",
            builder ->
                builder.scopesSupported(List.of(eleven).subList(0, 10).toArray(String[]::new))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "all", "full-access", "files:*"})
  void M35_advisesAgainstAScopeForEverything(String scope) {
    assertEquals(
        List.of("the scope " + scope + " grants everything at once"),
        advice("https://mcp.example.com/mcp", builder -> builder.scopesSupported(scope)));
  }

  @Test
  void M51_advisesAgainstATextInOneLanguageOnly() {
    assertEquals(
        List.of("resource_name has no value without a language (RFC 9728 section 2.1)"),
        advice(
            "https://mcp.example.com/mcp",
            builder -> {
              builder.primaryResource().metadata(m -> m.text("resource_name", "de", "Beispiel"));
              return builder;
            }));
  }

  @Test
  void D35_advisesNoncesWhereTokensAreBoundToKeys() {
    for (Binding binding : Binding.values()) {
      List<String> without =
          advice(
              "https://mcp.example.com/mcp",
              builder -> {
                builder.senderConstraint().dpop(binding);
                return builder;
              });
      List<String> with =
          advice(
              "https://mcp.example.com/mcp",
              builder -> {
                builder.senderConstraint().dpop(binding).dpopNonce(true);
                return builder;
              });

      assertEquals(binding == Binding.OFF ? 0 : 1, without.size(), without::toString);
      assertTrue(without.stream().allMatch(line -> line.contains("dpop-nonce")));
      assertEquals(List.of(), with);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://mcp.local/mcp",
        "https://10.1.2.3/mcp",
        "https://172.20.0.1/mcp",
        "https://[fd00::1]/mcp"
      })
  void M84_advisesAgainstInternalNames(String resource) {
    assertTrue(
        advice(resource).get(0).contains("has an internal name"),
        () -> advice(resource).toString());
  }
}
