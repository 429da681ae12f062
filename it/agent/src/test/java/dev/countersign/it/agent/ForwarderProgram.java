package dev.countersign.it.agent;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RemoteProbe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The program that calls another server by the client that it is told, and what it needs. */
final class ForwarderProgram implements AutoCloseable {

  static final String RESOURCE = "https://mcp.example.com/mcp";

  private final ServerProgram program;
  private final Path log = GuardedJvm.log("Forwarder");
  final FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();
  final Upstream upstream = new Upstream();

  ForwarderProgram(ServerProgram program) throws IOException {
    this.program = program;
  }

  RemoteProbe launch(Map<String, String> settings, String... flags) throws IOException {
    return launch(new String[] {flag(settings)}, flags);
  }

  RemoteProbe launch(String[] agents, String... flags) throws IOException {
    return RemoteProbe.of(GuardedJvm.start(program, log, agents, flags));
  }

  String flag(Map<String, String> more) throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("resource", RESOURCE);
    settings.put("authorization-servers", authorizationServer.issuer());
    settings.put("allow-http-on-loopback", "true");
    settings.putAll(more);
    return GuardedJvm.flag(settings);
  }

  String logged() throws IOException {
    return Files.readString(log);
  }

  String token() {
    return authorizationServer.tokens(RESOURCE).valid();
  }

  /** One that the application has for the other server. */
  String ownToken() {
    return authorizationServer.tokens("https://upstream.example.com").valid();
  }

  /** Calls the server with a token, and has it call the other server. */
  String forward(RemoteProbe server, String token, String client, Object uri, String... fields)
      throws IOException {
    String body = client + "\n" + uri + "\n" + String.join("\n", fields);
    RawRequest request =
        RawRequest.of("POST", "/mcp")
            .bearer(token)
            .with("Content-Type", "text/plain")
            .body(body.getBytes(StandardCharsets.US_ASCII));
    return RawHttp.await(server.uri(), request, 200).text();
  }

  /** The same, with a token in the field where it belongs. */
  String pass(RemoteProbe server, String token, String client, String passed) throws IOException {
    return forward(server, token, client, upstream.uri("/"), "Authorization: Bearer " + passed);
  }

  @Override
  public void close() {
    upstream.close();
    authorizationServer.close();
  }
}
