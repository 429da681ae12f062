package dev.countersign.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.oauth.BearerError;
import dev.countersign.oauth.Denial;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BearerChallengeBuilderTest {

  private static final String URL =
      "https://mcp.example.com/.well-known/oauth-protected-resource/mcp";

  @Test
  void C03_C31_C32_isOneCallForACustomFramework() {
    String value =
        BearerChallenge.builder().scope("mcp:read").resourceMetadata(URL).build().toString();

    assertEquals("Bearer scope=\"mcp:read\", resource_metadata=\"" + URL + "\"", value);
  }

  @Test
  void C34_isWrittenInTheCanonicalOrderWhateverTheOrderOfTheCalls() {
    BearerChallenge everything =
        BearerChallenge.builder()
            .errorUri("https://h/errors")
            .errorDescription("The request needs a stronger login")
            .param("claims", "e30")
            .maxAge(Duration.ofMinutes(5))
            .acrValues("gold", "silver")
            .resourceMetadata(URL)
            .scope(List.of("b", "a"))
            .error("insufficient_user_authentication")
            .realm("mcp")
            .build();

    assertEquals(
        "Bearer realm=\"mcp\", error=\"insufficient_user_authentication\", scope=\"b a\","
            + " resource_metadata=\""
            + URL
            + "\", acr_values=\"gold silver\", max_age=\"300\", claims=\"e30\","
            + " error_description=\"The request needs a stronger login\","
            + " error_uri=\"https://h/errors\"",
        everything.toString());
    assertEquals(List.of(), everything.problems());
  }

  @Test
  void C04_isNeverBare() {
    refusesToBuild(builder -> builder);
    refusesToBuild(
        builder -> builder.realm("").scope().errorDescription("").acrValues().param("x", ""));
  }

  @Test
  void C05_C06_refusesASecondValue() {
    refuses(builder -> builder.realm("a").realm("b"));
    refuses(builder -> builder.scope("a").scope("b"));
    refuses(builder -> builder.error("invalid_token").extensionError("b"));
    refuses(builder -> builder.errorDescription("a").errorDescription("a"));
    refuses(builder -> builder.errorUri("https://h/a").errorUri("https://h/b"));
    refuses(builder -> builder.resourceMetadata(URL).resourceMetadata(URL));
    refuses(builder -> builder.acrValues("a").acrValues("b"));
    refuses(builder -> builder.maxAge(Duration.ZERO).maxAge(Duration.ZERO));
    refuses(builder -> builder.param("x", "a").param("x", "b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\"", "a\\b", "é", "a\tb", "a\n", "\u007f", "\u0000"})
  void C15_refusesWhatIsNoScopeToken(String text) {
    refuses(builder -> builder.allowTextThatSomeClientsMisread().scope(text));
  }

  @Test
  void C16_joinsScopeTokensWithOneSpace() {
    assertEquals("Bearer scope=\"a b c\"", build(b -> b.scope(" a  b ", "", "b", "c")));
  }

  @Test
  void C17_C36_refusesQuoteAndBackslashInErrorAndDescription() {
    for (String text : List.of("a\"b", "a\\b", "caf\u00e9", "a\nb", "a\tb")) {
      refuses(builder -> builder.allowTextThatSomeClientsMisread().errorDescription(text));
      refuses(builder -> builder.allowTextThatSomeClientsMisread().extensionError(text));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/errors", "errors", "https://h/a b", "https://h/\"", "https://h/é", "::"})
  void C18_refusesErrorUrisThatAreNotAbsolute(String uri) {
    refuses(builder -> builder.errorUri(uri));
  }

  @Test
  void C19_takesRegisteredCodesAndOthersByTheirOwnMethod() {
    for (String code : BearerChallengeBuilder.REGISTERED_ERRORS) {
      assertEquals("Bearer error=\"" + code + "\"", build(builder -> builder.error(code)));
    }
    refuses(builder -> builder.error("token_expired"));
    refuses(builder -> builder.error(""));
    refuses(builder -> builder.error("Invalid_Token"));
    assertEquals("Bearer error=\"token_expired\"", build(b -> b.extensionError("token_expired")));
  }

  @ParameterizedTest
  @EnumSource(BearerError.class)
  void C19_takesEveryCodeOfTheEngine(BearerError error) {
    assertTrue(BearerChallengeBuilder.REGISTERED_ERRORS.contains(error.code()));
  }

  @ParameterizedTest
  @EnumSource(Denial.class)
  void C34_C35_C36_takesEverySentenceOfTheEngine(Denial denial) {
    assertTrue(
        build(builder -> builder.scope("a").errorDescription(denial.text()))
            .contains(denial.text()));
  }

  @Test
  void C21_hasARealmOnlyIfToldSo() {
    assertEquals("Bearer realm=\"My server\"", build(builder -> builder.realm("My server")));
    assertFalse(build(builder -> builder.scope("a")).contains("realm"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {" x", "x ", "\tx", "https://h", "a\"b", "a\\b", "a,b", "a=b", "é", "a\r\nb"})
  void C14_C26_C35_C36_refusesRealmsThatAreNoPlainWord(String realm) {
    refuses(builder -> builder.realm(realm));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a, b", "a=b", "a \"b\"", "a \\ b"})
  void C34_C35_C36_refusesDescriptionsThatClientsMisread(String sentence) {
    refuses(builder -> builder.errorDescription(sentence));
  }

  @Test
  void C34_refusesTextThatLooksLikeAnAuthParam() {
    refuses(builder -> builder.scope("error=x"));
    refuses(builder -> builder.acrValues("urn:Scope=x"));
    refuses(builder -> builder.resourceMetadata("https://h/x?scope=y"));
    refuses(builder -> builder.errorUri("https://h/x?resource_metadata=y"));
    refuses(builder -> builder.param("x", "error=y"));
    assertEquals(
        "Bearer resource_metadata=\"https://h/x?y=z\"",
        build(builder -> builder.resourceMetadata("https://h/x?y=z")));
  }

  @Test
  void C35_refusesCommas() {
    refuses(builder -> builder.scope("a,b"));
    refuses(builder -> builder.acrValues("a,b"));
    refuses(builder -> builder.resourceMetadata("https://h/a,b"));
    refuses(builder -> builder.errorUri("https://h/a,b"));
    refuses(builder -> builder.extensionError("a,b"));
    refuses(builder -> builder.param("x", "a,b"));
  }

  @Test
  void anExtensionAloneIsEnough() {
    assertEquals("Bearer x=\"y\"", build(builder -> builder.param("x", "y")));
    refuses(builder -> builder.param("x", "y\u0000"));
    refuses(builder -> builder.param("x", "\u00e9"));
  }

  @Test
  void tabsUrlsAndSpacesAreForThoseWhoAskForThem() {
    refuses(builder -> builder.realm("a\tb"));
    refuses(builder -> builder.extensionError("a b"));
    refuses(builder -> builder.errorDescription(",a"));
    refuses(builder -> builder.allowTextThatSomeClientsMisread().realm("\u00e9"));
    refuses(builder -> builder.allowTextThatSomeClientsMisread().realm("a\u007f"));
    assertEquals(
        "Bearer realm=\"https://h\ta\", error=\"a b\"",
        build(
            builder ->
                builder
                    .allowTextThatSomeClientsMisread()
                    .realm("https://h\ta")
                    .extensionError("a b")));
  }

  @Test
  void saysEverythingThatIsLegalIfAskedTo() {
    assertEquals(
        "Bearer realm=\"a\\\"b\\\\c, d=e\", scope=\"a,b\", x=\"\\\"\","
            + " error_description=\"needs a, scope=b\"",
        build(
            builder ->
                builder
                    .allowTextThatSomeClientsMisread()
                    .realm("a\"b\\c, d=e")
                    .scope("a,b")
                    .errorDescription("needs a, scope=b")
                    .param("x", "\"")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/prm",
        "h/prm",
        "//h/prm",
        "https:/prm",
        "https:",
        "http://h/prm",
        "http://localhost/prm",
        "ftp://h/prm",
        "https://h/prm#f",
        "https://h/prm#",
        "https://u@h/prm",
        "https://h/a b",
        "https://h/é",
        "https://h/\"",
        "https://h/\r\nX: y"
      })
  void C11_refusesMetadataUrlsThatAreNotAbsoluteHttps(String url) {
    refuses(builder -> builder.resourceMetadata(url));
  }

  @Test
  void allowsHttpOnTheLoopbackIfAskedTo() {
    for (String url :
        List.of("http://localhost:8080/p", "http://127.0.0.1/p", "http://[::1]/p", URL)) {
      assertTrue(build(b -> b.resourceMetadataAllowingHttpOnLoopback(url)).contains(url));
    }
    for (String url : List.of("http://h/p", "http://127.0.0.1.example/p", "ftp://localhost/p")) {
      refuses(builder -> builder.resourceMetadataAllowingHttpOnLoopback(url));
    }
  }

  @Test
  void C37_leavesEmptyAuthParamsOut() {
    assertEquals(
        "Bearer resource_metadata=\"" + URL + "\"",
        build(
            builder ->
                builder
                    .realm("")
                    .scope()
                    .acrValues(List.of())
                    .errorDescription("")
                    .param("x", "")
                    .resourceMetadata(URL)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scope",
        "realm",
        "ERROR",
        "error_uri",
        "x_scope",
        "my-error",
        "xresource_metadata",
        "X",
        "a b",
        "",
        "é"
      })
  void C07_C33_C34_refusesExtensionNamesThatClientsConfuse(String name) {
    refuses(builder -> builder.param(name, "x"));
  }

  @Test
  void refusesANegativeMaxAge() {
    refuses(builder -> builder.maxAge(Duration.ofMillis(-1)));
    assertEquals("Bearer max_age=\"0\"", build(builder -> builder.maxAge(Duration.ZERO)));
    assertEquals("Bearer max_age=\"1\"", build(builder -> builder.maxAge(Duration.ofMillis(1999))));
  }

  @Test
  void C38_refusesMoreThanTwoKilobytes() {
    String fits = "s".repeat(BearerChallengeBuilder.MAX_LENGTH - "Bearer scope=\"\"".length());

    assertEquals(2048, build(builder -> builder.scope(fits)).length());
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> BearerChallenge.builder().scope(fits + "s").build());
    assertTrue(refusal.getMessage().contains("2049"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("2048"), refusal.getMessage());
  }

  @Test
  void C25_isReadyToBeSent() {
    BearerChallenge challenge = BearerChallenge.builder().scope("a").resourceMetadata(URL).build();

    assertSame(challenge.toString(), challenge.toString());
    assertEquals(new FieldLine("WWW-Authenticate", challenge.toString()), challenge.fieldLine());
  }

  @Test
  void neverShowsAValueInAMessage() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> BearerChallenge.builder().errorDescription("s3cr3t, token"));

    assertEquals("error_description has , at 6, which some clients misread", refusal.getMessage());
  }

  private static String build(UnaryOperator<BearerChallengeBuilder> calls) {
    return calls.apply(BearerChallenge.builder()).build().toString();
  }

  /** The call itself refuses, before anything is built. */
  private static void refuses(UnaryOperator<BearerChallengeBuilder> calls) {
    BearerChallengeBuilder builder = BearerChallenge.builder();
    assertThrows(IllegalArgumentException.class, () -> calls.apply(builder));
  }

  private static void refusesToBuild(UnaryOperator<BearerChallengeBuilder> calls) {
    BearerChallengeBuilder builder = calls.apply(BearerChallenge.builder());
    assertThrows(IllegalArgumentException.class, builder::build);
  }
}
