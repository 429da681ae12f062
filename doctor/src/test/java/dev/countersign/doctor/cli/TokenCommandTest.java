package dev.countersign.doctor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.countersign.testkit.FakeAuthorizationServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token from a file, at a server that refuses everything. */
class TokenCommandTest {

  private static final String METADATA = "/.well-known/oauth-protected-resource/mcp";

  @TempDir private Path directory = Path.of("");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private FakeAuthorizationServer issuer = FakeAuthorizationServer.start();
  private HttpServer server;
  private String resource = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String origin = "http://localhost:" + server.getAddress().getPort();
    resource = origin + "/mcp";
    serve(
        "/",
        401,
        "{}",
        "Bearer scope=\"mcp:read\", resource_metadata=\"" + origin + METADATA + "\"");
    serve(
        METADATA,
        200,
        "{\"resource\":\""
            + resource
            + "\",\"authorization_servers\":[\""
            + issuer.issuer()
            + "\"]}",
        "");
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    issuer.close();
  }

  private void serve(String path, int status, String json, String challenge) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          if (!challenge.isEmpty()) {
            exchange.getResponseHeaders().set("WWW-Authenticate", challenge);
          }
          boolean head = exchange.getRequestMethod().equals("HEAD");
          exchange.sendResponseHeaders(status, head ? -1 : body.length);
          if (!head) {
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
  }

  private int run(String token, String... more) throws IOException {
    Path file = Files.writeString(directory.resolve("token"), "Bearer " + token + "\n");
    String[] arguments = new String[more.length + 3];
    arguments[0] = resource;
    arguments[1] = "--token-file";
    arguments[2] = file.toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return DoctorCommand.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  private void assertShows(String text) {
    assertTrue(out.toString().contains(text), () -> text + " is not in\n" + out);
  }

  @Test
  void saysWhatWouldMendIt() throws IOException {
    String token = issuer.tokens(resource).mint().header("typ", "JWT").audience("api://mcp").text();
    assertEquals(1, run(token));
    assertShows("TOKEN   Countersign refuses it, unless it is told more; this server answers 401");
    assertShows("TOKEN_TYPE: typ is not that of an access token");
    assertShows("        accept-plain-jwt=true\n        audience-aliases=api://mcp\n");
    assertShows("18 profiles, ");
  }

  @Test
  void saysThatItIsGood() throws IOException {
    run(issuer.tokens(resource).valid());
    assertShows("TOKEN   Countersign accepts it; this server answers 401");
  }

  @Test
  void LG1_printsNothingOfIt() throws IOException {
    String token = issuer.tokens(resource).mint().subject("secret-sub").header("typ", "JWT").text();
    Path page = directory.resolve("page.html");
    run(token, "--verbose", "--html", page.toString());
    run(token, "--json");
    assertShows("\"verdict\":\"mendable\"");
    assertTrue(Files.readString(page).contains("<h2>Token</h2>"));
    String all = out.toString() + err + Files.readString(page);
    assertFalse(all.contains("secret-sub"), all);
    for (String part : token.split("\\.")) {
      assertFalse(all.contains(part), all);
    }
  }

  @Test
  void cannotJudgeAnOpaqueOne() throws IOException {
    run("an-opaque-token");
    assertShows("TOKEN   Countersign cannot judge it alone");
    assertShows("        tokens=opaque\n");
  }

  @Test
  void cannotJudgeWithoutKeys() throws IOException {
    String token = issuer.tokens(resource).valid();
    issuer.close();
    run(token);
    assertShows("cannot be loaded");
  }
}
