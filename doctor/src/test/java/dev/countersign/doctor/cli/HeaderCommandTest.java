package dev.countersign.doctor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class HeaderCommandTest {

  private final StringWriter out = new StringWriter();

  private int run(String line) {
    return DoctorCommand.commandLine().setOut(new PrintWriter(out)).execute("header", line);
  }

  @Test
  void answersFirst() {
    String metadata = "https://mcp.example.com/.well-known/oauth-protected-resource/mcp";
    assertEquals(0, run("Bearer scope=\"mcp:read\", resource_metadata=\"" + metadata + "\""));
    assertTrue(out.toString().startsWith("Every client can read this."), out::toString);
  }

  @Test
  void saysWhatEachClientReadsInstead() {
    assertEquals(1, run("bearer scope=\"\""));
    assertTrue(out.toString().startsWith("Some client cannot read this."), out::toString);
    assertTrue(out.toString().contains("EMPTY_VALUE"), out::toString);
    assertTrue(
        out.toString().lines().anyMatch(line -> line.matches("  typescript-sdk +reads .*scope")),
        out::toString);
    assertTrue(
        out.toString().lines().anyMatch(line -> line.matches("  go-sdk +gives up the login")),
        out::toString);
  }
}
