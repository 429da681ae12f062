package dev.countersign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.config.ResourceServerConfig;
import dev.countersign.spi.Finding;
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

  private List<Finding> run() {
    return StartCheck.findings(
        ResourceServerConfig.builder("https://mcp.example/mcp")
            .authorizationServer(server.issuer())
            .allowHttpOnLoopback()
            .build());
  }

  private void serve(String issuer) {
    String document =
        """
        {"issuer":"%s","jwks_uri":"%s/jwks","registration_endpoint":"%s/register",
         "code_challenge_methods_supported":["S256"]}\
        """
            .formatted(issuer, server.issuer(), server.issuer());
    server.documents.put(FakeMetadataServer.OAUTH, document.getBytes(StandardCharsets.UTF_8));
    server.publishKeys();
  }

  @Test
  void M70_isSilentIfTheIssuerIsTheConfiguredOne() {
    serve(server.issuer());

    assertEquals(List.of(), run());
  }

  @Test
  void M70_findsAnIssuerThatDiffersByASlash() {
    serve(server.issuer() + "/");

    List<Finding> findings = run();

    assertEquals(1, findings.size(), findings::toString);
    assertEquals(Finding.Level.ERROR, findings.get(0).level());
    assertEquals("D46", findings.get(0).id());
  }
}
