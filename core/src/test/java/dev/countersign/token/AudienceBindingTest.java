package dev.countersign.token;

import static dev.countersign.token.Bench.RSA;
import static dev.countersign.token.Bench.claimsWith;
import static dev.countersign.token.Bench.claimsWithout;
import static dev.countersign.token.Bench.denied;
import static dev.countersign.token.Bench.granted;
import static dev.countersign.token.Bench.validator;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.countersign.internal.Json;
import dev.countersign.oauth.Denial;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AudienceBindingTest {

  private static final String OWN = Bench.RESOURCE.toString();
  private static final String USERINFO = "https://id.example/userinfo";

  /** What is on in a test, beside {@link AudienceBinding#STRICT}. */
  private static final class Draft {
    private boolean origin;
    private Set<String> claims = Set.of("aud");
    private Set<String> extra = Set.of();
    private Set<String> clients = Set.of();
    private boolean clientAsAudience;
    private boolean absent;
    private Set<String> scopes = Set.of();
    private Set<String> scopeAsAudience = Set.of();

    AudienceBinding build() {
      return new AudienceBinding(
          origin, claims, extra, clients, clientAsAudience, absent, scopes, scopeAsAudience);
    }

    JwtTokenValidator validator() {
      TrustedIssuerBuilder issuer = TrustedIssuer.builder(Bench.ISSUER).binding(build());
      if (!extra.isEmpty()) {
        issuer.exclusiveAudience();
      }
      return Bench.validator(issuer.build());
    }

    String refusal() {
      return String.valueOf(
          assertThrows(IllegalArgumentException.class, this::validator).getMessage());
    }
  }

  private static String with(String name, Object value) {
    return RSA.sign(claimsWith(name, value));
  }

  @Test
  void J32_theOriginCountsOnlyIfConfigured() {
    Draft on = new Draft();
    on.origin = true;

    for (String origin : List.of("https://mcp.example.com", "https://mcp.example.com/")) {
      granted(on.validator(), with("aud", origin));
      denied(Denial.AUDIENCE, validator(), with("aud", origin));
    }
    for (String other :
        List.of(
            "https://mcp.example.com//", "https://mcp.example.com/mc", "http://mcp.example.com")) {
      denied(Denial.AUDIENCE, on.validator(), with("aud", other));
    }
  }

  @Test
  void J33_aFurtherAudienceThatIsAllowedDoesNotHurtTheExclusiveOne() {
    Draft on = new Draft();
    on.extra = Set.of(USERINFO);

    granted(on.validator(), with("aud", List.of(OWN, USERINFO)));
    denied(Denial.AUDIENCE, on.validator(), with("aud", List.of(OWN, "https://other.example")));
    denied(Denial.AUDIENCE, on.validator(), with("aud", USERINFO));
  }

  @Test
  void J28_anotherClaimMayHoldTheAudienceIfConfigured() {
    Draft on = new Draft();
    on.claims = Set.of("aud", "resource");
    Map<String, Object> claims = claimsWith("aud", "https://other.example");
    claims.put("resource", List.of(OWN));

    granted(on.validator(), RSA.sign(claims));
    denied(Denial.AUDIENCE, validator(), RSA.sign(claims));
  }

  @Test
  void J28_aClaimOfTheWrongTypeIsNoAudience() {
    Draft on = new Draft();
    on.claims = Set.of("aud", "resource");

    for (Object wrong : List.of(1, List.of(), List.of(1), Map.of(), "", Json.NULL)) {
      denied(Denial.AUDIENCE, on.validator(), with("resource", wrong));
    }
  }

  @Test
  void CL25_onlyListedClientsAreAccepted() {
    Draft on = new Draft();
    on.clients = Set.of("client-1", "client-2");

    granted(on.validator(), with("client_id", "client-2"));
    denied(Denial.AUDIENCE, on.validator(), with("client_id", "client-3"));
    denied(Denial.AUDIENCE, on.validator(), with("client_id", "client-1 "));
    denied(Denial.AUDIENCE, on.validator(), with("client_id", "*"));
  }

  @Test
  void J34_aClientStandsForTheResourceOnlyWithItsScope() {
    Draft on = new Draft();
    on.clients = Set.of("client-1");
    on.clientAsAudience = true;
    on.scopes = Set.of("mcp:read");

    granted(on.validator(), with("aud", "client-1"));
    denied(Denial.AUDIENCE, validator(), with("aud", "client-1"));
    denied(Denial.AUDIENCE, on.validator(), with("aud", "client-2"));
    Map<String, Object> withoutScope = claimsWith("aud", "client-1");
    withoutScope.put("scope", "openid profile");
    denied(Denial.AUDIENCE, on.validator(), RSA.sign(withoutScope));
  }

  @Test
  void J28_CL20_anAbsentAudienceNeedsClientAndScope() {
    Draft on = new Draft();
    on.absent = true;
    on.clients = Set.of("client-1");
    on.scopes = Set.of("mcp:read");

    granted(on.validator(), RSA.sign(claimsWithout("aud")));
    denied(Denial.AUDIENCE, validator(), RSA.sign(claimsWithout("aud")));
    denied(Denial.AUDIENCE, on.validator(), with("aud", "https://other.example"));
    denied(Denial.CLAIMS, on.validator(), with("aud", List.of()));
    denied(Denial.CLAIMS, on.validator(), with("aud", Json.NULL));
    for (String missing : List.of("scope", "client_id")) {
      Map<String, Object> claims = claimsWithout("aud", missing);
      claims.putIfAbsent("client_id", "client-9");
      denied(Denial.AUDIENCE, on.validator(), RSA.sign(claims));
    }
  }

  @Test
  void J31_aScopeStandsForTheAudienceExactly() {
    Draft on = new Draft();
    on.scopeAsAudience = Set.of("mcp:write");
    Map<String, Object> claims = claimsWith("aud", "account");

    granted(on.validator(), RSA.sign(claims));
    for (String other : List.of("mcp:writer", "mcp", "MCP:WRITE", "openid")) {
      claims.put("scope", other);
      denied(Denial.AUDIENCE, on.validator(), RSA.sign(claims));
    }
  }

  @Test
  void J32_aWeakTieIsRefusedWithoutASecondOne() {
    Draft absent = new Draft();
    absent.absent = true;
    assertEquals("absent-audience needs client-ids", absent.refusal());
    absent.clients = Set.of("client-1");
    assertEquals(
        "absent-audience needs binding-scopes, or required-claims of this resource alone",
        absent.refusal());

    Draft client = new Draft();
    client.clientAsAudience = true;
    client.clients = Set.of("client-1");
    assertEquals("client-id-as-audience needs client-ids and binding-scopes", client.refusal());
    client.clients = Set.of();
    client.scopes = Set.of("mcp:read");
    assertEquals("client-id-as-audience needs client-ids and binding-scopes", client.refusal());

    assertThrows(
        IllegalArgumentException.class,
        () -> {
          Draft extra = new Draft();
          extra.extra = Set.of(USERINFO);
          TrustedIssuer.builder(Bench.ISSUER).binding(extra.build()).build();
        });
  }

  @Test
  void J31_CL25_thereIsNoWildcardAndNoScopeOfEveryResource() {
    for (String value : List.of("", "*")) {
      Draft clients = new Draft();
      clients.clients = Set.of(value);
      assertEquals("expected exact values; there is no wildcard", clients.refusal());
    }
    for (String common : AudienceBinding.OPENID_SCOPES) {
      Draft scopes = new Draft();
      scopes.scopes = Set.of("mcp:read", common);
      Draft audience = new Draft();
      audience.scopeAsAudience = Set.of(common);
      assertEquals(scopes.refusal(), audience.refusal());
    }
    Draft none = new Draft();
    none.claims = Set.of();
    assertEquals("audience-claims: expected at least one claim", none.refusal());
  }
}
