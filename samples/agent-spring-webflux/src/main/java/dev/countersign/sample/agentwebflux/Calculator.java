package dev.countersign.sample.agentwebflux;

import org.springframework.ai.tool.annotation.Tool;

/** The tools. */
final class Calculator {

  @Tool(description = "Adds two numbers")
  double add(double first, double second) {
    return first + second;
  }

  @Tool(description = "Divides the first number by the second one")
  double divide(double first, double second) {
    return first / second;
  }
}
