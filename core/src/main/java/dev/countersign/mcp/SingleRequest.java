package dev.countersign.mcp;

import dev.countersign.spi.JsonRpcCall;

/**
 * The one request in a body, so that it can be answered in the name of the application. Immutable.
 *
 * @param call what it calls
 * @param id its identifier, a string or an integer of 64 bits
 */
public record SingleRequest(JsonRpcCall call, Object id) {}
