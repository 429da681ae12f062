package dev.countersign.it.mcpsdk;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the MCP Java SDK would run for a body.
 *
 * @param method the method; empty for a response
 * @param name the tool, prompt or resource by the SDK's own type of the request
 * @param arguments the arguments of a tool or prompt, with numbers in one form
 */
record SdkReading(String method, String name, Map<String, Object> arguments) {

  static final Object NULL = "\0null";

  private static final McpJsonMapper MAPPER = McpJsonDefaults.getMapper();

  /** What its servlet reads: lines of text, put together without their breaks. */
  static Optional<SdkReading> ofText(byte[] body) {
    StringBuilder text = new StringBuilder();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        text.append(line);
      }
      return of(McpSchema.deserializeJsonRpcMessage(MAPPER, text.toString()));
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return Optional.empty();
    }
  }

  /** What a transport reads that gives the bytes to the mapper, which guesses their encoding. */
  static Optional<SdkReading> ofBytes(byte[] body) {
    try {
      Map<String, Object> members = MAPPER.readValue(body, new TypeRef<Map<String, Object>>() {});
      return of(McpSchema.deserializeJsonRpcMessage(MAPPER, MAPPER.writeValueAsString(members)));
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return Optional.empty();
    }
  }

  private static Optional<SdkReading> of(McpSchema.JSONRPCMessage message) {
    if (message instanceof McpSchema.JSONRPCRequest request) {
      return of(request.method(), request.params());
    }
    return message instanceof McpSchema.JSONRPCNotification notification
        ? of(notification.method(), notification.params())
        : Optional.of(new SdkReading("", "", Map.of()));
  }

  private static Optional<SdkReading> of(String method, @Nullable Object params) {
    return Optional.of(
        switch (method) {
          case "tools/call" -> {
            var call = MAPPER.convertValue(params, McpSchema.CallToolRequest.class);
            yield new SdkReading(method, call.name(), plain(call.arguments()));
          }
          case "prompts/get" -> {
            var get = MAPPER.convertValue(params, McpSchema.GetPromptRequest.class);
            yield new SdkReading(method, get.name(), plain(get.arguments()));
          }
          case "resources/read" -> {
            var read = MAPPER.convertValue(params, McpSchema.ReadResourceRequest.class);
            yield new SdkReading(method, read.uri(), Map.of());
          }
          case "resources/subscribe" -> {
            var subscribe = MAPPER.convertValue(params, McpSchema.SubscribeRequest.class);
            yield new SdkReading(method, subscribe.uri(), Map.of());
          }
          default -> new SdkReading(method, "", Map.of());
        });
  }

  private static Map<String, Object> plain(@Nullable Map<?, ?> arguments) {
    Map<String, Object> plain = new LinkedHashMap<>();
    if (arguments != null) {
      arguments.forEach((name, value) -> plain.put((String) name, plain(value)));
    }
    return plain;
  }

  /** A value with every number in one form, and without null. */
  static Object plain(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return plain(map);
    }
    if (value instanceof List<?> list) {
      List<Object> all = new ArrayList<>();
      list.forEach(one -> all.add(plain(one)));
      return all;
    }
    if (value instanceof Number number) {
      return decimal(number).stripTrailingZeros();
    }
    return value instanceof String || value instanceof Boolean ? value : NULL;
  }

  private static BigDecimal decimal(Number number) {
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    if (number instanceof BigInteger integer) {
      return new BigDecimal(integer);
    }
    return number instanceof Double || number instanceof Float
        ? BigDecimal.valueOf(number.doubleValue())
        : BigDecimal.valueOf(number.longValue());
  }
}
