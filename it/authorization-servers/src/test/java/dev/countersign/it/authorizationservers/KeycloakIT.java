package dev.countersign.it.authorizationservers;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** Keycloak with a scope whose audience mapper names the resource. */
class KeycloakIT extends AuthorizationServerContract {

  private static final Path REALM = Path.of("src", "test", "resources", "realm.json");

  private static Path home() {
    return Path.of(System.getProperty("keycloak.home", "target/keycloak")).toAbsolutePath();
  }

  // Keycloak has to be told its port.
  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  Running start() throws Exception {
    Path home = home();
    Path imported = Files.createDirectories(home.resolve("data/import"));
    Files.copy(REALM, imported.resolve("realm.json"), StandardCopyOption.REPLACE_EXISTING);
    int port = freePort();
    ChildProcess keycloak =
        ChildProcess.start(
            home,
            Map.of("JAVA_HOME", System.getProperty("java.home")),
            "sh",
            "bin/kc.sh",
            "start-dev",
            "--import-realm",
            "--db=dev-mem",
            "--http-host=127.0.0.1",
            "--http-port=" + port);
    try {
      keycloak.await(Pattern.compile("Listening on:"), Duration.ofMinutes(5));
      return new Running("http://127.0.0.1:" + port + "/realms/mcp", keycloak);
    } catch (Exception e) {
      keycloak.close();
      throw e;
    }
  }

  @Override
  Map<String, String> settings() {
    return Map.of("profile", "keycloak");
  }

  @Override
  String scope() {
    return "mcp:read";
  }

  @Override
  String clientId() {
    return "mcp-agent";
  }

  // To Keycloak a token is inactive unless whoever asks is in its aud.
  @Override
  Map<String, String> introspection() {
    return Map.of(
        "introspection-client-id", "mcp-server", "introspection-client-secret", "server-secret");
  }

  // The parameter resource is ignored: without the scope there is no audience of ours.
  @Override
  String foreignToken(OAuthClient client) throws Exception {
    return client.login("openid", RESOURCE).get("access_token").toString();
  }
}
