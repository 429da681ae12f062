package dev.countersign.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One JSON-RPC message of a body, as far as a rule needs it. Immutable.
 *
 * @param method the method, {@code tools/call} for instance; empty for a response of the client
 * @param name what is called: the tool, the prompt, or the URI of the resource; empty if the method
 *     has none
 * @param params the parameters by name: strings, numbers, booleans, lists and maps; empty if there
 *     are none
 */
public record JsonRpcCall(String method, String name, Map<String, Object> params) {

  /** Copies the map. */
  public JsonRpcCall {
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
  }

  /**
   * A call without parameters.
   *
   * @param method the method
   * @param name what is called
   */
  public JsonRpcCall(String method, String name) {
    this(method, name, Map.of());
  }
}
