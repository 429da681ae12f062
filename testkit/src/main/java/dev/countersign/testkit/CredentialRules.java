package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a token is looked for, and where not. */
abstract class CredentialRules extends ContractStage {

  @Test
  void S01_S02_S11_S12_S16_C01_C02_C04_U08_AH1_challengesARequestWithoutToken() throws IOException {
    refused(401, Refusal.NO_TOKEN, post());
  }

  @Test
  void S03_AH6_T19_challengesOtherSchemesWithoutErrorCode() throws IOException {
    String token = tokens().valid();
    for (String value :
        List.of(
            "Basic eDp5",
            "Digest username=x",
            "Negotiate " + token,
            "Token " + token,
            "BearerX " + token,
            "DPoP " + token)) {
      refused(401, Refusal.NO_TOKEN, post().with("Authorization", value));
    }
  }

  @Test
  void AH7_readsNoTokenWithoutAScheme() throws IOException {
    refused(401, Refusal.NO_TOKEN, post().with("Authorization", tokens().valid()));
  }

  @Test
  void S04_T05_takesAnEmptyFieldAndASchemeAloneForNoToken() throws IOException {
    for (String line :
        List.of(
            "Authorization:",
            "Authorization: ",
            "Authorization: Bearer",
            "Authorization: Bearer ")) {
      refused(401, Refusal.NO_TOKEN, post().line(line));
    }
  }

  @Test
  void T01_T02_AH2_acceptsTheSchemeInAnyCase() throws IOException {
    for (String scheme : List.of("Bearer", "bearer", "BEARER", "BeArEr")) {
      seen(standard(), post().with("Authorization", scheme + " " + tokens().valid()));
    }
  }

  @Test
  void T03_AH3_acceptsSeveralSpaces() throws IOException {
    seen(standard(), post().with("Authorization", "Bearer   " + tokens().valid()));
  }

  @Test
  void T03_T04_refusesATab() throws IOException {
    needs(Capability.EXACT_FIELDS);

    refused(
        401, Refusal.INVALID_TOKEN, post().with("Authorization", "Bearer \t" + tokens().valid()));
  }

  @Test
  void T04_T18_AH14_AH16_AH27_refusesWhatIsNoToken() throws IOException {
    String token = tokens().valid();
    for (String text :
        List.of(
            "\"" + token + "\"",
            token.replace(".", "%2e"),
            token + "!",
            token + "\u00e9",
            "{" + token + "}",
            "=" + token,
            token.replaceFirst("\\.", " "))) {
      refused(401, Refusal.INVALID_TOKEN, post().bearer(text));
    }
  }

  @Test
  void T13_S08_AH8_AH9_AH10_refusesASecondField() throws IOException {
    String good = "Bearer " + tokens().valid();
    for (String other : List.of(good, "Bearer bad", "Basic eDp5", "DPoP " + tokens().valid())) {
      refused(
          400,
          Refusal.INVALID_REQUEST,
          post().with("Authorization", good).with("Authorization", other));
      refused(
          400,
          Refusal.INVALID_REQUEST,
          post().with("Authorization", other).with("Authorization", good));
    }
  }

  @Test
  void AH11_refusesAHundredFields() throws IOException {
    RawRequest request = post();
    for (int i = 0; i < 100; i++) {
      request = request.bearer("x");
    }
    neverReaches(standard(), request);
  }

  @Test
  void T14_AH12_AH13_AH28_refusesJoinedCredentials() throws IOException {
    String good = tokens().valid();
    for (String joined :
        List.of(
            good + ", Bearer " + tokens().valid(),
            good + ",Basic eDp5",
            good + ",",
            good + ", DPoP " + good)) {
      refused(400, Refusal.INVALID_REQUEST, post().bearer(joined));
    }
    refused(
        400, Refusal.INVALID_REQUEST, post().with("Authorization", "Basic eDp5, Bearer " + good));
  }

  @Test
  void S27_answers400OnlyToRepeatedCredentials() throws IOException {
    for (String text : List.of("a", "a b", "\"", "a.b.c", "%", "a=b")) {
      refused(401, post().bearer(text));
    }
  }

  @Test
  void T06_T07_S03_AH19_takesNoTokenFromTheQuery() throws IOException {
    String target = "/mcp?access_token=" + tokens().valid();

    refused(401, Refusal.NO_TOKEN, RawRequest.of("POST", target).json(INITIALIZE));

    assertTrue(standard().decisions().last().tokenInQuery());
  }

  @Test
  void T15_takesTheFieldAndIgnoresTheQuery() throws IOException {
    RawRequest request = RawRequest.of("POST", "/mcp?access_token=other").json(INITIALIZE);

    seen(standard(), request.bearer(tokens().valid()));
    refused(401, Refusal.INVALID_TOKEN, request.bearer("bad"));
  }

  @Test
  void T09_AH20_takesNoTokenFromAForm() throws IOException {
    byte[] form = ("access_token=" + tokens().valid()).getBytes(StandardCharsets.US_ASCII);

    refused(
        401,
        Refusal.NO_TOKEN,
        RawRequest.of("POST", "/mcp")
            .with("Content-Type", "application/x-www-form-urlencoded")
            .body(form));
  }

  @Test
  void T10_T11_L08_AH22_AH24_takesNoTokenFromOtherFields() throws IOException {
    String token = tokens().valid();
    for (String name :
        List.of(
            "X-Access-Token",
            "X-Auth-Token",
            "X-Authorization",
            "X-Forwarded-Access-Token",
            "Mcp-Param-Authorization",
            "Authorization2",
            "Authoriz-ation",
            "X-Remote-User",
            "X-SSL-Client-Cert",
            "Client-Cert")) {
      refused(401, Refusal.NO_TOKEN, post().with(name, "Bearer " + token));
    }
    refused(401, Refusal.NO_TOKEN, post().with("Proxy-Authorization", "Bearer " + token));
    refused(
        401,
        Refusal.NO_TOKEN,
        post().with("Cookie", "access_token=" + token + "; Authorization=Bearer " + token));
    refused(
        401,
        Refusal.NO_TOKEN,
        rpc(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"_meta\":"
                + "{\"authorization\":\"Bearer "
                + token
                + "\"}}}"));
  }

  @Test
  void T12_N01_takesNoSessionForAToken() throws IOException {
    reached(
        standard(),
        post()
            .bearer(tokens().valid())
            .with("Mcp-Session-Id", "s-1")
            .with("Cookie", "JSESSIONID=1"));

    refused(
        401, Refusal.NO_TOKEN, post().with("Mcp-Session-Id", "s-1").with("Cookie", "JSESSIONID=1"));
  }

  @Test
  void T20_AH23_HT5_takesNoTokenFromATrailer() throws IOException {
    RawRequest request =
        RawRequest.of("POST", "/mcp")
            .with("Content-Type", "application/json")
            .with("Trailer", "Authorization")
            .chunked(INITIALIZE, "Authorization: Bearer " + tokens().valid());

    neverReaches(standard(), request);
  }

  @Test
  void T17_AH26_refusesALongTokenUnread() throws IOException {
    needs(Capability.LARGE_HEADERS);
    int asked = authorizationServer().requests().size();

    refused(401, Refusal.INVALID_TOKEN, post().bearer("a".repeat(20_000)));

    assertEquals(
        Denial.TOKEN_TOO_LONG, ((Decision.Denied) standard().decisions().last().decision()).why());
    assertEquals(asked, authorizationServer().requests().size());
  }

  @Test
  void AH26_neverAdmitsAnEndlessToken() throws IOException {
    neverReaches(standard(), post().bearer("a".repeat(300_000)));
  }

  @Test
  void AH17_neverAdmitsControlCharacters() throws IOException {
    String token = tokens().valid();
    for (String control : List.of("\0", "\r", "\n", "\u000b")) {
      neverReaches(standard(), post().bearer(token + control + "x"));
      neverReaches(standard(), post().with("Authorization", "Bearer" + control + token));
    }
  }

  @Test
  void AH18_neverMisreadsAFoldedField() throws IOException {
    RawRequest folded = post().line("Authorization: Bearer\r\n " + tokens().valid());
    standard().application().clear();

    RawResponse response = standard().send(folded);

    int ran = standard().application().invocations();
    assertTrue(
        response.status() == 200 ? ran == 1 : response.status() < 500 && ran == 0,
        response::toString);
  }
}
