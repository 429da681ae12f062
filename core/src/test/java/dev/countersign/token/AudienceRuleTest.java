package dev.countersign.token;

import static dev.countersign.token.Bench.ISSUER;
import static dev.countersign.token.Bench.RSA;
import static dev.countersign.token.Bench.claims;
import static dev.countersign.token.Bench.claimsWith;
import static dev.countersign.token.Bench.claimsWithout;
import static dev.countersign.token.Bench.denied;
import static dev.countersign.token.Bench.granted;
import static dev.countersign.token.Bench.plain;
import static dev.countersign.token.Bench.validator;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.internal.Json;
import dev.countersign.oauth.Denial;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Annex C of the requirements: whose own identifier is {@code https://mcp.example.com/mcp}. */
class AudienceRuleTest {

  private static final String OWN = "https://mcp.example.com/mcp";
  private static final String OTHER = "https://other.example";

  private final JwtTokenValidator strict = validator();

  private static String with(Object audience) {
    return RSA.sign(claimsWith("aud", audience));
  }

  static Stream<Object> own() {
    return Stream.of(
        OWN,
        "HTTPS://MCP.EXAMPLE.COM/mcp",
        "HTTPS://MCP.Example.com/mcp",
        "https://mcp.example.com:443/mcp",
        List.of(OTHER, OWN),
        List.of(OWN));
  }

  @ParameterizedTest
  @MethodSource("own")
  void J28_J29_J30_J33_CL21_acceptsItsOwnName(Object audience) {
    assertEquals(
        audience instanceof List<?> list ? list : List.of(audience),
        granted(strict, with(audience)).audience());
  }

  static Stream<Object> foreign() {
    return Stream.of(
        OWN + "/",
        "https://mcp.example.com",
        "https://mcp.example.com/",
        "https://mcp.example.com/MCP",
        OWN + "x",
        OWN + "/x",
        OWN + "?x=1",
        OWN + "?",
        OWN + "#f",
        OWN + "#",
        "https://mcp.example.com/%6Dcp",
        "https://mcp.example.com/./mcp",
        "https://mcp.example.com/x/../mcp",
        "https://mcp.example.com//mcp",
        "https://mcp.example.com/mc",
        "https://mcp.example.com.evil.example/mcp",
        "https://mcp.example.com./mcp",
        "https://evil.example/" + OWN,
        "https://user@mcp.example.com/mcp",
        "https://mcp.example.com:8443/mcp",
        "https://mcp.example.com:0443/mcp",
        "https://mcp.example.com:/mcp",
        "http://mcp.example.com/mcp",
        "https:/mcp.example.com/mcp",
        "mcp.example.com/mcp",
        "mcp.example.com",
        "https://mcp.example.com/mcp\u200B",
        "https://mcp.e\u0301xample.com/mcp",
        "https://mcp.example.com/m\u0441p",
        OWN + " ",
        " " + OWN,
        OWN + "," + OTHER,
        OWN + " " + OTHER,
        "client-1",
        "account",
        "authenticated",
        "*",
        "https://*/mcp",
        List.of(OTHER, "https://more.example"));
  }

  @ParameterizedTest
  @MethodSource("foreign")
  void J28_J31_Z01_CL23_CL24_CL25_CL26_CL27_CL28_refusesEveryOtherName(Object audience) {
    denied(Denial.AUDIENCE, strict, with(audience));
    denied(Denial.AUDIENCE, validator(plain()), with(audience));
  }

  static Stream<Object> wrongTypes() {
    return Stream.of(
        Json.NULL,
        "",
        List.of(),
        List.of(""),
        List.of(Json.NULL),
        1L,
        Map.of(),
        true,
        Map.of("aud", OWN),
        List.of(List.of(OWN)),
        List.of(OWN, 1L),
        List.of(OWN, Json.NULL),
        List.of(OWN, ""),
        List.of(OWN, Map.of()));
  }

  @ParameterizedTest
  @MethodSource("wrongTypes")
  void J29_CL20_refusesEveryOtherType(Object audience) {
    denied(Denial.CLAIMS, strict, with(audience));
    denied(Denial.CLAIMS, validator(plain()), with(audience));
  }

  @Test
  void J27_J28_CL20_CL48_refusesAMissingAudience() {
    denied(Denial.AUDIENCE, strict, RSA.sign(claimsWithout("aud")));
    denied(Denial.AUDIENCE, validator(plain()), RSA.sign(claimsWithout("aud")));
    Map<String, Object> nested = claimsWithout("aud");
    nested.put("realm", Map.of("aud", OWN));
    denied(Denial.AUDIENCE, strict, RSA.sign(nested));
  }

  @Test
  void CL21_CL22_acceptsUpTo100Audiences() {
    List<Object> audience = new ArrayList<>(Collections.nCopies(49, OTHER));
    audience.add(OWN);
    granted(strict, with(audience));

    denied(Denial.CLAIMS, strict, with(Collections.nCopies(101, OWN)));
    denied(Denial.CLAIMS, strict, with(Collections.nCopies(300, OWN)));
  }

  @Test
  void J32_acceptsAnAliasOnlyIfConfigured() {
    for (String alias :
        List.of(
            "https://mcp.example.com", OWN + "/", "api://00000000-0000-0000-0000-000000000000")) {
      TrustedIssuer issuer = TrustedIssuer.builder(ISSUER).audienceAliases(alias).build();

      denied(Denial.AUDIENCE, strict, with(alias));
      granted(validator(issuer), with(alias));
      granted(validator(issuer), with(OWN));
      denied(Denial.AUDIENCE, validator(issuer), with(alias + "x"));
      denied(Denial.AUDIENCE, validator(issuer), with(alias.toUpperCase(java.util.Locale.ROOT)));
    }
  }

  @Test
  void J33_refusesAForeignAudienceBesideItsOwnIfConfigured() {
    JwtTokenValidator exclusive =
        validator(TrustedIssuer.builder(ISSUER).exclusiveAudience().build());

    granted(exclusive, with(OWN));
    granted(exclusive, with(List.of(OWN)));
    denied(Denial.AUDIENCE, exclusive, with(List.of(OWN, OTHER)));
    denied(Denial.AUDIENCE, exclusive, RSA.sign(claimsWithout("aud")));
  }

  @Test
  void J34_J42_doesNotCountAnAudienceThatIsTheClient() {
    Map<String, Object> claims = claimsWith("client_id", OWN);
    denied(Denial.AUDIENCE, strict, RSA.sign(claims));
    denied(Denial.AUDIENCE, validator(plain()), RSA.sign(claims));

    Map<String, Object> authorizedParty = claimsWithout("client_id");
    authorizedParty.put("azp", OWN);
    denied(Denial.AUDIENCE, validator(plain()), RSA.sign(authorizedParty));

    TrustedIssuer alias = TrustedIssuer.builder(ISSUER).audienceAliases("client-1").build();
    denied(Denial.AUDIENCE, validator(alias), with("client-1"));
    assertEquals("client-1", claims().get("client_id"));
  }
}
