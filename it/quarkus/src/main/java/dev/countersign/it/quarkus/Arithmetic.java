package dev.countersign.it.quarkus;

import io.quarkiverse.mcp.server.Tool;

/** Tools that know nothing of authorization. */
public class Arithmetic {

  @Tool(description = "Adds two numbers")
  String add(int one, int other) {
    return Integer.toString(one + other);
  }
}
