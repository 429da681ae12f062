package dev.countersign.config;

import static dev.countersign.config.Reading.minimalWith;
import static dev.countersign.config.Reading.problem;
import static dev.countersign.config.Reading.problems;
import static dev.countersign.config.Reading.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.SelfSigned;
import dev.countersign.token.AudienceBinding;
import dev.countersign.token.ClientAuthMethod;
import dev.countersign.token.OpaqueTokens;
import dev.countersign.token.OpaqueTokens.Inquiry;
import dev.countersign.token.TokenFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings for opaque tokens, of which none means anything alone. */
class IntrospectionSettingsTest {

  static final Set<Setting> SETTINGS =
      Set.of(
          Setting.TOKENS,
          Setting.INTROSPECTION_ENDPOINT,
          Setting.INTROSPECTION_CLIENT_ID,
          Setting.INTROSPECTION_CLIENT_SECRET,
          Setting.INTROSPECTION_CLIENT_SECRET_FILE,
          Setting.INTROSPECTION_KEY_FILE,
          Setting.INTROSPECTION_KEY_STORE,
          Setting.INTROSPECTION_KEY_STORE_PASSWORD_FILE,
          Setting.INTROSPECTION_AUTH,
          Setting.INTROSPECTION_SIGNED,
          Setting.INTROSPECTION_CACHE,
          Setting.INTROSPECTED_TOOLS,
          Setting.TOKENINFO_ENDPOINT);

  private static final String HTTPS =
      " must be https; plain http only on the loopback, with allow-http-on-loopback=true";
  private static final String IDLE =
      "has no effect; needs tokens=opaque, tokens=any or introspected-tools";
  private static final String ONE_CREDENTIAL =
      "needs one of introspection-client-secret-file, introspection-client-secret,"
          + " introspection-key-file, introspection-key-store";
  private static final String EITHER = "expected either introspection or tokeninfo-endpoint";

  // A key of nobody (RFC 7515 appendix A.3).
  private static final String KEY =
      "{\"kty\":\"EC\",\"crv\":\"P-256\","
          + "\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
          + "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\","
          + "\"d\":\"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI\"}\n";

  private static Map<String, String> opaque(String... more) {
    Map<String, String> settings =
        minimalWith(
            "tokens", "opaque",
            "introspection-client-id", "rs-1",
            "introspection-client-secret", "hidden-secret");
    settings.putAll(Reading.map(more));
    return settings;
  }

  private static Map<String, String> without(Map<String, String> settings, String... keys) {
    Map<String, String> left = new LinkedHashMap<>(settings);
    left.keySet().removeAll(List.of(keys));
    return left;
  }

  private static OpaqueTokens tokens(Map<String, String> settings) {
    List<OpaqueTokens> all = read(settings).opaqueTokens();
    assertEquals(1, all.size());
    return all.get(0);
  }

  private static Inquiry.Introspection introspection(Map<String, String> settings) {
    return assertInstanceOf(Inquiry.Introspection.class, tokens(settings).inquiry());
  }

  @Test
  void withoutThemEveryIssuerHasJwts() {
    ResourceServerConfig config = read(Reading.MINIMAL);

    assertEquals(config.issuers(), config.jwtIssuers());
    assertEquals(List.of(), config.opaqueTokens());
    assertEquals(config.issuers(), read(minimalWith("tokens", "jwt")).jwtIssuers());
  }

  @Test
  void opaqueTokensNeedTwoSettingsMore() {
    ResourceServerConfig config = read(opaque());
    OpaqueTokens tokens = config.opaqueTokens().get(0);
    Inquiry.Introspection introspection = introspection(opaque());

    assertEquals(config.issuers().get(0), tokens.issuer());
    assertEquals(List.of(), config.jwtIssuers());
    assertEquals(Duration.ofSeconds(30), tokens.cacheLife());
    assertEquals("rs-1", introspection.client().id());
    assertEquals(ClientAuthMethod.CLIENT_SECRET_BASIC, introspection.client().method());
    assertEquals(Optional.empty(), introspection.endpoint());
    assertFalse(introspection.signed());
  }

  @Test
  void I16_chosenToolsAskAboutJwtsAsWell() {
    ResourceServerConfig config =
        read(opaque("tokens", "jwt", "introspected-tools", "pay, delete_file"));

    assertEquals(config.issuers(), config.jwtIssuers());
    assertEquals(List.of(), config.opaqueTokens());
    IntrospectedTools tools = config.introspectedTools().get(0);
    assertEquals(Set.of("pay", "delete_file"), tools.tools());
    assertEquals(config.issuers().get(0), tools.server().issuer());
    assertInstanceOf(Inquiry.Introspection.class, tools.server().inquiry());
    assertEquals(List.of(), read(opaque()).introspectedTools());
  }

  @Test
  void I16_chosenToolsNeedAWayToAsk() {
    for (Map<String, String> bad :
        List.of(
            minimalWith("introspected-tools", "pay"),
            minimalWith("tokens", "jwt", "introspected-tools", "pay"),
            opaque("introspected-tools", "pay"),
            opaque("tokens", "any", "introspected-tools", "pay,"),
            opaque("tokens", "any", "introspected-tools", "no name"),
            minimalWith(
                "introspected-tools",
                "pay",
                "audience-aliases",
                "client",
                "tokeninfo-endpoint",
                "https://id.example/tokeninfo"))) {
      String said = problems(bad).toString();
      assertTrue(said.contains("introspected-tools"), said);
    }
  }

  @Test
  void anyTokensAreBoth() {
    ResourceServerConfig config = read(opaque("tokens", "any"));

    assertEquals(config.issuers(), config.jwtIssuers());
    assertEquals(1, config.opaqueTokens().size());
  }

  @Test
  void everySettingReachesTheValidator() {
    Map<String, String> settings =
        opaque(
            "introspection-endpoint", "https://api.example/introspect",
            "introspection-auth", "client_secret_post",
            "introspection-signed", "true",
            "introspection-cache", "PT10S",
            "audience-aliases", "api-1");
    Inquiry.Introspection introspection = introspection(settings);

    assertEquals(
        Optional.of(URI.create("https://api.example/introspect")), introspection.endpoint());
    assertEquals(ClientAuthMethod.CLIENT_SECRET_POST, introspection.client().method());
    assertTrue(introspection.signed());
    assertEquals(Duration.ofSeconds(10), tokens(settings).cacheLife());
    assertEquals(Set.of("api-1"), tokens(settings).issuer().audienceAliases());
  }

  @Test
  void aSecretAndAKeyMayBeInFiles(@TempDir Path directory) throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "hidden-secret\n");
    Path key = Files.writeString(directory.resolve("key.json"), KEY);
    Map<String, String> without = without(opaque(), "introspection-client-secret");

    Map<String, String> one = new LinkedHashMap<>(without);
    one.put("introspection-client-secret-file", secret.toString());
    assertEquals("[file]", introspection(one).client().secret().toString());

    Map<String, String> other = new LinkedHashMap<>(without);
    other.put("introspection-key-file", key.toString());
    assertEquals(ClientAuthMethod.PRIVATE_KEY_JWT, introspection(other).client().method());
    other.put("introspection-auth", "private_key_jwt");
    assertEquals(ClientAuthMethod.PRIVATE_KEY_JWT, introspection(other).client().method());
  }

  private record Bad(String key, String value, String expectation) {}

  static Stream<Bad> bad() {
    return Stream.of(
        new Bad("tokens", "Opaque", "expected one of jwt, opaque, any"),
        new Bad(
            "introspection-endpoint",
            "http://api.example/introspect",
            "introspection-endpoint" + HTTPS),
        new Bad(
            "introspection-endpoint",
            "https://u@api.example/",
            "introspection-endpoint must have neither user information nor fragment"),
        new Bad(
            "introspection-client-id",
            "r\u00fcs",
            "expected a client identifier of printable ASCII (RFC 6749 appendix A.1)"),
        new Bad(
            "introspection-auth",
            "none",
            "expected one of client_secret_basic, client_secret_post, private_key_jwt,"
                + " tls_client_auth, self_signed_tls_client_auth"),
        new Bad(
            "introspection-auth",
            "private_key_jwt",
            "expected tls_client_auth or self_signed_tls_client_auth with introspection-key-store,"
                + " private_key_jwt with introspection-key-file, and client_secret_basic or"
                + " client_secret_post with a secret"),
        new Bad("introspection-signed", "yes", "expected true or false"),
        new Bad("introspection-cache", "30", "expected an ISO-8601 duration such as PT30S"),
        new Bad("introspection-cache", "PT1M1S", "expected an ISO-8601 duration from PT0S to PT1M"),
        new Bad("introspection-cache", "PT-1S", "expected an ISO-8601 duration from PT0S to PT1M"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void AG13_I03_SS6_SS7_refusesABadValueAndSaysWhatWasExpected(Bad one) {
    assertEquals(
        List.of(problem(one.key(), one.value(), one.expectation())),
        problems(opaque(one.key(), one.value())));
  }

  @Test
  void plainHttpIsForDevelopmentOnly() {
    Map<String, String> settings =
        opaque(
            "introspection-endpoint", "http://127.0.0.1:9000/introspect",
            "allow-http-on-loopback", "true");

    assertTrue(introspection(settings).endpoint().isPresent());
    assertFalse(problems(without(settings, "allow-http-on-loopback")).isEmpty());
  }

  @Test
  void refusesFilesThatCannotBeUsed(@TempDir Path directory) throws IOException {
    String none = directory.resolve("none").toString();
    String noKey = Files.writeString(directory.resolve("no-key"), "hidden-secret").toString();

    assertEquals(
        List.of(
            problem(
                "introspection-client-secret-file",
                none,
                "expected a readable file in UTF-8 that is not empty, of at most 16384 bytes")),
        problems(
            without(
                opaque("introspection-client-secret-file", none), "introspection-client-secret")));
    Problem refused =
        problems(without(opaque("introspection-key-file", noKey), "introspection-client-secret"))
            .get(0);
    assertTrue(refused.expectation().startsWith("expected one private key"), refused::toString);
    assertFalse(refused.toString().contains("hidden"));
  }

  @Test
  void opaqueTokensNeedSomebodyWhoAsks() {
    assertEquals(
        List.of(
            problem(
                "tokens",
                "opaque",
                "needs introspection-client-id with a secret or key of this server, or"
                    + " tokeninfo-endpoint")),
        problems(minimalWith("tokens", "opaque")));
    assertEquals(
        List.of(problem("introspection-client-id", "rs-1", ONE_CREDENTIAL)),
        problems(without(opaque(), "introspection-client-secret")));
  }

  @Test
  void credentialsAreGivenOnce(@TempDir Path directory) throws IOException {
    Path key = Files.writeString(directory.resolve("key.json"), KEY);
    String file = Files.writeString(directory.resolve("secret"), "hidden-secret").toString();

    assertEquals(
        List.of(
            problem("introspection-key-file", key.toString(), "expected either a key or a secret")),
        problems(opaque("introspection-key-file", key.toString())));
    assertEquals(
        List.of(
            problem(
                "introspection-client-secret",
                "[13 characters]",
                "expected either the secret or a file with it")),
        problems(opaque("introspection-client-secret-file", file)));
  }

  private static Map<String, String> mutualTls(Path keyStore, Path password, String... more) {
    Map<String, String> settings = without(opaque(), "introspection-client-secret");
    settings.put("introspection-key-store", keyStore.toString());
    settings.put("introspection-key-store-password-file", password.toString());
    settings.putAll(Reading.map(more));
    return settings;
  }

  @Test
  void I02_aKeyStoreIsForMutualTls(@TempDir Path directory) throws Exception {
    Path store = SelfSigned.make(directory, "one").file();
    Path password = Files.writeString(directory.resolve("password"), SelfSigned.PASSWORD);

    Inquiry.Introspection usual = introspection(mutualTls(store, password));
    assertEquals(ClientAuthMethod.TLS_CLIENT_AUTH, usual.client().method());
    assertEquals(Optional.of(store), usual.client().keyStore());
    assertFalse(usual.toString().contains(SelfSigned.PASSWORD));
    assertEquals(
        ClientAuthMethod.SELF_SIGNED_TLS_CLIENT_AUTH,
        introspection(
                mutualTls(store, password, "introspection-auth", "self_signed_tls_client_auth"))
            .client()
            .method());
  }

  @Test
  void I03_aCertificateIsShownByHttpsOnly(@TempDir Path directory) throws Exception {
    Path store = SelfSigned.make(directory, "one").file();
    Path password = Files.writeString(directory.resolve("password"), SelfSigned.PASSWORD);
    List<Problem> problems =
        problems(
            mutualTls(
                store,
                password,
                "introspection-endpoint",
                "http://127.0.0.1:9000/introspect",
                "allow-http-on-loopback",
                "true"));

    assertEquals(1, problems.size());
    assertTrue(
        problems.get(0).expectation().startsWith("introspection-endpoint must be https"),
        problems::toString);
  }

  @Test
  void AG13_aKeyStoreThatCannotBeOpenedIsSaid(@TempDir Path directory) throws Exception {
    Path store = SelfSigned.make(directory, "one").file();
    Path password = Files.writeString(directory.resolve("password"), SelfSigned.PASSWORD);
    Path wrong = Files.writeString(directory.resolve("wrong"), "hidden-and-wrong");
    Path noStore = Files.writeString(directory.resolve("no-store"), "no store");
    Path noKey = directory.resolve("no-key.p12");
    try (OutputStream out = Files.newOutputStream(noKey)) {
      KeyStore empty = KeyStore.getInstance("PKCS12");
      empty.load(null, null);
      empty.store(out, SelfSigned.PASSWORD.toCharArray());
    }
    String usable =
        "expected a PKCS #12 file with one private key and its certificates, and its password in"
            + " introspection-key-store-password-file";

    for (Map<String, String> settings :
        List.of(
            mutualTls(store, wrong),
            mutualTls(noStore, password),
            mutualTls(noKey, password),
            mutualTls(directory.resolve("none"), password))) {
      assertEquals(
          List.of(
              problem(
                  "introspection-key-store",
                  settings.getOrDefault("introspection-key-store", ""),
                  usable)),
          problems(settings));
    }
  }

  @Test
  void aKeyStoreNeedsItsPasswordAndNoOtherCredential(@TempDir Path directory) throws Exception {
    Path store = SelfSigned.make(directory, "one").file();
    Path password = Files.writeString(directory.resolve("password"), SelfSigned.PASSWORD);

    assertEquals(
        List.of(
            problem(
                "introspection-key-store",
                store.toString(),
                "needs introspection-key-store-password-file")),
        problems(without(mutualTls(store, password), "introspection-key-store-password-file")));
    assertEquals(
        List.of(
            problem(
                "introspection-key-store-password-file",
                password.toString(),
                "needs introspection-key-store")),
        problems(opaque("introspection-key-store-password-file", password.toString())));
    assertEquals(
        List.of(
            problem(
                "introspection-key-store",
                store.toString(),
                "expected either a key store or a secret")),
        problems(mutualTls(store, password, "introspection-client-secret", "hidden-secret")));
    for (String method : List.of("client_secret_basic", "private_key_jwt")) {
      assertEquals(1, problems(mutualTls(store, password, "introspection-auth", method)).size());
    }
    assertEquals(1, problems(opaque("introspection-auth", "tls_client_auth")).size());
  }

  @Test
  void I06_aWeakTieNeedsASecondOneForOpaqueTokensAsWell() {
    String expectation =
        "needs client-ids, and binding-scopes or a claim of this resource alone in required-claims";
    assertEquals(
        List.of(problem("absent-audience", "true", expectation)),
        problems(opaque("absent-audience", "true")));
    assertEquals(
        List.of(problem("absent-audience", "true", expectation)),
        problems(opaque("absent-audience", "true", "client-ids", "client-1")));

    AudienceBinding binding =
        tokens(
                opaque(
                    "absent-audience", "true",
                    "client-ids", "client-1",
                    "binding-scopes", "mcp:read"))
            .issuer()
            .binding();
    assertTrue(binding.absentAudience());
    assertEquals(Set.of("client-1"), binding.clientIds());
    assertEquals(Set.of("mcp:read"), binding.bindingScopes());
  }

  @Test
  void whatHasNoEffectIsRefused() {
    assertEquals(
        List.of(
            problem("introspection-client-id", "rs-1", IDLE),
            problem("introspection-client-secret", "[13 characters]", IDLE),
            problem("introspection-cache", "PT10S", IDLE)),
        problems(without(opaque("introspection-cache", "PT10S"), "tokens")));
    assertEquals(
        List.of(problem("introspection-signed", "true", IDLE)),
        problems(minimalWith("tokens", "jwt", "introspection-signed", "true")));
  }

  private static Map<String, String> tokenInfo(String... more) {
    Map<String, String> settings =
        minimalWith(
            "tokens", "opaque",
            "tokeninfo-endpoint", "https://oauth2.example/tokeninfo",
            "audience-aliases", "client-1,client-2");
    settings.putAll(Reading.map(more));
    return settings;
  }

  @Test
  void aTokeninfoEndpointNeedsTheClients() {
    assertEquals(
        new Inquiry.TokenInfo(URI.create("https://oauth2.example/tokeninfo")),
        tokens(tokenInfo()).inquiry());
    assertEquals(
        List.of(
            problem(
                "tokeninfo-endpoint",
                "https://oauth2.example/tokeninfo",
                "needs audience-aliases: the identifiers of the clients whose tokens are"
                    + " accepted")),
        problems(without(tokenInfo(), "audience-aliases")));
    assertEquals(
        List.of(problem("tokeninfo-endpoint", "http://x.example/", "tokeninfo-endpoint" + HTTPS)),
        problems(tokenInfo("tokeninfo-endpoint", "http://x.example/")));
  }

  @Test
  void aTokeninfoEndpointIsSaidAtStart() {
    List<String> relaxations = read(tokenInfo()).relaxations();

    assertTrue(
        relaxations.contains(
            "tokeninfo-endpoint=https://oauth2.example/tokeninfo for https://id.example"),
        relaxations::toString);
  }

  @Test
  void introspectionAndTokeninfoExcludeEachOther() {
    assertEquals(
        List.of(problem("introspection-signed", "true", EITHER)),
        problems(tokenInfo("introspection-signed", "true")));
    assertEquals(Duration.ZERO, tokens(tokenInfo("introspection-cache", "PT0S")).cacheLife());
  }

  @Test
  void I15_onlyOneIssuerHasOpaqueTokens() {
    String expectation =
        "expected one authorization server with opaque tokens: nothing in such a token tells whom"
            + " to ask";

    assertEquals(
        List.of(new Problem("tokens", "https://id.example,https://id2.example", "", expectation)),
        problems(opaque("authorization-servers", "https://id.example,https://id2.example")));
    assertEquals(
        List.of(new Problem("tokens", "https://id.example,https://x.example", "", expectation)),
        problems(
            opaque(
                "issuers.x.issuer", "https://x.example",
                "issuers.x.tokens", "any",
                "issuers.x.introspection-client-id", "rs-2",
                "issuers.x.introspection-client-secret", "hidden-2")));
  }

  @Test
  void IN12_I15_eachIssuerHasItsOwnKindOfTokens() {
    ResourceServerConfig config =
        read(
            minimalWith(
                "issuers.x.issuer", "https://x.example",
                "issuers.x.tokens", "opaque",
                "issuers.x.introspection-client-id", "rs-2",
                "issuers.x.introspection-client-secret", "hidden-2"));

    assertEquals(
        List.of("https://id.example"),
        config.jwtIssuers().stream().map(one -> one.issuer()).toList());
    assertEquals("https://x.example", config.opaqueTokens().get(0).issuer().issuer());
    assertEquals(2, config.issuers().size());
  }

  private static ConfigException refusedFrom(SettingSource source, Map<String, String> others) {
    return assertThrows(
        ConfigException.class,
        () -> ResourceServerConfig.read(List.of(source, SettingSource.of("test", others))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"system property", "agent argument"})
  void LG18_aSecretOnACommandLineIsRefused(String kind) {
    SettingSource line =
        SettingSource.of(kind, Map.of("introspection-client-secret", "hidden-secret"));

    ConfigException refused = refusedFrom(line, without(opaque(), "introspection-client-secret"));
    String text = String.valueOf(refused.getMessage());
    assertTrue(text.contains("introspection-client-secret-file, or an environment"), text);
    assertTrue(text.contains("[13 characters]"), text);
    assertFalse(text.contains("hidden"), text);
  }

  @Test
  void LG18_aSecretMayComeFromTheEnvironment() {
    SettingSource environment =
        SettingSource.environment(Map.of("COUNTERSIGN_INTROSPECTION_CLIENT_SECRET", "hidden"));

    ResourceServerConfig config =
        ResourceServerConfig.read(
            List.of(
                environment,
                SettingSource.of("test", without(opaque(), "introspection-client-secret"))));
    assertEquals(1, config.opaqueTokens().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "introspection-client-secrets",
        "introspection-client-sekret",
        "client-secret",
        "issuers.x.introspection-client-secret-fil"
      })
  void LG18_aMistypedKeyShowsNoSecret(String key) {
    ConfigException refused = Reading.refused(minimalWith(key, "hidden-secret"));

    String text = String.valueOf(refused.getMessage());
    assertFalse(text.contains("hidden"), text);
  }

  @Test
  void IN20_LG18_nothingPrintsASecret() {
    ResourceServerConfig config = read(opaque());

    for (Object one : List.of(config, config.opaqueTokens(), config.relaxations())) {
      assertFalse(one.toString().contains("hidden"), one::toString);
    }
  }

  @ParameterizedTest
  @EnumSource
  void formatsAreReadAsTheyAreWritten(TokenFormat format) {
    assertEquals(format, TokenFormat.parse(format.id()));
    assertTrue(format.hasJwt() || format.hasOpaque());
  }

  @Test
  void aBuilderCanBeUsedTwice() {
    ConfigBuilder builder = ResourceServerConfig.builder("https://mcp.example/mcp");
    builder.authorizationServer("https://id.example");
    builder
        .commonIssuer()
        .introspection()
        .tokens(TokenFormat.OPAQUE)
        .clientId("rs-1")
        .clientSecret("hidden-secret");

    assertEquals(1, builder.build().opaqueTokens().size());
    assertEquals(1, builder.build().opaqueTokens().size());
  }
}
