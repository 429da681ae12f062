package dev.countersign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.config.ResourceServerConfig;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StartCheckTest {

  private final FakeMetadataServer server = new FakeMetadataServer();

  @AfterEach
  void end() {
    server.close();
  }

  private List<String> run() {
    ResourceServerConfig config =
        ResourceServerConfig.builder("https://mcp.example/mcp")
            .authorizationServer(server.issuer())
            .allowHttpOnLoopback()
            .build();
    try (LogCapture log = new LogCapture()) {
      StartCheck.run(config);
      return List.copyOf(log.lines);
    }
  }

  private void serve(String issuer) {
    String document =
        """
        {"issuer":"%s","jwks_uri":"%s/jwks","registration_endpoint":"%s/register",
         "code_challenge_methods_supported":["S256"]}"""
            .formatted(issuer, server.issuer(), server.issuer());
    server.documents.put(FakeMetadataServer.OAUTH, document.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void M70_isSilentIfTheIssuerIsTheConfiguredOne() {
    serve(server.issuer());

    assertEquals(List.of(), run());
  }

  @Test
  void M70_warnsOfAnIssuerThatDiffersByASlash() {
    serve(server.issuer() + "/");

    List<String> lines = run();

    assertEquals(1, lines.size(), lines::toString);
    assertEquals(
        "WARNING authorization server " + server.issuer() + ": ",
        lines
            .get(0)
            .substring(0, ("WARNING authorization server " + server.issuer() + ": ").length()));
  }
}
