/**
 * The user of a request in the tools of a server that is made with the MCP Java SDK: {@link
 * dev.countersign.mcpsdk.TransportAccessToken}.
 */
@NullMarked
package dev.countersign.mcpsdk;

import org.jspecify.annotations.NullMarked;
