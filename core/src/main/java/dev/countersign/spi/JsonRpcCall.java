package dev.countersign.spi;

/**
 * One JSON-RPC message of a body, as far as a scope rule needs it. Immutable.
 *
 * @param method the method, {@code tools/call} for instance; empty for a response of the client
 * @param name what is called: the tool, the prompt, or the URI of the resource; empty if the method
 *     has none
 */
public record JsonRpcCall(String method, String name) {}
