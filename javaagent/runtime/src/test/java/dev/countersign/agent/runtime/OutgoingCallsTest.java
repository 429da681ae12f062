package dev.countersign.agent.runtime;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.ResourceServerConfig;
import dev.countersign.config.SettingSource;
import dev.countersign.spi.Passthrough;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutgoingCallsTest {

  private static final String TOKEN = "token-that-is-long-enough";
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  private final List<Passthrough> told = new ArrayList<>();

  private OutgoingCalls calls(boolean blocks) {
    IncomingTokens tokens = new IncomingTokens(1000, System::nanoTime);
    tokens.add(TOKEN);
    return new OutgoingCalls(tokens, blocks, CLOCK, told::add);
  }

  private static OutgoingCall call(String uri, String... fields) {
    return OutgoingCall.to(URI.create(uri), List.of(fields));
  }

  @Test
  void Z02_blocksWithASentenceThatTellsNothing() {
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                calls(true)
                    .check("OkHttp", () -> call("https://u:p@api.example/x", "Bearer " + TOKEN)));

    assertEquals(OutgoingCalls.REFUSAL, thrown.getMessage());
    assertEquals(List.of(new Passthrough(Instant.EPOCH, "OkHttp", "api.example", true)), told);
  }

  @Test
  void Z02_reportsAndLetsPass() {
    assertDoesNotThrow(
        () ->
            calls(false)
                .check("OkHttp", () -> call("https://api.example:444/?access_token=" + TOKEN)));

    assertEquals(List.of(new Passthrough(Instant.EPOCH, "OkHttp", "api.example:444", false)), told);
  }

  @Test
  void Z02_leavesOtherCallsAlone() {
    assertDoesNotThrow(
        () ->
            calls(true)
                .check("OkHttp", () -> call("https://api.example/?a=b", "Bearer other-" + TOKEN)));

    assertEquals(List.of(), told);
  }

  @Test
  void Z02_whatCannotBeReadIsNotSentWhereItMatters() {
    assertDoesNotThrow(
        () ->
            calls(false)
                .check(
                    "OkHttp",
                    () -> {
                      throw new NoSuchMethodError("another version");
                    }));
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                calls(true)
                    .check(
                        "OkHttp",
                        () -> {
                          throw new IllegalStateException(TOKEN);
                        }));
    assertFalse(thrown.toString().contains(TOKEN));
    assertEquals(List.of(), told);
  }

  @Test
  void readsTheTargetOfARequest() {
    assertEquals(
        new OutgoingCall("api.example:1", "a=b", List.of("x")),
        OutgoingCall.of("api.example:1", "GET /p?a=b", List.of("x")));
    assertEquals("", OutgoingCall.of(null, "/p", List.of()).query());
  }

  @Test
  void aModeThatChangesNothingBlocksNothing() {
    assertTrue(OutgoingCalls.blocks(config("block", "enforce")));
    assertTrue(OutgoingCalls.blocks(config("block", "repair")));
    assertFalse(OutgoingCalls.blocks(config("block", "report-only")));
    assertFalse(OutgoingCalls.blocks(config("report", "enforce")));
  }

  private static ResourceServerConfig config(String passthrough, String mode) {
    return ResourceServerConfig.read(
        List.of(
            SettingSource.of(
                "test",
                Map.of(
                    "resource",
                    "https://mcp.example.com/mcp",
                    "authorization-servers",
                    "https://id.example.com",
                    "token-passthrough",
                    passthrough,
                    "mode",
                    mode))));
  }
}
