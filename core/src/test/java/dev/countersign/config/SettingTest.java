package dev.countersign.config;

import static dev.countersign.config.Reading.minimalWith;
import static dev.countersign.config.Reading.problem;
import static dev.countersign.config.Reading.problems;
import static dev.countersign.config.Reading.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.oauth.Scope;
import dev.countersign.token.AudienceBinding;
import dev.countersign.token.SignatureAlgorithm;
import dev.countersign.token.TrustedIssuer;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setting: its default, a value, and a bad value with what is said about it. */
class SettingTest {

  private static final String BOOLEAN = "expected true or false";
  private static final String ABSOLUTE = "expected an absolute URL with a host";
  private static final String SCOPE =
      "expected a scope-token: visible ASCII without quote and backslash (RFC 6749 section 3.3)";
  private static final String HTTPS =
      " must be https; plain http only on the loopback, with allow-http-on-loopback=true";

  record Row(
      Setting setting,
      String key,
      Function<ResourceServerConfig, Object> seen,
      Object initial,
      String good,
      Object value,
      String bad,
      String expectation) {

    @Override
    public String toString() {
      return key;
    }
  }

  private static Function<ResourceServerConfig, Object> resource(
      Function<ProtectedResource, Object> seen) {
    return config -> seen.apply(config.resources().get(0));
  }

  private static Function<ResourceServerConfig, Object> issuer(
      Function<TrustedIssuer, Object> seen) {
    return config -> seen.apply(config.issuers().get(config.issuers().size() - 1));
  }

  private static Function<ResourceServerConfig, Object> text(String name, String tag) {
    return resource(r -> r.metadata().text(name, tag));
  }

  static Stream<Row> rows() {
    return Stream.of(
            resourceRows(),
            metadataRows(),
            issuerRows(),
            serverRows(),
            bindingRows(),
            profileRows(),
            switches(),
            SenderSettingRows.rows(),
            HardeningSettingRows.rows(),
            SessionSettingRows.rows(),
            StepUpSettingRows.rows(),
            PolicySettingRows.rows())
        .flatMap(rows -> rows);
  }

  private static Stream<Row> resourceRows() {
    return Stream.of(
        new Row(
            Setting.RESOURCE,
            "resource",
            resource(r -> r.identifier().toString()),
            "https://mcp.example/mcp",
            "HTTPS://Other.example/x",
            "https://other.example/x",
            "http://mcp.example/mcp",
            "the scheme must be https (RFC 9728 section 1.2); plain http only on the loopback, with"
                + " allow-http-on-loopback=true"),
        new Row(
            Setting.REQUIRED_SCOPES,
            "required-scopes",
            resource(ProtectedResource::required),
            Scope.NONE,
            " a  b ",
            Scope.of("a", "b"),
            "a \"b\"",
            SCOPE),
        new Row(
            Setting.ANNOUNCED_SCOPES,
            "announced-scopes",
            resource(ProtectedResource::announced),
            Scope.NONE,
            "a b",
            Scope.of("a", "b"),
            "a,b",
            "scope has , at 1, which some clients misread"),
        new Row(
            Setting.SCOPES_SUPPORTED,
            "scopes-supported",
            resource(r -> r.metadata().scopesSupported()),
            List.of(),
            "b a",
            List.of("b", "a"),
            "a offline_access",
            "offline_access is not a scope of a resource (MCP authorization)"));
  }

  private static Stream<Row> metadataRows() {
    String url = "https://h.example/page";
    return Stream.of(
        new Row(
            Setting.RESOURCE_NAME,
            "resource-name",
            text("resource_name", ""),
            Optional.empty(),
            "My \"tools\", \u4f8b",
            Optional.of("My \"tools\", \u4f8b"),
            " ",
            "expected a value; leave the setting out for its default"),
        new Row(
            Setting.RESOURCE_NAME_IN,
            "resource-name.de",
            text("resource_name", "de"),
            Optional.empty(),
            "Werkzeuge",
            Optional.of("Werkzeuge"),
            "",
            "expected a value; leave the setting out for its default"),
        new Row(
            Setting.RESOURCE_DOCUMENTATION,
            "resource-documentation",
            text("resource_documentation", ""),
            Optional.empty(),
            url,
            Optional.of(url),
            "/page",
            ABSOLUTE),
        new Row(
            Setting.RESOURCE_POLICY_URI,
            "resource-policy-uri",
            text("resource_policy_uri", ""),
            Optional.empty(),
            url,
            Optional.of(url),
            "h.example",
            ABSOLUTE),
        new Row(
            Setting.RESOURCE_TOS_URI,
            "resource-tos-uri",
            text("resource_tos_uri", ""),
            Optional.empty(),
            url,
            Optional.of(url),
            "https:",
            "Expected scheme-specific part at index 6: https:"));
  }

  private static Stream<Row> issuerRows() {
    return Stream.of(
        new Row(
            Setting.AUTHORIZATION_SERVERS,
            "authorization-servers",
            config -> config.issuers().stream().map(TrustedIssuer::issuer).toList(),
            List.of("https://id.example"),
            "https://b.example/ , https://a.example",
            List.of("https://b.example/", "https://a.example"),
            "http://id.example",
            "the issuer" + HTTPS),
        new Row(
            Setting.ISSUER,
            "issuers.x.issuer",
            issuer(TrustedIssuer::issuer),
            "https://id.example",
            "https://x.example",
            "https://x.example",
            "https://x.example?a=b",
            "the issuer must have no query (RFC 8414 section 2)"),
        new Row(
            Setting.JWKS_URI,
            "jwks-uri",
            issuer(TrustedIssuer::jwksUri),
            Optional.empty(),
            "https://keys.example/jwks",
            Optional.of(URI.create("https://keys.example/jwks")),
            "http://keys.example/jwks",
            "jwks-uri" + HTTPS),
        new Row(
            Setting.ALGORITHMS,
            "algorithms",
            issuer(TrustedIssuer::algorithms),
            TrustedIssuer.DEFAULT_ALGORITHMS,
            "ES384, RS256",
            Set.of(SignatureAlgorithm.ES384, SignatureAlgorithm.RS256),
            "RS256,none",
            "expected one of "
                + Arrays.stream(SignatureAlgorithm.values())
                    .map(SignatureAlgorithm::headerName)
                    .collect(Collectors.joining(", "))
                + " (case-sensitive; none and HMAC are never accepted)"),
        new Row(
            Setting.AUDIENCE_ALIASES,
            "audience-aliases",
            issuer(TrustedIssuer::audienceAliases),
            Set.of(),
            "api://x, https://mcp.example",
            Set.of("api://x", "https://mcp.example"),
            "*",
            "an audience is an exact value; there is no wildcard"),
        new Row(
            Setting.SCOPE_CLAIMS,
            "scope-claims",
            issuer(TrustedIssuer::scopeClaims),
            List.of("scope"),
            "permissions, scp",
            List.of("permissions", "scp"),
            "scp,",
            "expected names of claims with commas between them"),
        new Row(
            Setting.CLIENT_ID_CLAIMS,
            "client-id-claims",
            issuer(TrustedIssuer::clientIdClaims),
            List.of("client_id"),
            "cid,azp",
            List.of("cid", "azp"),
            ",cid",
            "expected names of claims with commas between them"),
        new Row(
            Setting.MAXIMUM_AGE,
            "maximum-age",
            issuer(TrustedIssuer::maximumAge),
            Duration.ZERO,
            "PT1H",
            Duration.ofHours(1),
            "PT8760H0.1S",
            "expected an ISO-8601 duration such as PT1H, at most P365D"),
        new Row(
            Setting.MAXIMUM_LIFETIME,
            "maximum-lifetime",
            issuer(TrustedIssuer::maximumLifetime),
            Duration.ZERO,
            "PT24H",
            Duration.ofHours(24),
            "PT-1S",
            "expected an ISO-8601 duration such as PT1H, at most P365D"));
  }

  @Test
  void readsTheModeRepair() {
    assertEquals(Mode.REPAIR, Reading.read(Reading.minimalWith("mode", "repair")).mode());
  }

  private static Stream<Row> serverRows() {
    return Stream.of(
        new Row(
            Setting.ON_STARTUP_FAILURE,
            "on-startup-failure",
            ResourceServerConfig::onStartupFailure,
            StartupFailure.EXIT,
            "deny",
            StartupFailure.DENY,
            "allow",
            "expected exit or deny"),
        new Row(
            Setting.UNGUARDED_PORTS,
            "unguarded-ports",
            ResourceServerConfig::unguardedPorts,
            Set.of(),
            "5701,9010",
            Set.of(5701, 9010),
            "65536",
            "expected a port, 1 to 65535"),
        new Row(
            Setting.TOKEN_PASSTHROUGH,
            "token-passthrough",
            ResourceServerConfig::tokenPassthrough,
            TokenPassthrough.OFF,
            "block",
            TokenPassthrough.BLOCK,
            "true",
            "expected off, report or block"),
        new Row(
            Setting.MODE,
            "mode",
            ResourceServerConfig::mode,
            Mode.ENFORCE,
            "report-only",
            Mode.REPORT_ONLY,
            "Enforce",
            "expected enforce, repair or report-only"),
        new Row(
            Setting.CLOCK_SKEW,
            "clock-skew",
            ResourceServerConfig::clockSkew,
            Duration.ofSeconds(30),
            "PT5M",
            Duration.ofMinutes(5),
            "PT5M0.001S",
            "expected an ISO-8601 duration such as PT30S, at most PT5M"),
        new Row(
            Setting.MAX_TOKEN_LENGTH,
            "max-token-length",
            ResourceServerConfig::maxTokenLength,
            16384,
            "65536",
            65536,
            "65537",
            "expected a whole number from 256 to 65536"),
        new Row(
            Setting.TOKEN_CACHE_SIZE,
            "token-cache-size",
            ResourceServerConfig::tokenCacheSize,
            67108864,
            "0",
            0,
            "536870913",
            "expected a whole number from 0 to 536870912"),
        new Row(
            Setting.MAX_BODY_SIZE,
            "max-body-size",
            ResourceServerConfig::maxBodySize,
            1048576,
            "1024",
            1024,
            "1023",
            "expected a whole number from 1024 to 67108864"),
        new Row(
            Setting.BODY_MEMORY,
            "body-memory",
            ResourceServerConfig::bodyMemory,
            67108864,
            "1048576",
            1048576,
            "1048575",
            "expected a whole number from 1048576 to 2147483647"),
        new Row(
            Setting.FAILURE_LIMIT,
            "failure-limit",
            ResourceServerConfig::failureLimit,
            0,
            "100",
            100,
            "1000001",
            "expected a whole number from 0 to 1000000"),
        new Row(
            Setting.PUBLIC_PATHS,
            "public-paths",
            ResourceServerConfig::publicPaths,
            Set.of(),
            "/health, /static/",
            Set.of("/health", "/static/"),
            "/static/../x",
            "expected a path that begins with a slash, without %, ;, \\, // or dot segments, and"
                + " not / itself"),
        new Row(
            Setting.ALLOWED_ORIGINS,
            "allowed-origins",
            ResourceServerConfig::allowedOrigins,
            Set.of(),
            "https://app.example, http://localhost:6274, null",
            Set.of("https://app.example", "http://localhost:6274", "null"),
            "https://app.example/",
            "expected an origin such as https://app.example.com, in lower case, without a path"),
        new Row(
            Setting.REALM,
            "realm",
            ResourceServerConfig::realm,
            "",
            "MCP-tools_1.0",
            "MCP-tools_1.0",
            "a b",
            "expected one plain word of at most 64 characters"),
        new Row(
            Setting.ERROR_URI,
            "error-uri",
            ResourceServerConfig::errorUri,
            "",
            "https://h.example/errors?a=b",
            "https://h.example/errors?a=b",
            "http://h.example/errors",
            "expected an absolute https URL"),
        new Row(
            Setting.ROOT_DOCUMENT,
            "root-document",
            config -> config.rootDocument().map(ProtectedResource::identifier),
            Optional.of(dev.countersign.oauth.ResourceIdentifier.parse("https://mcp.example/mcp")),
            "off",
            Optional.empty(),
            "other",
            "expected off, first, or the name of a resource"));
  }

  // The others need settings beside them: IssuerOptionsTest, StepUpBuilderTest.
  private static final Set<Setting> NEVER_ALONE =
      Set.of(
          Setting.CLIENT_CERTIFICATE_HEADER,
          Setting.SCOPE_GROUPS,
          Setting.TENANTS,
          Setting.EXTRA_AUDIENCES,
          Setting.CLIENT_ID_AS_AUDIENCE,
          Setting.ABSENT_AUDIENCE);

  private static Stream<Row> bindingRows() {
    String exact = "expected exact values; there is no wildcard";
    String unique = "expected scopes of this resource alone, which no scope of OpenID Connect is";
    Set<String> none = Set.of();
    return Stream.of(
        list(Setting.AUDIENCE_CLAIMS, b -> b.audienceClaims(), Set.of("aud"), "*", exact),
        list(Setting.CLIENT_IDS, b -> b.clientIds(), none, "x,*", exact),
        scopes(Setting.BINDING_SCOPES, b -> b.bindingScopes(), "x email", unique),
        scopes(Setting.SCOPE_AS_AUDIENCE, b -> b.scopeAsAudience(), "openid", unique),
        flag(Setting.ACCEPT_ORIGIN_AUDIENCE, issuer(i -> i.binding().originAudience())),
        flag(Setting.ACCEPT_SCOPE_ARRAY, issuer(i -> i.shape().scopeArray())),
        row(
            Setting.SCOPE_PREFIX,
            i -> i.shape().scopePrefix(),
            "",
            "api://x/",
            "api://x/",
            "a \"",
            SCOPE),
        row(
            Setting.TOKEN_TYPES,
            i -> i.shape().tokenTypes(),
            Set.of("at+jwt"),
            "X+jwt",
            Set.of("x+jwt"),
            "logout+jwt",
            "token-types: expected types of access tokens"),
        row(
            Setting.REQUIRED_CLAIMS,
            i -> i.shape().requiredClaims(),
            Map.of(),
            "a=1,b=2=3",
            Map.of("a", Set.of("1"), "b", Set.of("2=3")),
            "=1",
            "expected name=value with commas between them, each value literal"),
        row(
            Setting.ISSUER_ALIASES,
            i -> i.issuerAliases(),
            none,
            "https://x.example",
            Set.of("https://x.example"),
            "http://x.example",
            "an issuer alias" + HTTPS));
  }

  private static Stream<Row> profileRows() {
    String known =
        Arrays.stream(Profile.values()).map(Profile::id).collect(Collectors.joining(", "));
    return Stream.of(
        new Row(
            Setting.PROFILE,
            "profile",
            ResourceServerConfig::relaxations,
            List.of(),
            "workos",
            List.of(
                "profile=workos for https://id.example",
                "accept-plain-jwt=true for https://id.example"),
            "WorkOS",
            "expected one of " + known),
        new Row(
            Setting.ADVERTISED_ISSUER,
            "advertised-issuer",
            resource(r -> r.metadata().authorizationServers()),
            List.of("https://id.example"),
            "https://x.example",
            List.of("https://x.example"),
            "http://x.example",
            "the issuer" + HTTPS));
  }

  private static Row list(
      Setting setting,
      Function<AudienceBinding, Object> seen,
      Object initial,
      String bad,
      String expectation) {
    Set<String> value = Set.of("a", "b");
    return row(setting, i -> seen.apply(i.binding()), initial, "a, b", value, bad, expectation);
  }

  private static Row scopes(
      Setting setting, Function<AudienceBinding, Object> seen, String bad, String expectation) {
    Set<String> value = Set.of("a", "b");
    return row(setting, i -> seen.apply(i.binding()), Set.of(), "a b", value, bad, expectation);
  }

  private static Row row(
      Setting setting,
      Function<TrustedIssuer, Object> seen,
      Object initial,
      String good,
      Object value,
      String bad,
      String expectation) {
    return new Row(setting, setting.key(), issuer(seen), initial, good, value, bad, expectation);
  }

  private static Stream<Row> switches() {
    return Stream.of(
        flag(Setting.LEGACY_AS_MIRROR, ResourceServerConfig::legacyAsMirror),
        flag(Setting.STRICT_CREDENTIALS, ResourceServerConfig::strictCredentials),
        flag(Setting.JMX, ResourceServerConfig::jmx),
        new Row(
            Setting.SELF_CHECK,
            "self-check",
            ResourceServerConfig::selfCheck,
            true,
            "false",
            false,
            "FALSE",
            BOOLEAN),
        flag(Setting.STRICT_START, ResourceServerConfig::strictStart),
        flag(Setting.FORWARDED_HEADER, ResourceServerConfig::forwardedHeader),
        flag(Setting.ALLOW_PRIVATE_ADDRESSES, ResourceServerConfig::allowPrivateAddresses),
        flag(Setting.ALLOW_HTTP_ON_LOOPBACK, ResourceServerConfig::allowHttpOnLoopback),
        flag(Setting.ACCEPT_PLAIN_JWT, issuer(TrustedIssuer::acceptPlainJwt)),
        flag(Setting.EXCLUSIVE_AUDIENCE, issuer(TrustedIssuer::exclusiveAudience)));
  }

  private static Row flag(Setting setting, Function<ResourceServerConfig, Object> seen) {
    return new Row(setting, setting.key(), seen, false, "true", true, "TRUE", BOOLEAN);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void hasTheDefaultThatItsPageSays(Row row) {
    assertEquals(row.initial(), row.seen().apply(read(Reading.MINIMAL)));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void takesAValue(Row row) {
    assertEquals(row.value(), row.seen().apply(read(minimalWith(row.key(), row.good()))));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void AG13_refusesABadValueAndSaysWhatWasExpected(Row row) {
    assertEquals(
        List.of(problem(row.key(), row.bad(), row.expectation())),
        problems(minimalWith(row.key(), row.bad())));
  }

  @Test
  void everySettingButTheFileIsHere() {
    assertEquals(
        Arrays.stream(Setting.values())
            .filter(setting -> setting != Setting.CONFIG && !NEVER_ALONE.contains(setting))
            .filter(setting -> !IntrospectionSettingsTest.SETTINGS.contains(setting))
            .collect(Collectors.toSet()),
        rows().map(Row::setting).collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @EnumSource
  void isDescribed(Setting setting) {
    assertTrue(setting.key().matches("[a-z]+([.-][a-z]+)*(\\.\\*)?"), setting.key());
    assertTrue(setting.meaning().endsWith("."), setting.key());
    assertFalse(setting.meaning().contains("|") || setting.defaultValue().contains("|"));
  }

  @Test
  void booleansAndNumbersAreTakenLiterally() {
    for (String bad : List.of("yes", "1", "True", "t", "on")) {
      assertEquals(
          List.of(problem("strict-credentials", bad, BOOLEAN)),
          problems(minimalWith("strict-credentials", bad)));
    }
    for (String bad :
        List.of("1e3", "x", "1_000", "0x100", "2147483648", "\u0661\u0662\u0663\u0664", "1024.0")) {
      assertFalse(problems(minimalWith("max-body-size", bad)).isEmpty());
    }
    assertFalse(read(minimalWith("strict-credentials", "false")).strictCredentials());
    assertFalse(read(minimalWith("accept-plain-jwt", "false")).issuers().get(0).acceptPlainJwt());
  }

  @Test
  void durationsAreIso8601() {
    for (String bad :
        List.of("30", "30s", "5 min", "P1Y", "PT", "-PT1S", "PT-1S", "PT2562047788015215H")) {
      assertFalse(problems(minimalWith("clock-skew", bad)).isEmpty());
      assertFalse(problems(minimalWith("maximum-age", bad)).isEmpty());
    }
    assertEquals(Duration.ZERO, read(minimalWith("clock-skew", "PT0S")).clockSkew());
  }
}
