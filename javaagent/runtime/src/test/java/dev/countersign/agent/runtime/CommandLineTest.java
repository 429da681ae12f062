package dev.countersign.agent.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandLineTest {

  private static final String SETTINGS =
      "resource=https://mcp.example.com/mcp,authorization-servers=https://id.example.com";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    return CommandLine.run(
        List.of(arguments),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private void assertRefuses(String message, String... arguments) {
    assertEquals(2, run(arguments));
    assertEquals("countersign: " + message, err.toString(StandardCharsets.UTF_8).strip());
    assertEquals("", out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void checksGoodSettings() {
    assertEquals(0, run("check", SETTINGS));
    assertTrue(out.toString(StandardCharsets.UTF_8).contains("https://mcp.example.com/mcp"));
  }

  @Test
  void AG13_refusesSettingsWithABlankForTheComma() {
    assertRefuses(
        "'check' has 2 arguments, expected one: settings with commas between them, in quotes if one"
            + " has a blank in it",
        "check",
        "resource=https://mcp.example.com/mcp",
        "introspection-client-secret=hunter2");
  }

  @Test
  void refusesAnArgumentWhereThereIsNone() {
    assertRefuses("'servers' takes no argument", "servers", "tomcat");
  }

  @Test
  void refusesACommandThatThereIsNot() {
    assertRefuses("'chekc' is unknown, expected check, servers or --help", "chekc", SETTINGS);
  }
}
