package dev.countersign.it.mcpsdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.mcp.BodyFields;
import dev.countersign.mcp.JsonRpcBody;
import dev.countersign.oauth.Denial;
import dev.countersign.spi.JsonRpcCall;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random bodies, read by the kit and by the MCP Java SDK: where the kit allows a call, the SDK runs
 * that very call or none. A longer run: {@code -Dcountersign.fuzz.bodies=100000000}, and {@code
 * -Dcountersign.fuzz.seed} for the same again.
 */
class DifferentialTest {

  private static final long BODIES = Long.getLong("countersign.fuzz.bodies", 50_000);
  private static final long SEED = Long.getLong("countersign.fuzz.seed", System.nanoTime());

  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"admin\",\"arguments\":{\"a\":1}}}";

  private static JsonRpcBody read(String contentType, byte[] body) {
    return JsonRpcBody.read(
        new BodyFields(List.of(contentType), List.of(), List.of(), List.of(), List.of()), body);
  }

  private static void compare(SdkReading sdk, List<JsonRpcCall> calls, byte[] body) {
    JsonRpcCall kit = calls.get(0);
    String seen =
        "seed "
            + SEED
            + ": the kit sees "
            + kit
            + ", the SDK "
            + sdk
            + " in "
            + Base64.getEncoder().encodeToString(body);
    assertEquals(kit.method(), sdk.method(), seen);
    if (sdk.method().equals("subscriptions/listen")) {
      return;
    }
    assertEquals(1, calls.size(), seen);
    boolean typed =
        List.of("tools/call", "prompts/get", "resources/read", "resources/subscribe")
            .contains(sdk.method());
    if (typed) {
      assertEquals(kit.name(), sdk.name(), seen);
      assertEquals(arguments(kit), sdk.arguments(), seen);
    }
  }

  // The SDK takes null for no arguments; what is no object it cannot read.
  private static Object arguments(JsonRpcCall kit) {
    boolean has = List.of("tools/call", "prompts/get").contains(kit.method());
    Object arguments = has ? kit.params().getOrDefault("arguments", Map.of()) : Map.of();
    Object plain = SdkReading.plain(arguments);
    return plain.equals(SdkReading.NULL) ? Map.of() : plain;
  }

  @Test
  void BP40_neverAllowsOneCallWhileTheSdkRunsAnother() {
    BodyGrammar grammar = new BodyGrammar(new Random(SEED));
    Map<String, Long> counts = new TreeMap<>();
    for (long at = 0; at < BODIES; at++) {
      byte[] body = grammar.body();
      if (!(read("application/json", body) instanceof JsonRpcBody.Calls allowed)) {
        counts.merge("refused", 1L, Long::sum);
        continue;
      }
      Optional<SdkReading> text = SdkReading.ofText(body);
      text.ifPresent(sdk -> compare(sdk, allowed.calls(), body));
      SdkReading.ofBytes(body).ifPresent(sdk -> compare(sdk, allowed.calls(), body));
      counts.merge(text.isPresent() ? "allowed and run" : "allowed only", 1L, Long::sum);
    }

    System.out.println("bodies read by the kit and by the MCP Java SDK: " + counts);
    assertTrue(counts.getOrDefault("allowed and run", 0L) > BODIES / 10, () -> "" + counts);
    assertTrue(counts.getOrDefault("refused", 0L) > BODIES / 10, () -> "" + counts);
  }

  @Test
  void BP10_BP40_allowsNoOtherCharsetThatAServerCouldDecodeWith() {
    for (Charset charset : Charset.availableCharsets().values()) {
      boolean utf8 = charset.equals(StandardCharsets.UTF_8);
      String type = "application/json; charset=" + charset.name();
      JsonRpcBody body = read(type, CALL.getBytes(StandardCharsets.UTF_8));
      assertEquals(utf8, body instanceof JsonRpcBody.Calls, charset.name());
      if (!utf8) {
        assertEquals(Denial.BODY_TYPE, assertInstanceOf(JsonRpcBody.Refused.class, body).why());
      }
    }
  }

  @Test
  void theSdkRunsWhatTheKitAllows() {
    byte[] body = CALL.getBytes(StandardCharsets.UTF_8);
    SdkReading expected =
        new SdkReading("tools/call", "admin", Map.of("a", java.math.BigDecimal.ONE));

    assertEquals(Optional.of(expected), SdkReading.ofText(body));
    assertEquals(Optional.of(expected), SdkReading.ofBytes(body));
    assertInstanceOf(JsonRpcBody.Calls.class, read("application/json", body));
  }
}
