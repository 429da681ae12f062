package dev.countersign.config;

import static dev.countersign.config.Reading.map;
import static dev.countersign.config.Reading.minimalWith;
import static dev.countersign.config.Reading.problem;
import static dev.countersign.config.Reading.problems;
import static dev.countersign.config.Reading.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.token.TrustedIssuer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProfileTest {

  private static final String POOL = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab1";

  private static Map<String, String> cognito(String... keysAndValues) {
    Map<String, String> settings =
        map(
            "resource", "https://mcp.example/mcp",
            "issuers.aws.issuer", POOL,
            "issuers.aws.profile", "cognito",
            "issuers.aws.client-ids", "a",
            "issuers.aws.binding-scopes", "mcp/read");
    settings.putAll(map(keysAndValues));
    return settings;
  }

  @Test
  void J32_everyRelaxationOfAProfileIsSaidAtStart() {
    assertEquals(
        List.of(
            "profile=cognito for " + POOL,
            "accept-plain-jwt=true for " + POOL,
            "absent-audience=true for " + POOL),
        read(cognito()).relaxations());
  }

  @Test
  void J50_aProfileHoldsForItsIssuerAlone() {
    List<TrustedIssuer> issuers =
        read(cognito("authorization-servers", "https://id.example")).issuers();

    assertEquals(TrustedIssuer.of("https://id.example"), issuers.get(0));
    assertTrue(issuers.get(1).binding().absentAudience());
  }

  @Test
  void aSettingBesideAProfileIsStronger() {
    TrustedIssuer issuer =
        read(cognito("issuers.aws.required-claims", "token_use=access,env=prod")).issuers().get(0);

    assertEquals(
        Map.of("token_use", Set.of("access"), "env", Set.of("prod")),
        issuer.shape().requiredClaims());
  }

  @Test
  void theDefaultProfileChangesNothing() {
    ResourceServerConfig config = read(minimalWith("profile", "rfc9068"));

    assertEquals(TrustedIssuer.of("https://id.example"), config.issuers().get(0));
    assertEquals(List.of(), config.relaxations());
  }

  @Test
  void anUnknownProfileIsToldWithTheKnownOnes() {
    Problem problem = problems(minimalWith("profile", "entra")).get(0);

    assertEquals("profile", problem.setting());
    assertTrue(problem.expectation().startsWith("expected one of rfc9068, entra-v2, "));
  }

  // What only the operator knows is asked for.
  @ParameterizedTest
  @EnumSource(Profile.class)
  void saysWhatItNeeds(Profile profile) {
    List<Problem> problems =
        profile.needs().isEmpty()
            ? List.of()
            : problems(minimalWith("profile", profile.id())).stream()
                .filter(one -> one.setting().equals("profile"))
                .toList();

    assertEquals(
        profile.needs().isEmpty(),
        problems.stream()
            .noneMatch(
                one ->
                    one.equals(
                        problem(
                            "profile",
                            profile.id(),
                            "needs " + String.join(" and ", profile.needs())))));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void setsNothingButKnownSettingsOfAnIssuer(Profile profile) {
    List<String> known =
        Arrays.stream(Setting.values())
            .filter(setting -> setting.level() == Setting.Level.ISSUER)
            .map(Setting::key)
            .toList();

    assertTrue(known.containsAll(profile.presets().keySet()), profile::id);
    assertTrue(known.containsAll(profile.needs()), profile::id);
    assertThrows(UnsupportedOperationException.class, () -> profile.presets().put("a", "b"));
  }

  @Test
  void aForeignIssuerIsToldWhatIsExpected() {
    assertEquals(
        List.of(
            problem(
                "profile",
                "okta",
                "for this issuer: expected https://ORG.okta.com/oauth2/ID: only Okta itself can judge"
                    + " tokens of the org authorization server")),
        problems(
            map(
                "resource", "https://mcp.example/mcp",
                "authorization-servers", "https://org.okta.com",
                "profile", "okta")));
    assertEquals(
        "for this issuer: expected https://TENANT.auth0.com/ with the slash",
        problems(
                map(
                    "resource", "https://mcp.example/mcp",
                    "authorization-servers", "https://t.auth0.com",
                    "profile", "auth0"))
            .get(0)
            .expectation());
  }
}
