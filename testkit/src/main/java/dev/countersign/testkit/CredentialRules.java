package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the Authorization field is read. */
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
  void T17_AH26_refusesALongTokenUnread() throws IOException {
    needs(Capability.LARGE_HEADERS);
    int asked = authorizationServer().requests().size();

    refused(401, Refusal.INVALID_TOKEN, post().bearer("a".repeat(20_000)));

    standard()
        .decision()
        .map(event -> assertInstanceOf(Decision.Denied.class, event.decision()).why())
        .ifPresent(why -> assertEquals(Denial.TOKEN_TOO_LONG, why));
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
      // Where the field ends there, its value is a good token.
      if (!"\r\n".contains(control) || capabilities().contains(Capability.LINE_BREAKS)) {
        neverReaches(standard(), post().bearer(token + control + "x"));
      }
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
