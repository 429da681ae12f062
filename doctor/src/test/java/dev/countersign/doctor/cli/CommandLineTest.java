package dev.countersign.doctor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.testkit.BrokenServer;
import dev.countersign.testkit.Flaw;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  private static final String TOKEN =
      "eyJhbGciOiJub25lIn0.eyJzdWIiOiJzZWNyZXQifQ.c2lnbmF0dXJlLXNlY3JldA";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return DoctorCommand.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mcp.example.com/mcp | try https://mcp.example.com/mcp",
        "localhost:8080/mcp | try https://localhost:8080/mcp",
        "ftp://h/mcp | is neither https nor http",
        "https:///mcp | has no host",
        "https://h/mcp#top | has a fragment",
        "https://user:secret@h/ | has a user before the host",
        "https://h/a^b | is no URL"
      })
  void saysWhatIsWrongWithAUrl(String url, String expected) {
    assertEquals(2, run(url));
    assertTrue(err.toString().contains(expected), err::toString);
    assertFalse(err.toString().contains("secret"), err::toString);
  }

  @Test
  void knowsWhatWasMeant() {
    assertEquals(2, run("--as-clinet", "codex", "https://h/"));
    assertTrue(err.toString().contains("do you mean --as-client?"), err::toString);
    assertEquals(2, run("--as-client", "codx", "https://h/"));
    assertTrue(err.toString().contains("expected typescript-sdk"), err::toString);
    assertEquals(2, run("hedaer", "Bearer"));
    assertTrue(err.toString().contains("header, config, conformance"), err::toString);
  }

  @Test
  void LG1_repeatsNoTokenThatWasTypedWrong() {
    run("--tokn=" + TOKEN, "https://h/");
    run("--tokn", TOKEN, "https://h/");
    run("https://h/", TOKEN);
    run("--token", "secret secret", "https://h/");
    assertFalse(err.toString().contains("eyJ"), err::toString);
    assertFalse(err.toString().contains("secret"), err::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "a\nb", "ümlaut"})
  void takesNothingElseForAToken(String text, @TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("token"), text);
    assertEquals(2, run("--token-file", file.toString(), "https://h/"));
    assertTrue(err.toString().contains("the token cannot be used"), err::toString);
  }

  @Test
  void couldNotRunWithoutItsFiles(@TempDir Path directory) {
    String missing = directory.resolve("none").resolve("file").toString();
    assertEquals(2, run("--html", missing, "http://127.0.0.1:1/"));
    assertTrue(err.toString().contains("cannot be written"), err::toString);
    assertEquals(2, run("--token-file", missing, "https://h/"));
    assertTrue(err.toString().contains("there is no " + missing), err::toString);
  }

  @Test
  void saysByItsExitCodeWhatItFound() throws IOException {
    try (BrokenServer good = BrokenServer.start("t");
        BrokenServer bad = BrokenServer.start("t", Flaw.METADATA_GUARDED)) {
      assertEquals(0, run(good.url().toString()), out::toString);
      assertEquals(1, run(bad.url().toString()), out::toString);
      assertEquals(0, run(good.url().toString(), "--as-client", "codex"), out::toString);
      assertEquals(1, run(bad.url().toString(), "--as-client", "codex", "--json"), out::toString);
    }
  }

  @Test
  void cannotReachIsAnErrorOfTheServer() {
    assertEquals(1, run("https://no-such-host.invalid/mcp"));
    assertTrue(out.toString().contains("cannot be reached"), out::toString);
    assertEquals("", err.toString());
  }

  @Test
  void helps() {
    assertEquals(0, run("--help"));
    assertTrue(out.toString().contains("Examples:"), out::toString);
    out.toString().lines().forEach(line -> assertTrue(line.length() <= 90, line));
  }
}
