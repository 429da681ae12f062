package dev.countersign.peer;

import io.micronaut.mcp.annotations.Tool;
import io.micronaut.runtime.Micronaut;
import jakarta.inject.Singleton;

/** An MCP server of micronaut-mcp, secured by micronaut-security in application.properties. */
@Singleton
public class Peer {

  public static void main(String[] arguments) {
    Micronaut.run(Peer.class, arguments);
  }

  @Tool(name = "hello", description = "hello")
  String hello() {
    return "hello";
  }
}
