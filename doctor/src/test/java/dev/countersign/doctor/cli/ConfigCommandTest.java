package dev.countersign.doctor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.testkit.FakeAuthorizationServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {

  private static final String GOOD =
      "resource=https://mcp.example.com/mcp\nauthorization-servers=https://id.example.com\n";

  @TempDir private Path directory = Path.of("");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String settings, String... more) throws IOException {
    Path file = Files.writeString(directory.resolve("countersign.properties"), settings);
    String[] arguments = new String[more.length + 2];
    arguments[0] = "config";
    arguments[1] = file.toString();
    System.arraycopy(more, 0, arguments, 2, more.length);
    return command(arguments);
  }

  private int command(String... arguments) {
    return DoctorCommand.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  private void assertShows(String text) {
    assertTrue(out.toString().contains(text), () -> text + " is not in\n" + out);
  }

  @Test
  void tellsEveryProblemAtOnce() throws IOException {
    assertEquals(1, run("resource=https://h/mcp#x\nmode=enforced\nclock-skew=PT20M\n"));
    assertShows("4 problems");
    assertShows("\"mode\" is \"enforced\"");
    assertShows("\"authorization-servers\" is not set");
    assertFalse(out.toString().contains("HTTP 401"), out::toString);
  }

  @Test
  void couldNotReadWhatIsNotThere() {
    assertEquals(2, command("config", directory.resolve("none").toString()));
    assertTrue(err.toString().contains("is no file that can be read"), err::toString);
  }

  @Test
  void showsTheDocumentWhereItIsServedAndEveryKindOfRefusal() throws IOException {
    assertEquals(0, run(GOOD + "required-scopes=mcp:read\n"));
    assertTrue(out.toString().lines().findFirst().orElse("").endsWith("is good"), out::toString);
    assertShows("GET https://mcp.example.com/.well-known/oauth-protected-resource/mcp\n  HTTP 200");
    assertShows("without a token\n  HTTP 401\n  WWW-Authenticate: Bearer scope=\"mcp:read\"");
    assertShows("with an expired token\n  HTTP 401\n  WWW-Authenticate: Bearer error=\"invalid");
    assertShows("without scope\n  HTTP 403\n  WWW-Authenticate: Bearer error=\"insufficient_scope");
    assertShows("with two tokens\n  HTTP 400\n  WWW-Authenticate: Bearer error=\"invalid_request");
    assertEquals("", err.toString());
  }

  @Test
  void showsEachOfSeveralResources() throws IOException {
    String more = "resources.admin.resource=https://mcp.example.com/admin\n";
    assertEquals(0, run(GOOD + more + "scopes.tool.drop=files:write\n"));
    assertShows("== https://mcp.example.com/admin");
    assertShows("a call of drop\n  HTTP 403");
    // With several resources there is none that the root could be about.
    assertShows("GET https://mcp.example.com/.well-known/oauth-protected-resource\n  HTTP 404");
  }

  @Test
  void findsWhatTheSelfCheckFindsWithoutAServer() throws IOException {
    assertEquals(0, run(GOOD + "scopes-supported=openid mcp:read\naccept-plain-jwt=true\n"));
    assertShows("WARNING    D45");
    assertShows("accept-plain-jwt=true for https://id.example.com");
  }

  @Test
  void U27_saysThatTheAnnouncedScopesOpenNoTool() throws IOException {
    assertEquals(0, run(GOOD + "scopes.tool.drop=files:write\nannounced-scopes=mcp:read\n"));
    assertShows("NOTE       D70");
    out.getBuffer().setLength(0);
    assertEquals(0, run(GOOD + "scopes.tool.drop=files:write\nscopes.tool.list=none\n"));
    assertFalse(out.toString().contains("D70"), out::toString);
  }

  @Test
  void asksTheAuthorizationServerOnlyIfItIsTold() throws IOException {
    try (FakeAuthorizationServer server = FakeAuthorizationServer.start()) {
      String settings =
          "resource=http://localhost:8080/mcp\nallow-http-on-loopback=true\n"
              + "authorization-servers="
              + server.issuer()
              + "/other\n";
      assertEquals(0, run(settings));
      assertEquals(1, run(settings, "--online"));
      assertShows("ERROR      D46");
    }
  }
}
