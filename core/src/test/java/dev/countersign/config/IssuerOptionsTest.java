package dev.countersign.config;

import static dev.countersign.config.Reading.map;
import static dev.countersign.config.Reading.minimalWith;
import static dev.countersign.config.Reading.problem;
import static dev.countersign.config.Reading.problems;
import static dev.countersign.config.Reading.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.token.AudienceBinding;
import dev.countersign.token.TrustedIssuer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IssuerOptionsTest {

  private static final String ONE_RESOURCE =
      "expected one resource: with several, a token of one would pass for another";

  private static TrustedIssuer issuer(String... keysAndValues) {
    return read(minimalWith(keysAndValues)).issuers().get(0);
  }

  @Test
  void J50_everyOptionReachesItsIssuerAlone() {
    ResourceServerConfig config =
        read(
            minimalWith(
                "issuers.x.issuer", "https://x.example",
                "issuers.x.issuer-aliases", "https://y.example, https://z.example",
                "issuers.x.accept-origin-audience", "true",
                "issuers.x.audience-claims", "aud,resource",
                "issuers.x.exclusive-audience", "true",
                "issuers.x.extra-audiences", "https://x.example/userinfo",
                "issuers.x.client-ids", "a,b",
                "issuers.x.client-id-as-audience", "true",
                "issuers.x.absent-audience", "true",
                "issuers.x.binding-scopes", "mcp:a mcp:b",
                "issuers.x.scope-as-audience", "mcp:c",
                "issuers.x.token-types", "access+jwt",
                "issuers.x.accept-scope-array", "true",
                "issuers.x.scope-prefix", "api://x/",
                "issuers.x.required-claims", "use=a,use=b,tid=1"));
    TrustedIssuer x = config.issuers().get(1);

    assertEquals(List.of("https://x.example", "https://y.example", "https://z.example"), x.names());
    assertEquals(
        new AudienceBinding(
            true,
            Set.of("aud", "resource"),
            Set.of("https://x.example/userinfo"),
            Set.of("a", "b"),
            true,
            true,
            Set.of("mcp:a", "mcp:b"),
            Set.of("mcp:c")),
        x.binding());
    assertEquals(Set.of("access+jwt"), x.shape().tokenTypes());
    assertTrue(x.shape().scopeArray());
    assertEquals("api://x/", x.shape().scopePrefix());
    assertEquals(Map.of("use", Set.of("a", "b"), "tid", Set.of("1")), x.shape().requiredClaims());
    assertEquals(TrustedIssuer.of("https://id.example"), config.issuers().get(0));
  }

  @Test
  void J32_everyRelaxationIsSaidAtStart() {
    ResourceServerConfig config =
        read(
            minimalWith(
                "issuer-aliases", "https://y.example",
                "advertised-issuer", "https://login.example",
                "accept-origin-audience", "true",
                "audience-claims", "aud,resource",
                "exclusive-audience", "true",
                "extra-audiences", "u",
                "client-ids", "a",
                "client-id-as-audience", "true",
                "absent-audience", "true",
                "binding-scopes", "mcp:a",
                "scope-as-audience", "mcp:c",
                "token-types", "access+jwt",
                "accept-scope-array", "true",
                "scope-prefix", "api://x/",
                "required-claims", "tid=1"));

    assertEquals(
        List.of(
                "advertised-issuer=https://login.example",
                "issuer-aliases=https://y.example",
                "accept-origin-audience=true",
                "audience-claims=aud,resource",
                "extra-audiences=u",
                "client-id-as-audience=true",
                "absent-audience=true",
                "scope-as-audience=mcp:c",
                "token-types=access+jwt",
                "accept-scope-array=true",
                "scope-prefix=api://x/")
            .stream()
            .map(relaxation -> relaxation + " for https://id.example")
            .toList(),
        config.relaxations());
  }

  static List<Arguments> alone() {
    return List.of(
        Arguments.of("extra-audiences", "u", "needs exclusive-audience=true"),
        Arguments.of(
            "client-id-as-audience",
            "true",
            "needs client-ids, and binding-scopes: an ID token has the client in aud, but no scope"),
        Arguments.of(
            "absent-audience",
            "true",
            "needs client-ids, and binding-scopes or a claim of this resource alone in required-claims"),
        Arguments.of(
            "tenants",
            "t",
            "needs an issuer with a placeholder, such as https://login.example/{tenantid}/v2.0"),
        Arguments.of(
            "issuer-aliases",
            "https://y.example/{tenantid}",
            "needs tenants, because of the placeholder"),
        Arguments.of(
            "required-claims", "tid={tenantid}", "needs tenants, because of the placeholder"),
        Arguments.of(
            "required-claims",
            "tid",
            "expected name=value with commas between them, each value literal"),
        Arguments.of(
            "required-claims",
            "tid=",
            "expected name=value with commas between them, each value literal"),
        Arguments.of("client-ids", "a,,b", "expected values with commas between them"),
        Arguments.of("client-ids", "*", "expected exact values; there is no wildcard"),
        Arguments.of("audience-claims", "aud,*", "expected exact values; there is no wildcard"),
        Arguments.of(
            "scope-as-audience",
            "openid",
            "expected scopes of this resource alone, which no scope of OpenID Connect is"),
        Arguments.of("token-types", "JWT", "token-types: JWT is what accept-plain-jwt is for"),
        Arguments.of("absent-audience", "yes", "expected true or false"));
  }

  @ParameterizedTest
  @MethodSource("alone")
  void J32_refusesWhatCannotStandAlone(String key, String value, String expectation) {
    assertEquals(List.of(problem(key, value, expectation)), problems(minimalWith(key, value)));
    assertEquals(
        List.of(problem("issuers.x." + key, value, expectation)),
        problems(minimalWith("issuers.x.issuer", "https://x.example", "issuers.x." + key, value)));
  }

  @Test
  void J32_whatEveryTokenSaysIsNoSecondTie() {
    String[] weak = {
      "absent-audience", "true", "client-ids", "a", "required-claims", "token_use=access,ver=1"
    };

    assertEquals("absent-audience", problems(minimalWith(weak)).get(0).setting());
    weak[5] = "token_use=access,custom=1";
    assertTrue(issuer(weak).binding().absentAudience());
  }

  @Test
  void J32_CL27_aTieOfTheWholeServerIsRefusedWithSeveralResources() {
    Map<String, String> ties =
        map(
            "accept-origin-audience", "true",
            "client-id-as-audience", "true",
            "absent-audience", "true",
            "scope-as-audience", "mcp:c");
    ties.forEach(
        (key, value) -> {
          Map<String, String> settings =
              new LinkedHashMap<>(
                  minimalWith(key, value, "client-ids", "a", "binding-scopes", "mcp:a"));
          read(settings);
          settings.put("resources.other.resource", "https://mcp.example/other");

          assertEquals(List.of(problem(key, value, ONE_RESOURCE)), problems(settings));
        });
  }

  @Test
  void CL16_tenantsBecomeIssuersOfTheirOwn() {
    ResourceServerConfig config =
        read(
            map(
                "resource", "https://mcp.example/mcp",
                "issuers.e.issuer", "https://login.example/{tenantid}/v2.0",
                "issuers.e.issuer-aliases", "https://sts.example/{tenantid}/",
                "issuers.e.required-claims", "tid={tenantid}",
                "issuers.e.tenants", "t1,t2"));

    assertEquals(
        List.of(
            List.of("https://login.example/t1/v2.0", "https://sts.example/t1/"),
            List.of("https://login.example/t2/v2.0", "https://sts.example/t2/")),
        config.issuers().stream().map(TrustedIssuer::names).toList());
    assertEquals(Map.of("tid", Set.of("t2")), config.issuers().get(1).shape().requiredClaims());
    assertEquals(
        List.of("https://login.example/t1/v2.0", "https://login.example/t2/v2.0"),
        config.resources().get(0).metadata().members().get("authorization_servers"));
  }

  @Test
  void CL16_aTemplateNeedsTenants() {
    Map<String, String> settings =
        map(
            "resource", "https://mcp.example/mcp",
            "issuers.e.issuer", "https://login.example/{tenantid}/v2.0");

    assertEquals(
        List.of(
            problem(
                "issuers.e.issuer",
                "https://login.example/{tenantid}/v2.0",
                "needs tenants, because of the placeholder")),
        problems(settings));
    settings.put("issuers.e.tenants", "common");
    assertEquals("issuers.e.tenants", problems(settings).get(0).setting());
    settings.put("issuers.e.tenants", "t1");
    settings.put("issuers.e.issuer", "https://{tenantid}.login.example/");
    assertEquals(
        "expected one placeholder such as {tenantid}, a whole segment of the path",
        problems(settings).get(0).expectation());
  }

  @Test
  void M73_clientsMayBeSentElsewhereByName() {
    ResourceServerConfig config =
        read(minimalWith("advertised-issuer", "https://login.example/organizations/v2.0"));

    assertEquals(
        List.of("https://login.example/organizations/v2.0"),
        config.resources().get(0).metadata().members().get("authorization_servers"));
    assertEquals("https://id.example", config.issuers().get(0).issuer());
    assertEquals(
        "advertised-issuer",
        problems(minimalWith("advertised-issuer", "http://login.example")).get(0).setting());
  }

  @Test
  void J50_noTwoIssuersShareAName() {
    assertEquals(
        "two groups of settings name the same issuer",
        problems(
                minimalWith(
                    "issuers.x.issuer", "https://x.example",
                    "issuers.x.issuer-aliases", "https://id.example"))
            .get(0)
            .expectation());
  }

  @Test
  void aScopeThatClientsCannotAskForIsRefused() {
    assertEquals(
        "scope-prefix",
        problems(minimalWith("scope-prefix", "api://x/", "required-scopes", "read"))
            .get(0)
            .setting());
    read(minimalWith("scope-prefix", "api://x/", "required-scopes", "api://x/read"));
    assertEquals("scope-prefix", problems(minimalWith("scope-prefix", "api x")).get(0).setting());
  }
}
