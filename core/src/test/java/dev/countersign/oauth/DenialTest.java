package dev.countersign.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DenialTest {

  private static final Set<Denial> WITHOUT_CHALLENGE =
      EnumSet.of(
          Denial.ORIGIN,
          Denial.HOST,
          Denial.CLEAR_TEXT,
          Denial.POLICY,
          Denial.HIDDEN,
          Denial.LIST_UNFILTERED,
          Denial.METHOD_NOT_PUBLIC,
          Denial.NO_SUCH_RESOURCE,
          Denial.BODY_UNREADABLE,
          Denial.BODY_NO_MESSAGE,
          Denial.BODY_NO_NAME,
          Denial.HEADER_MISMATCH,
          Denial.BODY_INCOMPLETE,
          Denial.BODY_TOO_SLOW,
          Denial.BODY_TOO_LARGE,
          Denial.BODY_TYPE,
          Denial.BODY_MEMORY,
          Denial.TOO_MANY_FAILURES,
          Denial.SESSION,
          Denial.SESSION_MALFORMED,
          Denial.TOO_MANY_STREAMS);

  @ParameterizedTest
  @EnumSource
  void C17_C34_C35_C36_saysNothingThatAClientCouldMisread(Denial why) {
    assertTrue(why.text().matches("[A-Za-z0-9 ./-]+"), why.text());
    assertEquals(why.text().strip(), why.text());
  }

  @ParameterizedTest
  @EnumSource
  void C19_hasTheStatusOfItsErrorCode(Denial why) {
    why.error().ifPresent(error -> assertEquals(error.status(), why.status()));
    assertTrue(
        why.status() >= 400 && why.status() <= 429
            || EnumSet.of(Denial.BODY_MEMORY, Denial.HIDDEN, Denial.LIST_UNFILTERED).contains(why));
  }

  @ParameterizedTest
  @EnumSource
  void S20_S36_challengesOnlyWhereALoginOrScopeCanHelp(Denial why) {
    assertEquals(!WITHOUT_CHALLENGE.contains(why), why.challenges());
    assertTrue(why.challenges() || why.error().isEmpty());
  }

  @Test
  void S27_answers400OnlyToARequestThatIsBroken() {
    Set<Denial> bad =
        Arrays.stream(Denial.values())
            .filter(why -> why.status() == 400)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Denial.class)));

    assertEquals(
        EnumSet.of(
            Denial.REPEATED_CREDENTIALS,
            Denial.MALFORMED_CREDENTIALS,
            Denial.SESSION_MALFORMED,
            Denial.BODY_UNREADABLE,
            Denial.BODY_NO_MESSAGE,
            Denial.BODY_NO_NAME,
            Denial.HEADER_MISMATCH,
            Denial.BODY_INCOMPLETE),
        bad);
  }

  @Test
  void S26_hasTheCodesOfJsonRpcAndMcpOnlyForAMessageThatWasRead() {
    Map<Denial, Integer> defined =
        Map.of(
            Denial.BODY_UNREADABLE, -32700,
            Denial.BODY_NO_MESSAGE, -32600,
            Denial.BODY_NO_NAME, -32602,
            Denial.HIDDEN, -32602,
            Denial.LIST_UNFILTERED, -32603,
            Denial.HEADER_MISMATCH, -32020);
    for (Denial why : Denial.values()) {
      assertEquals(defined.getOrDefault(why, why.status()), why.rpcCode(), why.name());
    }
  }

  @Test
  void S33_LG12_hasOneSentenceForEveryFaultOfAToken() {
    Set<String> texts =
        Arrays.stream(Denial.values())
            .filter(why -> why.error().equals(java.util.Optional.of(BearerError.INVALID_TOKEN)))
            .map(Denial::text)
            .collect(Collectors.toSet());

    assertEquals(
        Set.of(
            "The access token is expired or revoked or malformed or not meant for this resource"),
        texts);
  }

  @Test
  void C19_codesAreTheRegisteredOnes() {
    assertEquals(
        Set.of(
            "invalid_request",
            "invalid_token",
            "insufficient_scope",
            "insufficient_user_authentication",
            "invalid_dpop_proof",
            "use_dpop_nonce"),
        Arrays.stream(BearerError.values()).map(BearerError::code).collect(Collectors.toSet()));
  }
}
