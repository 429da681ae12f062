package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.oauth.Denial;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerTemplateTest {

  @Test
  void CL16_writesOutTheTenant() {
    String template = new IssuerTemplate("https://login.example/{tenantid}/v2.0").text();

    assertEquals("https://login.example/t-1/v2.0", IssuerTemplate.fill(template, "t-1"));
    assertTrue(IssuerTemplate.isOne(template));
    assertFalse(IssuerTemplate.isOne("https://login.example/t-1/v2.0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://login.example/{}/v2.0",
        "https://login.example/{a}/{b}",
        "https://login.example/x{tenantid}/v2.0",
        "https://login.example/{tenantid}x",
        "https://{tenantid}.login.example/",
        "https://{tenantid}/v2.0",
        "https://login.example/{tenantid",
        "https://login.example/tenantid}",
        "https://login.example/{tenant.*}",
        "https://login.example/t"
      })
  void CL16_refusesEverythingElse(String text) {
    assertThrows(IllegalArgumentException.class, () -> new IssuerTemplate(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        ".",
        "..",
        "a/b",
        "a b",
        "common",
        "organizations",
        "consumers",
        "{t}",
        "a?",
        "a#",
        "%41"
      })
  void CL16_refusesWhatIsNotOneTenant(String tenant) {
    assertThrows(
        IllegalArgumentException.class,
        () -> IssuerTemplate.requireTenants(List.of("t-1", tenant)));
  }

  @Test
  void CL16_theListOfTenantsIsMandatoryAndBounded() {
    assertThrows(IllegalArgumentException.class, () -> IssuerTemplate.requireTenants(List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> IssuerTemplate.requireTenants(Collections.nCopies(51, "t")));
    assertEquals(50, IssuerTemplate.requireTenants(Collections.nCopies(50, "t")).size());
  }

  @Test
  void CL16_J50_anAliasOfTheIssuerIsComparedExactly() {
    TrustedIssuer issuer =
        TrustedIssuer.builder(Bench.ISSUER).issuerAliases("https://sts.example/t/").build();
    JwtTokenValidator validator = Bench.validator(issuer);

    String token = Bench.RSA.sign(Bench.claimsWith("iss", "https://sts.example/t/"));

    assertEquals("https://sts.example/t/", Bench.granted(validator, token).issuer());
    assertEquals(Bench.ISSUER, Bench.granted(validator, Bench.RSA.sign(Bench.claims())).issuer());
    for (String other : List.of("https://sts.example/t", "https://sts.example/T/")) {
      Bench.denied(Denial.ISSUER, validator, Bench.RSA.sign(Bench.claimsWith("iss", other)));
    }
  }

  @Test
  void J50_noNameHasTwoOwners() {
    TrustedIssuer one = TrustedIssuer.of("https://a.example");
    TrustedIssuer two =
        TrustedIssuer.builder("https://b.example").issuerAliases("https://a.example").build();

    assertThrows(
        IllegalArgumentException.class,
        () -> Bench.validator(Map.of(one, Bench.keys(Bench.RSA), two, Bench.keys(Bench.RSA))));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            TrustedIssuer.builder("https://a.example").issuerAliases("https://a.example").build());
    assertThrows(
        IllegalArgumentException.class,
        () -> TrustedIssuer.builder("https://a.example").issuerAliases("http://b.example").build());
  }
}
