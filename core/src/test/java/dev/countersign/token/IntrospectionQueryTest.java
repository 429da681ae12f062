package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.internal.FetchResult;
import dev.countersign.internal.FetchResult.Cause;
import dev.countersign.internal.FetchResult.Failed;
import dev.countersign.internal.FormRequest;
import dev.countersign.token.TokenQuery.Question;
import dev.countersign.token.TokenQuery.Reply;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntrospectionQueryTest {

  private final FakeIntrospection server = new FakeIntrospection();

  private static Question question(String token) {
    return new Question(token, Bench.RESOURCE, Bench.NOW);
  }

  private FormRequest asked(String token) {
    assertInstanceOf(Reply.Active.class, server.query().ask(question(token)));
    return server.requests.get(server.requests.size() - 1);
  }

  @Test
  void I01_I02_postsTheTokenWithOurCredentials() {
    FormRequest request = asked(FakeIntrospection.TOKEN);

    assertEquals(FakeIntrospection.ENDPOINT, request.uri());
    assertEquals("application/json", request.accept());
    assertEquals("token=opaque-token-0123456789&token_type_hint=access_token", request.body());
    assertEquals("Basic cnMtMTpycy1zZWNyZXQ=", request.fields().get("Authorization"));
  }

  // What a b64token can hold that means something in a form.
  @Test
  void IN11_I01_encodesTheTokenOnce() {
    assertEquals(
        "token=a%2Bb%2Fc-d._%7Ee%3D%3D&token_type_hint=access_token",
        asked("a+b/c-d._~e==").body());
  }

  @Test
  void IN11_encodesWhateverATokenHolds() {
    // No such token gets past the reading of credentials; this is the second line.
    assertEquals(
        "token=x%26client_id%3Devil%2500%00+%C3%BC&token_type_hint=access_token",
        asked("x&client_id=evil%00\0 \u00fc").body());
  }

  @Test
  void findsTheEndpointInTheMetadata() {
    FakeIssuer issuer = new FakeIssuer();
    issuer.answer(
        FakeIssuer.METADATA,
        () ->
            FakeIssuer.document(
                Map.of(
                    "issuer",
                    Bench.ISSUER,
                    "introspection_endpoint",
                    FakeIntrospection.ENDPOINT.toString())));
    TokenQuery query =
        new IntrospectionQuery(
            new IntrospectionEndpoint(
                Bench.strict(), FakeIntrospection.inquiry(Optional.empty()), issuer, issuer),
            new ClientAuthentication(FakeIntrospection.CLIENT, Bench.ISSUER),
            Optional.empty(),
            server,
            server.alarms::add);

    assertInstanceOf(Reply.Active.class, query.ask(question(FakeIntrospection.TOKEN)));
    assertEquals(FakeIntrospection.ENDPOINT, server.requests.get(0).uri());

    // It moves: found again at the next question after this one.
    server.answer(FakeIntrospection.status(404));
    assertInstanceOf(Reply.Unclear.class, query.ask(question(FakeIntrospection.TOKEN)));
    URI moved = URI.create(Bench.ISSUER + "/moved");
    issuer.answer(
        FakeIssuer.METADATA,
        () ->
            FakeIssuer.document(
                Map.of("issuer", Bench.ISSUER, "introspection_endpoint", moved.toString())));
    issuer.advance(Duration.ofSeconds(5));
    server.answer(FakeIntrospection.active());
    assertInstanceOf(Reply.Active.class, query.ask(question(FakeIntrospection.TOKEN)));
    assertEquals(moved, server.requests.get(2).uri());
  }

  @Test
  void I10_S21_asksNothingWithoutAnEndpoint() {
    FakeIssuer issuer = new FakeIssuer();
    issuer.vanish();
    TokenQuery query =
        new IntrospectionQuery(
            new IntrospectionEndpoint(
                Bench.strict(), FakeIntrospection.inquiry(Optional.empty()), issuer, issuer),
            new ClientAuthentication(FakeIntrospection.CLIENT, Bench.ISSUER),
            Optional.empty(),
            server,
            server.alarms::add);

    Reply.Unclear unclear =
        assertInstanceOf(Reply.Unclear.class, query.ask(question(FakeIntrospection.TOKEN)));
    assertTrue(unclear.cause().contains("no metadata"), unclear.cause());
    assertEquals(0, server.calls());
  }

  @Test
  void IN20_isUnclearAndLoudWithoutAUsableKey(@TempDir Path directory) throws Exception {
    Path file =
        Files.writeString(directory.resolve("key"), ClientAuthenticationTest.privateJwk(Bench.EC));
    TokenQuery query =
        server.query(
            new IntrospectionClient(
                "rs", ClientAuthMethod.PRIVATE_KEY_JWT, ClientSecret.file(file)));
    assertInstanceOf(Reply.Active.class, query.ask(question(FakeIntrospection.TOKEN)));

    Files.writeString(file, "{}");
    assertInstanceOf(Reply.Unclear.class, query.ask(question(FakeIntrospection.TOKEN)));
    assertEquals(1, server.calls());
    assertEquals(List.of("the key of introspection-key-file cannot sign"), server.alarms);
  }

  @Test
  void IN6_passesOnForHowLongTheServerWantsToBeLeftAlone() {
    server.answer(new Failed(Cause.STATUS, 429, Duration.ofSeconds(7)));

    Reply.Unclear unclear =
        assertInstanceOf(
            Reply.Unclear.class, server.query().ask(question(FakeIntrospection.TOKEN)));
    assertEquals(Duration.ofSeconds(7), unclear.pause());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"active\":true,\"x\":\"secret-claim\"", "{\"active\":\"secret-claim\"}"})
  void I10_repeatsNothingOfAnAnswer(String answer) {
    server.answer(FakeIssuer.text(answer));

    Reply reply = server.query().ask(question(FakeIntrospection.TOKEN));
    assertInstanceOf(Reply.Unclear.class, reply);
    assertFalse(reply.toString().contains("secret-claim"), reply::toString);
  }

  @Test
  void printsNothingOfAToken() {
    FetchResult ignored = FakeIssuer.outage();
    server.answer(ignored);
    Question question = question(FakeIntrospection.TOKEN);

    assertFalse(question.toString().contains(FakeIntrospection.TOKEN));
    Reply reply = server.query().ask(question);
    assertFalse(reply.toString().contains(FakeIntrospection.TOKEN));
  }
}
