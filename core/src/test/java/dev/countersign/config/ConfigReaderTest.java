package dev.countersign.config;

import static dev.countersign.config.Reading.map;
import static dev.countersign.config.Reading.minimalWith;
import static dev.countersign.config.Reading.problem;
import static dev.countersign.config.Reading.problems;
import static dev.countersign.config.Reading.read;
import static dev.countersign.config.Reading.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.mcp.Requirement;
import dev.countersign.mcp.Target;
import dev.countersign.oauth.Scope;
import dev.countersign.token.TrustedIssuer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {

  @Test
  void AG12_isCompleteWithTwoValues() {
    ResourceServerConfig config = read(Reading.MINIMAL);

    assertEquals("https://mcp.example/mcp", config.resources().get(0).identifier().toString());
    assertEquals(
        List.of("https://id.example"),
        config.issuers().stream().map(TrustedIssuer::issuer).toList());
    assertEquals(List.of(), config.relaxations());
  }

  @Test
  void L06_M02_doesNotStartWithoutResourceOrAuthorizationServer() {
    assertEquals(
        """
        setting "authorization-servers" is not set:
          expected at least one issuer: an https URL (RFC 8414 section 2)
        setting "resource" is not set:
          expected the https URL that users give to their client (RFC 9728 section 1.2)
        2 problems; nothing was started\
        """,
        refused(Map.of()).getMessage());
  }

  @Test
  void saysWhatIsWrongWhereItStandsAndWhatWasExpected() {
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () ->
                ResourceServerConfig.read(
                    List.of(
                        SettingSource.environment(
                            Map.of("COUNTERSIGN_RESOURCE", "http://mcp.example/mcp")),
                        SettingSource.of(
                            "init-param",
                            map(
                                "authorization-servers",
                                "https://id.example",
                                "clock-skew",
                                "5 min")))));

    assertEquals(
        """
        setting "clock-skew" is "5 min" (init-param):
          expected an ISO-8601 duration such as PT30S
        setting "resource" is "http://mcp.example/mcp" (environment variable COUNTERSIGN_RESOURCE):
          the scheme must be https (RFC 9728 section 1.2); plain http only on the loopback, with\
         allow-http-on-loopback=true
        2 problems; nothing was started\
        """,
        refused.getMessage());
    assertEquals(2, refused.problems().size());
  }

  @Test
  void saysOneProblemInTheSingular() {
    assertTrue(
        refused(minimalWith("mode", "off"))
            .getMessage()
            .endsWith("\n1 problem; nothing was started"));
  }

  @Test
  void saysEveryProblemAtOnce() {
    assertEquals(
        Set.of(
            "mode",
            "realm",
            "public-paths",
            "allowed-origins",
            "clock-skew",
            "nonsense",
            "issuers.a.issuer"),
        Set.copyOf(
            problems(
                    minimalWith(
                        "mode",
                        "x",
                        "realm",
                        "a,b",
                        "public-paths",
                        "x",
                        "allowed-origins",
                        "x",
                        "clock-skew",
                        "PT1H",
                        "nonsense",
                        "x",
                        "issuers.a.issuer",
                        "x"))
                .stream()
                .map(Problem::setting)
                .toList()));
  }

  private static SettingSource source(String kind, String... keysAndValues) {
    return SettingSource.of(kind, map(keysAndValues));
  }

  @Test
  void takesEachKeyFromTheStrongestSourceThatHasIt() {
    ResourceServerConfig config =
        ResourceServerConfig.read(
            List.of(
                source("a", "realm", "first"),
                source("b", "realm", "second", "clock-skew", "PT2S"),
                source(
                    "c",
                    "realm",
                    "bad value",
                    "clock-skew",
                    "bad",
                    "resource",
                    "https://c.example/mcp",
                    "authorization-servers",
                    "https://id.example")));

    assertEquals("first", config.realm());
    assertEquals(Duration.ofSeconds(2), config.clockSkew());
    assertEquals("https://c.example/mcp", config.resources().get(0).identifier().toString());
  }

  @Test
  void aStrongerListTakesThePlaceOfAWeakerOne() {
    ResourceServerConfig config =
        ResourceServerConfig.read(
            List.of(
                source("a", "authorization-servers", "https://a.example", "public-paths", "/a"),
                source(
                    "b",
                    "authorization-servers",
                    "https://b.example",
                    "public-paths",
                    "/b",
                    "resource",
                    "https://h.example/mcp")));

    assertEquals(
        List.of("https://a.example"),
        config.issuers().stream().map(TrustedIssuer::issuer).toList());
    assertEquals(Set.of("/a"), config.publicPaths());
  }

  @Test
  void aStrongerBlankValueIsAProblemAndNoWayToTheDefault() {
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () ->
                ResourceServerConfig.read(
                    List.of(
                        source("a", "realm", " "),
                        SettingSource.of("b", minimalWith("realm", "x")))));

    assertEquals(
        List.of(
            new Problem(
                "realm", " ", "a", "expected a value; leave the setting out for its default")),
        refused.problems());
  }

  @ParameterizedTest
  @EnumSource
  void AG13_refusesABlankValueOfEverySetting(Setting setting) {
    String key = setting.key().replace("*", "x");
    String full = setting.level() == Setting.Level.ISSUER ? "issuers.n." + key : key;
    for (String blank : List.of("", " ", "\t\n")) {
      assertTrue(
          problems(minimalWith(full, blank))
              .contains(
                  problem(full, blank, "expected a value; leave the setting out for its default")),
          full);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "resuorce, resource",
    "clockskew, clock-skew",
    "clock_skew, clock-skew",
    "Realm, realm",
    "authorization-server, authorization-servers",
    "modus, mode",
    "scope.tool.x, scopes.tool.*",
    "scope.tool.delete_file, scopes.tool.*",
    "scopes.tool., scopes.tool.*",
    "resource-name., resource-name.*",
    "audience-alias, audience-aliases",
    "resources.a.resourc, resources.a.resource",
    "resources.a.required-scope, resources.a.required-scopes",
    "issuers.a.isuer, issuers.a.issuer",
    "issuers.a.jwks-url, issuers.a.jwks-uri"
  })
  void AG13_refusesAnUnknownKeyAndNamesTheNearest(String key, String nearest) {
    assertTrue(
        problems(minimalWith(key, "x"))
            .contains(
                problem(key, "x", "there is no such setting; the nearest is \"" + nearest + "\"")),
        () -> problems(minimalWith(key, "x")).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"foo", "port", "x", "resources.a.mode", "issuers.a.realm"})
  void AG13_suggestsNoKeyThatNobodyCanHaveMeant(String key) {
    assertTrue(
        problems(minimalWith(key, "x")).contains(problem(key, "x", "there is no such setting")),
        () -> problems(minimalWith(key, "x")).toString());
  }

  @Test
  void anUnknownKeyThatIsNextToASecretsHidesItsValue() {
    String message = refused(minimalWith("introspection-client-sec", "hunter2")).getMessage();

    assertTrue(message.contains("is \"[7 characters]\""), message);
  }

  @Test
  void AG13_saysOnceThatARequiredSettingIsEmpty() {
    assertEquals(
        """
        setting "authorization-servers" is empty (test):
          expected a value; leave the setting out for its default
        setting "resource" is empty (test):
          expected a value; leave the setting out for its default
        2 problems; nothing was started\
        """,
        refused(map("resource", "", "authorization-servers", " ")).getMessage());
  }

  @Test
  void AG13_saysWhichOfSeveralPortsIsNone() {
    assertEquals(
        List.of(
            problem("unguarded-ports", "a", "expected a port, 1 to 65535"),
            problem("unguarded-ports", "99999", "expected a port, 1 to 65535"),
            problem("unguarded-ports", "0", "expected a port, 1 to 65535")),
        problems(minimalWith("unguarded-ports", "a,5701,99999, 0")));
  }

  @Test
  void readsSeveralResourcesWithSettingsOfTheirOwn() {
    ResourceServerConfig config =
        read(
            map(
                "authorization-servers", "https://id.example",
                "resources.files.resource", "https://h.example/files",
                "resources.files.required-scopes", "files:read",
                "resources.files.scopes.tool.delete", "files:write",
                "resources.files.resource-name.de", "Dateien",
                "resources.mail.resource", "https://h.example/mail",
                "resources.mail.announced-scopes", "mail"));

    ProtectedResource files = config.resources().get(0);
    ProtectedResource mail = config.resources().get(1);
    assertEquals("files", files.name());
    assertEquals(Scope.of("files:read"), files.required());
    assertEquals(Scope.of("files:read"), files.announced());
    assertEquals(
        Map.of(Target.tool("delete"), Requirement.allOf("files:write")),
        files.policy().rules().rules());
    assertEquals(Optional.of("Dateien"), files.metadata().text("resource_name", "de"));
    assertEquals(List.of("files:read", "files:write"), files.metadata().scopesSupported());
    assertEquals("https://h.example/mail", mail.identifier().toString());
    assertEquals(Scope.NONE, mail.required());
    assertEquals(Scope.of("mail"), mail.announced());
    assertEquals(Optional.empty(), config.rootDocument());
  }

  @Test
  void thePrimaryResourceStandsBeforeTheNamedOnes() {
    ResourceServerConfig config =
        read(minimalWith("resources.a.resource", "https://mcp.example/a"));

    assertEquals(
        List.of("", "a"), config.resources().stream().map(ProtectedResource::name).toList());
  }

  @Test
  void saysTheWholeKeyOfANamedResource() {
    assertEquals(
        List.of(
            problem(
                "resources.a.required-scopes",
                "\"",
                "expected a scope-token: visible ASCII without quote and backslash (RFC 6749"
                    + " section 3.3)"),
            problem(
                "resources.a.scopes.method.b c",
                "x",
                "expected the name of a method: 1 to 128 visible ASCII characters without *"),
            problem("resources.a.resource", "a", "expected an absolute https URI with a host")),
        problems(
            map(
                "authorization-servers",
                "https://id.example",
                "resources.a.resource",
                "a",
                "resources.a.required-scopes",
                "\"",
                "resources.a.scopes.method.b c",
                "x")));
    assertEquals(
        List.of(
            problem("resources.a.resource-tos-uri", "x", "expected an absolute URL with a host")),
        problems(
            map(
                "authorization-servers",
                "https://id.example",
                "resources.a.resource",
                "https://h.example/a",
                "resources.a.resource-tos-uri",
                "x")));
  }

  @Test
  void aNamedResourceNeedsItsUrl() {
    assertEquals(
        List.of(
            new Problem(
                "resources.a.resource",
                "",
                "",
                "expected the https URL that users give to their client (RFC 9728 section 1.2)")),
        problems(
            map(
                "authorization-servers",
                "https://id.example",
                "resources.a.required-scopes",
                "x")));
  }

  @Test
  void J50_readsAuthorizationServersWithSettingsOfTheirOwn() {
    ResourceServerConfig config =
        read(
            minimalWith(
                "accept-plain-jwt", "true",
                "issuers.b.issuer", "https://b.example/",
                "issuers.b.jwks-uri", "https://keys.example/b",
                "issuers.b.audience-aliases", "api://b"));

    TrustedIssuer first = config.issuers().get(0);
    TrustedIssuer second = config.issuers().get(1);
    assertTrue(first.acceptPlainJwt());
    assertEquals(Optional.empty(), first.jwksUri());
    assertEquals(Set.of(), first.audienceAliases());
    assertEquals("https://b.example/", second.issuer());
    assertEquals(false, second.acceptPlainJwt());
    assertEquals(Optional.of(URI.create("https://keys.example/b")), second.jwksUri());
    assertEquals(Set.of("api://b"), second.audienceAliases());
    assertEquals(
        List.of("https://id.example", "https://b.example/"),
        config.resources().get(0).metadata().authorizationServers());
  }

  @Test
  void theIssuerKeyBelongsIntoAGroup() {
    assertEquals(
        List.of(
            problem(
                "issuer",
                "https://b.example",
                "expected issuers.NAME.issuer, or authorization-servers")),
        problems(minimalWith("issuer", "https://b.example")));
  }

  @Test
  void aGroupNeedsItsIssuer() {
    assertEquals(
        List.of(
            new Problem(
                "issuers.b.issuer",
                "",
                "",
                "the issuer must be an absolute https URL with a plain host")),
        problems(minimalWith("issuers.b.algorithms", "ES256")));
  }

  @Test
  void oneKeySetCannotBeThatOfSeveralAuthorizationServers() {
    assertEquals(
        List.of(
            problem(
                "jwks-uri",
                "https://keys.example",
                "expected one authorization server, or issuers.NAME.jwks-uri")),
        problems(
            minimalWith(
                "authorization-servers",
                "https://a.example,https://b.example",
                "jwks-uri",
                "https://keys.example")));
  }

  @Test
  void refusesAnIssuerSettingThatWouldHoldForNobody() {
    assertEquals(
        List.of(
            problem(
                "exclusive-audience",
                "true",
                "holds for none of the authorization servers; expected"
                    + " issuers.NAME.exclusive-audience")),
        problems(
            map(
                "resource",
                "https://h.example/mcp",
                "issuers.a.issuer",
                "https://a.example",
                "exclusive-audience",
                "true")));
  }

  @Test
  void whatIsWrongForSeveralAuthorizationServersIsSaidOnce() {
    assertEquals(
        1,
        problems(
                minimalWith(
                    "authorization-servers",
                    "https://a.example,https://b.example",
                    "algorithms",
                    "HS256"))
            .size());
  }

  @Test
  void M69_refusesWhatIsNoIssuer() {
    for (String bad :
        List.of(
            "http://as.example",
            "https://as.example?x=1",
            "https://as.example#f",
            "as.example",
            "",
            "https://u@as.example",
            "https://as.example ,",
            "urn:as",
            "https://",
            "https://as.example.")) {
      assertTrue(
          problems(minimalWith("authorization-servers", "https://ok.example," + bad)).stream()
              .allMatch(problem -> problem.setting().equals("authorization-servers")),
          bad);
    }
  }

  @Test
  void M71_M72_M73_listsExactlyTheTrustedIssuersInTheirOrder() {
    ResourceServerConfig config =
        read(
            minimalWith(
                "authorization-servers",
                "https://b.example, https://a.example/,https://c.example"));

    List<String> order = List.of("https://b.example", "https://a.example/", "https://c.example");
    assertEquals(order, config.issuers().stream().map(TrustedIssuer::issuer).toList());
    assertEquals(order, config.resources().get(0).metadata().authorizationServers());
  }

  @Test
  void valuesAreStripped() {
    assertEquals("x", read(minimalWith("realm", " x\t")).realm());
  }

  @Test
  void codeCanAddWhatNoSettingCanSay() {
    ResourceServerConfig config =
        ResourceServerConfig.builder(List.of(SettingSource.of("test", Reading.MINIMAL)))
            .realm("code")
            .authorizationServer("https://second.example")
            .build();

    assertEquals("code", config.realm());
    assertEquals(2, config.issuers().size());
  }
}
