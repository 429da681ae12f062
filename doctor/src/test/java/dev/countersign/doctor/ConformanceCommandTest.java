package dev.countersign.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.doctor.cli.DoctorCommand;
import dev.countersign.testkit.BrokenServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The suite as a command. */
class ConformanceCommandTest {

  @Test
  void writesEveryReportAboutAServerThatKnowsNoTokenOfOurs(@TempDir Path directory)
      throws IOException {
    Path junit = directory.resolve("report.xml");
    Path badge = directory.resolve("badge.svg");
    try (BrokenServer server = BrokenServer.start("good-token")) {
      assertEquals(
          1,
          DoctorCommand.run(
              "conformance",
              server.url().toString(),
              "--json",
              "--junit",
              junit.toString(),
              "--badge",
              badge.toString()));
    }
    assertTrue(Files.readString(junit).contains("J51 a good token is admitted\"><failure"));
    assertTrue(Files.readString(badge).startsWith("<svg "));
  }

  @Test
  void refusesHalfOfWhatIsToldOfATool() {
    assertEquals(2, DoctorCommand.run("conformance", "http://localhost:1/mcp", "--tool", "x"));
    assertEquals(2, DoctorCommand.run("conformance", "http://localhost:1/mcp", "--acr", "x"));
    assertEquals(2, DoctorCommand.run("conformance", "http://localhost:1/mcp", "--tokens", "x"));
  }
}
