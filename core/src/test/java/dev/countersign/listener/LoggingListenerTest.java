package dev.countersign.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.ResourceIdentifier;
import dev.countersign.oauth.Scope;
import dev.countersign.spi.DecisionEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoggingListenerTest {

  private static final ResourceIdentifier RESOURCE =
      ResourceIdentifier.parse("https://mcp.example/mcp");

  private final RecordingLogger log = new RecordingLogger();
  private final LoggingListener listener = new LoggingListener(log);

  private static DecisionEvent event(long second, String path, Decision decision) {
    return new DecisionEvent(
        Instant.ofEpochSecond(second),
        RESOURCE,
        "POST",
        path,
        decision,
        Duration.ZERO,
        true,
        false);
  }

  private static Decision denied(Denial why, String detail) {
    return new Decision.Denied(why, detail);
  }

  @Test
  void logsARefusalWithReasonMethodPathAndDetail() {
    listener.onDecision(event(1, "/mcp", denied(Denial.AUDIENCE, "aud names another resource")));

    assertEquals(List.of("INFO refused AUDIENCE POST /mcp: aud names another resource"), log.lines);
  }

  @Test
  void logsARequestWithoutCredentialsQuietly() {
    listener.onDecision(event(1, "/mcp", denied(Denial.NO_CREDENTIALS, "")));

    assertEquals(List.of("DEBUG refused NO_CREDENTIALS POST /mcp"), log.lines);
  }

  @Test
  void L02_warnsOfATokenThatWasSentWithoutTls() {
    listener.onDecision(event(1, "/mcp", denied(Denial.CLEAR_TEXT, "a token was sent")));
    listener.onDecision(event(2, "/mcp", denied(Denial.CLEAR_TEXT, "")));

    assertEquals(
        List.of(
            "WARNING refused CLEAR_TEXT POST /mcp: a token was sent",
            "INFO refused CLEAR_TEXT POST /mcp"),
        log.lines);
  }

  @Test
  void logsWhatCouldNotBeDecidedLoudly() {
    listener.onDecision(event(1, "/mcp", new Decision.Undecided("no keys")));

    assertEquals(List.of("WARNING refused UNDECIDED POST /mcp: no keys"), log.lines);
  }

  @Test
  void logsTheScopeThatWasNeeded() {
    listener.onDecision(
        event(1, "/mcp", new Decision.Denied(Denial.MISSING_SCOPE, Scope.of("a", "b"), "")));

    assertEquals(List.of("INFO refused MISSING_SCOPE POST /mcp: needs a b"), log.lines);
  }

  @Test
  void isSilentAboutWhatWasAdmitted() {
    AccessToken token =
        new AccessToken("i", "s", Optional.empty(), List.of(), Scope.NONE, Instant.EPOCH, Map.of());

    listener.onDecision(event(1, "/mcp", new Decision.Granted(token)));
    listener.onDecision(event(1, "/mcp", new Decision.Open()));

    assertEquals(List.of(), log.lines);
  }

  @Test
  void saysInReportOnlyModeWhatWouldHaveHappened() {
    listener.onDecision(
        new DecisionEvent(
            Instant.EPOCH,
            RESOURCE,
            "GET",
            "/mcp",
            denied(Denial.EXPIRED, "exp"),
            Duration.ZERO,
            false,
            false));

    assertEquals(List.of("INFO would refuse EXPIRED GET /mcp: exp"), log.lines);
  }

  @Test
  void T08_reportsATokenInTheQueryWithoutSayingThatTheRequestWasRefused() {
    listener.onDecision(
        new DecisionEvent(
            Instant.EPOCH,
            RESOURCE,
            "GET",
            "/mcp",
            new Decision.Open(),
            Duration.ZERO,
            true,
            true));

    assertEquals(
        List.of("WARNING saw TOKEN_IN_QUERY GET /mcp: a token in a query is never used, and leaks"),
        log.lines);
  }

  @Test
  void LG5_logsOneLineASecondForEachReasonAndCountsTheOthers() {
    for (int at = 0; at < 10; at++) {
      listener.onDecision(event(1, "/a" + at, denied(Denial.EXPIRED, "")));
    }
    listener.onDecision(event(1, "/b", denied(Denial.SIGNATURE, "")));
    listener.onDecision(event(2, "/c", denied(Denial.EXPIRED, "")));
    listener.onDecision(event(3, "/d", denied(Denial.EXPIRED, "")));

    assertEquals(
        List.of(
            "INFO refused EXPIRED POST /a0",
            "INFO refused SIGNATURE POST /b",
            "INFO refused EXPIRED POST /c (9 more since the last line)",
            "INFO refused EXPIRED POST /d"),
        log.lines);
  }

  @Test
  void logsNothingBelowTheThresholdAndDoesNotCountIt() {
    log.threshold = System.Logger.Level.INFO;
    listener.onDecision(event(1, "/a", denied(Denial.NO_CREDENTIALS, "")));
    listener.onDecision(event(1, "/b", denied(Denial.NO_CREDENTIALS, "")));
    log.threshold = System.Logger.Level.DEBUG;
    listener.onDecision(event(2, "/c", denied(Denial.NO_CREDENTIALS, "")));

    assertEquals(List.of("DEBUG refused NO_CREDENTIALS POST /c"), log.lines);
  }

  @Test
  void LG3_LG4_escapesWhatACallerWrote() {
    String hostile = "/\r\n\u001B[2J\u2028\u0000\u00e9{0}${jndi:x}";
    listener.onDecision(event(1, hostile, denied(Denial.TOKEN_TYPE, "typ\nINFO forged")));

    assertEquals(
        List.of("INFO refused TOKEN_TYPE POST /???[2J???{0}${jndi:x}: typ?INFO forged"), log.lines);
  }

  @Test
  void cutsLongTexts() {
    listener.onDecision(
        event(1, "/" + "a".repeat(1000), denied(Denial.TOKEN_TYPE, "b".repeat(1000))));

    assertTrue(log.lines.get(0).length() < 500);
    assertTrue(log.lines.get(0).endsWith("b..."));
  }
}
